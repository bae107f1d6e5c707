import { computed, type ComputedRef, type MaybeRefOrGetter, toValue } from 'vue'
import { freshness, type Freshness } from '../domain/freshness.ts'
import type { Indicator } from '../domain/indicator.ts'
import { type Judgement, judge } from '../domain/judgement.ts'
import type { Observation } from '../domain/observation.ts'
import { useCatalogue } from './catalogue.ts'
import { useClock } from './clock.ts'
import { useObservations } from './observations.ts'
import { useScene } from './scene.ts'
import { useSession } from './session.ts'

export interface FigureView {
  indicator: Indicator | undefined
  observation: Observation | undefined
  freshness: Freshness
  judgement: Judgement | undefined
  state: 'loading' | 'ok' | 'late' | 'missing' | 'historic' | 'no-permission'
}

export interface FigurePlace {
  /** The selected region when absent. */
  region?: string | undefined
  dims?: Record<string, string> | undefined
  /** true: the published historical value; false or absent: the running source's, unless all its sources are historical. */
  historic?: boolean | undefined
}

/** One figure as a panel shows it; changes only when its own observation, definition or freshness does. */
export function useFigure(
  code: MaybeRefOrGetter<string>,
  where?: MaybeRefOrGetter<FigurePlace>,
): ComputedRef<FigureView> {
  const [catalogue, observations, clock, session, scene] = [
    useCatalogue(),
    useObservations(),
    useClock(),
    useSession(),
    useScene(),
  ]

  const indicator = computed(() => catalogue.indicators.get(toValue(code)))
  const historic = computed(
    () =>
      toValue(where)?.historic ??
      (indicator.value !== undefined && isAllHistoric(indicator.value, catalogue.onceSources)),
  )
  const observation = computed(() => {
    const { region, dims } = toValue(where) ?? {}
    const find = historic.value ? observations.historic : observations.get
    return find(toValue(code), region ?? scene.region, dims)
  })
  // A value of its own: the clock ticks for every figure each second, but only a changed state redraws one.
  const fresh = computed<Freshness>(() => {
    if (!indicator.value) return 'missing'
    const heardMs = indicator.value.freq === 'E' ? session.heardMs || undefined : undefined
    return freshness(indicator.value, observation.value, clock.nowMs, { once: historic.value, heardMs })
  })

  return computed(() => ({
    indicator: indicator.value,
    observation: observation.value,
    freshness: fresh.value,
    judgement: indicator.value && observation.value ? judge(indicator.value, observation.value) : undefined,
    state: stateOf(),
  }))

  function stateOf(): FigureView['state'] {
    if (!indicator.value) return catalogue.loaded ? 'no-permission' : 'loading'
    if (!observation.value && !observations.settled) return 'loading'
    return fresh.value === 'live' ? 'ok' : fresh.value
  }
}

function isAllHistoric(indicator: Indicator, onceSources: ReadonlySet<string>): boolean {
  return indicator.sources.length > 0 && indicator.sources.every(({ source }) => onceSources.has(source))
}
