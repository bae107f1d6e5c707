import {
  type ComputedRef,
  type EffectScope,
  computed,
  effectScope,
  onScopeDispose,
  shallowRef,
  watch,
} from 'vue'
import type { MapTheme } from '../domain/scene.ts'
import { useCatalogue } from '../stores/catalogue.ts'
import { type FigureView, useFigure } from '../stores/useFigure.ts'

export interface ThemeFigures {
  /** As a panel would have it: with freshness and judgement. */
  get(indicator: string, region: string): FigureView | undefined
  all: readonly FigureView[]
}

/** The figures of every county unit that a theme draws. They are the panels' own figures, so map and panels never disagree. */
export function useThemeFigures(theme: () => MapTheme | undefined): ComputedRef<ThemeFigures> {
  const catalogue = useCatalogue()
  const figures = shallowRef(new Map<string, ComputedRef<FigureView>>())
  let scope: EffectScope | undefined

  watch(
    [theme, () => catalogue.counties],
    ([chosen, counties]) => {
      scope?.stop()
      scope = effectScope(true)
      const codes = new Set([chosen?.column, chosen?.land?.indicator].filter((code) => code !== undefined))
      const found = new Map<string, ComputedRef<FigureView>>()
      scope.run(() => {
        for (const code of codes) {
          for (const { code: region } of counties) found.set(`${code}|${region}`, useFigure(code, { region }))
        }
      })
      figures.value = found
    },
    { immediate: true },
  )
  onScopeDispose(() => scope?.stop())

  return computed(() => {
    const now = new Map([...figures.value].map(([key, figure]) => [key, figure.value]))
    return { get: (indicator, region) => now.get(`${indicator}|${region}`), all: [...now.values()] }
  })
}
