import { computed, type ComputedRef, type MaybeRefOrGetter, toValue } from 'vue'
import { useCatalogue } from '../stores/catalogue.ts'
import { useObservations } from '../stores/observations.ts'
import { useScene } from '../stores/scene.ts'
import { type FigureView, useFigure } from '../stores/useFigure.ts'

type Dims = Record<string, string>

export interface RegionalPlace {
  /** Where the figure comes from: the selected region, or the whole city where the region has none. */
  region: ComputedRef<string>
  /** True where the viewer picked a region that this indicator does not cover. */
  fallback: ComputedRef<boolean>
}

/** A picked district that an indicator does not cover shows the city's value, and says so. */
export function useRegionalPlace(
  code: MaybeRefOrGetter<string>,
  dims?: MaybeRefOrGetter<Dims | undefined>,
): RegionalPlace {
  const [catalogue, observations, scene] = [useCatalogue(), useObservations(), useScene()]
  const root = computed(() => catalogue.city?.root ?? '')
  const covered = computed(() => {
    if (scene.region === root.value) return true
    const wanted = toValue(dims)
    return wanted
      ? observations.get(toValue(code), scene.region, wanted) !== undefined
      : observations.all(toValue(code), scene.region).length > 0
  })
  return {
    region: computed(() => (covered.value ? scene.region : root.value)),
    fallback: computed(() => !covered.value),
  }
}

export function useRegionalFigure(
  code: MaybeRefOrGetter<string>,
  dims?: MaybeRefOrGetter<Dims | undefined>,
): RegionalPlace & { view: ComputedRef<FigureView> } {
  const place = useRegionalPlace(code, dims)
  return { ...place, view: useFigure(code, () => ({ region: place.region.value, dims: toValue(dims) })) }
}

/** Name of the picked region for a panel's title; empty while the whole city is shown. */
export function usePickedRegion(): ComputedRef<string> {
  const [catalogue, scene] = [useCatalogue(), useScene()]
  return computed(() =>
    scene.region === catalogue.city?.root ? '' : catalogue.regionName(scene.region, true),
  )
}
