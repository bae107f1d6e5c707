import { type ShallowRef, computed, onScopeDispose, shallowReadonly, shallowRef, watch } from 'vue'
import type { MapLabel } from '../contracts/map-drawing.ts'
import type { EnuMetres } from '../contracts/map-layer.ts'
import type { LonLat } from '../domain/measure.ts'
import { useBaseVectors } from '../stores/base-vectors.ts'
import { u } from '../ui/viewport.ts'
import { baseNames } from './base-names.ts'
import type { Projector } from './map-labels.ts'
import { namesInView } from './names-in-view.ts'

/** Which names stand is settled so often while the camera moves; those that stand follow each frame like every label. */
const EVERY_MS = 250

/** Names of streets and waters for whatever part of the base map is looked at, in 3D and flat alike. */
export function useBaseNames(
  enuOf: ((at: LonLat) => EnuMetres) | undefined,
  view: () => { project: Projector; size: { width: number; height: number } },
): { names: Readonly<ShallowRef<readonly MapLabel[]>>; follow: () => void } {
  const base = useBaseVectors()
  const names = shallowRef<readonly MapLabel[]>([])
  const placed = computed(() =>
    enuOf ? baseNames(base.vectors).map((name) => ({ ...name, places: name.places.map(enuOf) })) : [],
  )
  let [settledMs, waiting] = [-Infinity, 0]

  function settle(): void {
    waiting = 0
    settledMs = performance.now()
    const { project, size } = view()
    const now = namesInView(placed.value, project, size, u(1))
    const key = ({ id, at }: MapLabel): string => `${id} ${at.join()}`
    if (now.map(key).join() !== names.value.map(key).join()) names.value = now
  }

  function follow(): void {
    if (placed.value.length === 0 || waiting !== 0) return
    const leftMs = settledMs + EVERY_MS - performance.now()
    if (leftMs <= 0) settle()
    else waiting = window.setTimeout(settle, leftMs)
  }

  watch(placed, settle)
  onScopeDispose(() => window.clearTimeout(waiting))
  return { names: shallowReadonly(names), follow }
}
