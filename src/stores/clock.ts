import { defineStore } from 'pinia'
import { computed, ref } from 'vue'

/** Differences below this are the network's jitter, not the clock's. */
const toleranceMs = 250

/**
 * Server time, ticking each second. Between two words from the gateway it runs on the monotonic clock, so a wall PC
 * whose own clock is wrong or jumps still shows right ages. With `asOf` the page stands still at that instant.
 */
export const useClock = defineStore('clock', () => {
  const nowMs = ref(Date.now())
  /** For words that speak of days and minutes, so that they are not made anew each second. */
  const minuteMs = computed(() => nowMs.value - (nowMs.value % 60_000))
  const asOf = ref<string>()
  /** Server time minus the PC's own clock. */
  const offsetMs = ref(0)
  let base = { serverMs: nowMs.value, monotonicMs: performance.now() }

  function serverNowMs(): number {
    return asOf.value === undefined ? base.serverMs + performance.now() - base.monotonicMs : nowMs.value
  }

  /** Takes a server time that was true `ageMs` ago (half a round trip). */
  function sync(serverTime: string, ageMs = 0): void {
    if (asOf.value !== undefined) return
    const serverMs = Date.parse(serverTime) + ageMs
    if (Math.abs(serverMs - serverNowMs()) > toleranceMs) base = { serverMs, monotonicMs: performance.now() }
    offsetMs.value = Math.round(serverNowMs() - Date.now())
    tick()
  }

  function standAt(instant: string): void {
    asOf.value = instant
    nowMs.value = Date.parse(instant)
  }

  function tick(): void {
    if (asOf.value === undefined) nowMs.value = Math.floor(serverNowMs() / 1000) * 1000
  }

  /** Ticks on each full second of server time until the answered function is called. */
  function start(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined
    const next = (): void => {
      tick()
      timer = setTimeout(next, 1000 - (serverNowMs() % 1000) + 2)
    }
    next()
    return () => clearTimeout(timer)
  }

  return { nowMs, minuteMs, asOf, offsetMs, serverNowMs, sync, standAt, start }
})
