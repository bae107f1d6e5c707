import { type Ref, computed, readonly, ref, watch } from 'vue'
import type { MapLayer } from '../contracts/map-layer.ts'
import { useClock } from '../stores/clock.ts'
import { useMapView } from '../stores/map-view.ts'

/**
 * Server time, epoch ms, running on for layers that move. Undefined, and no timer at all, where none of them does, where the map or
 * the page stands at another time than now, and for viewers who asked for less motion.
 */
export function usePlayback(
  layers: () => readonly MapLayer[],
  everyMs: number,
): Readonly<Ref<number | undefined>> {
  const clock = useClock()
  const playMs = ref<number>()
  const mayPlay = useMayPlay()
  const plays = computed(() => layers().some(({ moves }) => moves) && mayPlay())
  watch(
    plays,
    (on, _, onCleanup) => {
      playMs.value = undefined
      if (!on) return
      const tick = (): void => {
        if (!document.hidden) playMs.value = clock.serverNowMs()
      }
      tick()
      const timer = window.setInterval(tick, everyMs)
      onCleanup(() => window.clearInterval(timer))
    },
    { immediate: true },
  )
  return readonly(playMs)
}

/** The same instant for whoever asks once where something that moves is drawn: to fly there. */
export function useRunningInstant(): () => number | undefined {
  const clock = useClock()
  const mayPlay = useMayPlay()
  return () => (mayPlay() ? clock.serverNowMs() : undefined)
}

function useMayPlay(): () => boolean {
  const [clock, view] = [useClock(), useMapView()]
  const still = window.matchMedia('(prefers-reduced-motion: reduce)')
  return () => clock.asOf === undefined && view.offsetMinutes === 0 && !still.matches
}
