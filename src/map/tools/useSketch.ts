import { computed, type ComputedRef, ref, type Ref, type ShallowRef, shallowRef } from 'vue'
import { geodesicArea, type LonLat, pathLength } from '../../domain/measure.ts'
import { crossingShare, planeAround, sidesOf } from '../../domain/measure-plane.ts'
import { crossesItself } from '../../domain/measure-scale.ts'

export type SketchKind = 'length' | 'area' | 'dig'

/** What a hand draws on the map: a path to measure, an outline to measure or to dig. */
export interface Sketch {
  kind: Ref<SketchKind | undefined>
  points: ShallowRef<readonly LonLat[]>
  /** No more points are taken; the next click begins anew. */
  done: Ref<boolean>
  metres: ComputedRef<number>
  /** Square metres; undefined for a path, for fewer than three corners, or where the outline crosses itself. */
  area: ComputedRef<number | undefined>
  crossed: ComputedRef<boolean>
  begin(kind: SketchKind | undefined): void
  add(point: LonLat): void
  undo(): void
  end(): void
}

export function useSketch(): Sketch {
  const kind = ref<SketchKind>()
  const points = shallowRef<readonly LonLat[]>([])
  const done = ref(false)
  const isOutline = computed(() => kind.value !== 'length' && points.value.length > 2)
  const closed = computed(() => (isOutline.value ? [...points.value, points.value[0]!] : points.value))
  const crossed = computed(() => isOutline.value && isCrossed(points.value))
  const least = (): number => (kind.value === 'length' ? 2 : 3)

  return {
    kind,
    points,
    done,
    crossed,
    metres: computed(() => pathLength(closed.value)),
    area: computed(() => (isOutline.value && !crossed.value ? geodesicArea(points.value) : undefined)),
    begin(next) {
      kind.value = next
      points.value = []
      done.value = false
    },
    add(point) {
      points.value = done.value ? [point] : [...points.value, point]
      done.value = false
    },
    undo() {
      points.value = points.value.slice(0, -1)
      done.value = false
    },
    end() {
      done.value = points.value.length >= least()
    },
  }
}

function isCrossed(ring: readonly LonLat[]): boolean {
  const sides = sidesOf(ring.map(planeAround(ring[0]!)))
  return crossesItself(sides.length, (a, b) => crossingShare(sides[a]!, sides[b]!) !== undefined)
}
