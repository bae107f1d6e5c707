import { onScopeDispose, type Ref, ref } from 'vue'

/** How long the tools stay after the last sign of a hand. */
const STAY_MS = 20_000

/**
 * True while somebody is at the screen: a wall that is only looked at shows no tools. The element is marked in the event
 * itself, so that the very key that wakes the tools can already move the focus into them.
 */
export function useAwake(root: () => HTMLElement | undefined): Readonly<Ref<boolean>> {
  const awake = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  const set = (on: boolean): void => {
    awake.value = on
    root()?.toggleAttribute('data-awake', on)
  }
  const wake = (): void => {
    if (!awake.value) set(true)
    clearTimeout(timer)
    timer = setTimeout(sleep, STAY_MS)
  }
  /** Not under a hand that rests in a tool. */
  const sleep = (): void => {
    if (root()?.querySelector('.tools')?.contains(document.activeElement)) wake()
    else set(false)
  }
  const stop = new AbortController()
  const options = { signal: stop.signal, passive: true, capture: true }
  for (const type of ['pointermove', 'pointerdown', 'keydown', 'wheel'])
    window.addEventListener(type, wake, options)
  onScopeDispose(() => {
    stop.abort()
    clearTimeout(timer)
  })
  return awake
}
