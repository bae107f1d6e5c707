import { onScopeDispose, watch } from 'vue'
import { useFeatures } from '../../stores/features.ts'
import { useMapView } from '../../stores/map-view.ts'

/** Asks for these collections at the map's instant, as that moves, as long as the caller lives. */
export function useWanted(ids: () => readonly string[]): void {
  const [features, view] = [useFeatures(), useMapView()]
  let stop: (() => void) | undefined
  watch(
    () => ids().join(),
    (list) => {
      const before = stop
      stop = list === '' ? undefined : features.want(list.split(','), () => view.atMs)
      // After the new want, so that a question both have is not given up in between.
      before?.()
    },
    { immediate: true },
  )
  onScopeDispose(() => stop?.())
}
