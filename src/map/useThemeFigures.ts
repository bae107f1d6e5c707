import {
  type ComputedRef,
  type EffectScope,
  computed,
  effectScope,
  onScopeDispose,
  shallowRef,
  watch,
} from 'vue'
import { seriesKey } from '../domain/observation.ts'
import type { MapTheme } from '../domain/scene.ts'
import { useCatalogue } from '../stores/catalogue.ts'
import { useObservations } from '../stores/observations.ts'
import { type FigureView, useFigure } from '../stores/useFigure.ts'

export interface ThemeFigures {
  /** As a panel would have it: with freshness and judgement. Of the series without dims, or of exactly those given. */
  get(indicator: string, region: string, dims?: Readonly<Record<string, string>>): FigureView | undefined
  all: readonly FigureView[]
}

interface Wanted {
  key: string
  code: string
  region: string
  dims: Record<string, string>
}

/**
 * The figures that a theme draws for every county unit, and those its layers print: every series of theirs in the city and its
 * units. They are the panels' own figures, so map and panels never disagree.
 * @param printed indicators of the layers that are on
 */
export function useThemeFigures(
  theme: () => MapTheme | undefined,
  printed: () => readonly string[] = () => [],
): ComputedRef<ThemeFigures> {
  const [catalogue, observations] = [useCatalogue(), useObservations()]
  const figures = shallowRef(new Map<string, ComputedRef<FigureView>>())
  let scope: EffectScope | undefined

  const ofTheme = computed(() => {
    const codes = new Set([theme()?.column, theme()?.land?.indicator].filter((code) => code !== undefined))
    return [...codes].flatMap((code) =>
      catalogue.counties.map(({ code: region }) => wanted(code, region, {})),
    )
  })
  /** Which series there are, the observations tell: stations come and go with their source. */
  const ofLayers = computed(() => {
    const regions = [catalogue.city?.root ?? '', ...catalogue.counties.map(({ code }) => code)]
    return printed().flatMap((code) =>
      regions.flatMap((region) =>
        observations.all(code, region).map(({ dims }) => wanted(code, region, dims)),
      ),
    )
  })
  const series = computed(() => new Map([...ofTheme.value, ...ofLayers.value].map((one) => [one.key, one])))

  watch(
    () => [...series.value.keys()].join('\n'),
    () => {
      scope?.stop()
      scope = effectScope(true)
      const found = new Map<string, ComputedRef<FigureView>>()
      scope.run(() => {
        for (const { key, code, region, dims } of series.value.values())
          found.set(key, useFigure(code, { region, dims }))
      })
      figures.value = found
    },
    { immediate: true },
  )
  onScopeDispose(() => scope?.stop())

  return computed(() => {
    const now = new Map([...figures.value].map(([key, figure]) => [key, figure.value]))
    return {
      get: (indicator, region, dims) => now.get(seriesKey(indicator, region, dims)),
      all: [...now.values()],
    }
  })
}

function wanted(code: string, region: string, dims: Record<string, string>): Wanted {
  return { key: seriesKey(code, region, dims), code, region, dims }
}
