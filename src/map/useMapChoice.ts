import { computed, shallowRef } from 'vue'
import { type RendererProbe, probeRenderer } from './engine/probe.ts'
import { type MapChoice, type MapKind, chooseMap, keepWish, keptWish, wishOfAddress } from './map-choice.ts'

/** Which map this screen shows: by its address, else as wished here before, else by what the machine can do. */
export function useMapChoice(size: () => { width: number; height: number }) {
  const probe = shallowRef<RendererProbe>()
  const wish = shallowRef<MapKind | undefined>(wishOfAddress(location.search) ?? keptWish())
  /** The size it was chosen for: a window pulled wider does not change the map under the viewer's hand. */
  const chosenFor = shallowRef({ width: 0, height: 0 })
  const gone = shallowRef(false)
  const choice = computed<MapChoice | undefined>(() => {
    if (!probe.value) return undefined
    const chosen = chooseMap(probe.value, chosenFor.value, wish.value)
    return gone.value ? { ...chosen, kind: '2d', why: 'lost' } : chosen
  })

  function ask(): void {
    chosenFor.value = size()
    probe.value = probeRenderer()
  }

  function wishFor(kind: MapKind): void {
    gone.value = false
    wish.value = kind
    keepWish(kind)
  }

  /** The graphics contexts could not be had back. */
  function lose(): void {
    gone.value = true
  }

  return { choice, ask, wishFor, lose }
}
