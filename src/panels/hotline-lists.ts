import { computed, type ComputedRef } from 'vue'
import { useCatalogue } from '../stores/catalogue.ts'
import { useObservations } from '../stores/observations.ts'
import { useWords } from '../ui/words.ts'
import { dimName } from './dim-name.ts'
import { type PresentView, useFigures } from './figures-of.ts'
import { type RegionalPlace, useRegionalPlace } from './regional.ts'

export interface Topic {
  key: string
  name: string
  figure: PresentView
  change: PresentView | undefined
}

/** What people call about, the most frequent first: each topic with its change by the same dimension, where one is given. */
export function useTopics(family: {
  code: string
  dim: string
  change?: string | undefined
  top: number
}): RegionalPlace & { figures: ComputedRef<PresentView[]>; ranked: ComputedRef<Topic[]> } {
  const { code, dim, change: changeCode, top } = family
  const { name } = useWords()
  const observations = useObservations()
  const place = useRegionalPlace(code)
  const figures = useFigures(() => observations.all(code, place.region.value))
  const changes = useFigures(() =>
    changeCode === undefined ? [] : observations.all(changeCode, place.region.value),
  )
  const ranked = computed(() =>
    figures.value
      .toSorted((a, b) => (b.observation.value ?? 0) - (a.observation.value ?? 0))
      .slice(0, top)
      .map((figure) => {
        const key = figure.observation.dims[dim] ?? ''
        const change = changes.value.find(({ observation }) => observation.dims[dim] === key)
        return { key, name: name(dimName(figure.indicator, dim, key)), figure, change }
      }),
  )
  return { ...place, figures, ranked }
}

/** The city's shares of one whole, in the order of the keys; a share that is not there is left out. */
export function useShares(
  family: { code: string; dim: string; keys: readonly string[] } | undefined,
): ComputedRef<{ name: string; figure: PresentView }[]> {
  if (!family) return computed(() => [])
  const { code, dim, keys } = family
  const { name } = useWords()
  const [catalogue, observations] = [useCatalogue(), useObservations()]
  const figures = useFigures(() =>
    keys.flatMap((key) => observations.get(code, catalogue.city?.root ?? '', { [dim]: key }) ?? []),
  )
  return computed(() =>
    figures.value.map((figure) => ({
      name: name(dimName(figure.indicator, dim, figure.observation.dims[dim]!)),
      figure,
    })),
  )
}
