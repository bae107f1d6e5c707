import { computed, type ComputedRef } from 'vue'
import { type Freshness, freshness } from '../domain/freshness.ts'
import { judge } from '../domain/judgement.ts'
import type { Observation } from '../domain/observation.ts'
import { useCatalogue } from '../stores/catalogue.ts'
import { useClock } from '../stores/clock.ts'
import { useSession } from '../stores/session.ts'
import type { FigureView } from '../stores/useFigure.ts'

export type PresentView = FigureView & { observation: Observation }

/** Figures of a whole family (stations, topics, counties). Redrawn when a value or a freshness changes, not each second. */
export function useFigures(list: () => readonly Observation[]): ComputedRef<PresentView[]> {
  const [catalogue, clock, session] = [useCatalogue(), useClock(), useSession()]
  const ages = computed(() =>
    list()
      .map((observation) => freshnessOf(observation))
      .join(),
  )
  return computed(() => {
    const fresh = ages.value.split(',') as Freshness[]
    return list().map((observation, index) => {
      const indicator = catalogue.indicators.get(observation.indicator)
      const age = fresh[index] ?? 'missing'
      return {
        indicator,
        observation,
        freshness: age,
        judgement: indicator && judge(indicator, observation),
        state: age === 'live' ? 'ok' : age,
      }
    })
  })

  function freshnessOf(observation: Observation): Freshness {
    const indicator = catalogue.indicators.get(observation.indicator)
    if (!indicator) return 'missing'
    const heardMs = indicator.freq === 'E' ? session.heardMs || undefined : undefined
    return freshness(indicator, observation, clock.nowMs, { once: false, heardMs })
  }
}
