import {
  getCurrentScope,
  type MaybeRefOrGetter,
  onScopeDispose,
  type Ref,
  ref,
  type ShallowRef,
  shallowRef,
  toValue,
  watch,
} from 'vue'
import { asGatewayError } from '../client/http.ts'
import { readSeries } from '../client/gateway.ts'
import { type Observation, seriesKey } from '../domain/observation.ts'
import { useClock } from './clock.ts'
import { useObservations } from './observations.ts'
import { useScene } from './scene.ts'

const leastGapMs = 10_000

export interface SeriesPlace {
  region?: string | undefined
  dims?: Record<string, string> | undefined
  /** true: the published historical values. One class only; the two are never joined. */
  historic?: boolean | undefined
}

export interface SeriesView {
  observations: ShallowRef<readonly Observation[]>
  loading: Ref<boolean>
  error: Ref<string | undefined>
}

/**
 * A series of one indicator, oldest period first. Asked again when a newer observation of that series arrives, at
 * most every 10 s. While asking again the older values stay.
 */
export function useSeries(
  code: MaybeRefOrGetter<string>,
  where: MaybeRefOrGetter<SeriesPlace>,
  window: MaybeRefOrGetter<{ from: string; to: string }>,
): SeriesView {
  const [newest, clock, scene] = [useObservations(), useClock(), useScene()]
  const observations = shallowRef<readonly Observation[]>([])
  const loading = ref(false)
  const error = ref<string>()
  let running: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let askedAtMs = -Infinity

  const question = () => {
    const { region = scene.region, dims, historic = false } = toValue(where)
    return { indicator: toValue(code), region, dims: dims ?? {}, historic, ...toValue(window) }
  }

  async function ask(): Promise<void> {
    running?.abort()
    const controller = (running = new AbortController())
    const asked = question()
    if (asked.indicator === '' || asked.region === '') return
    askedAtMs = performance.now()
    loading.value = true
    try {
      const { indicator, region, from, to } = asked
      const answer = await readSeries({ indicator, region, from, to, asOf: clock.asOf }, controller.signal)
      if (controller.signal.aborted) return
      const wanted = seriesKey(indicator, region, asked.dims)
      const found = answer.series.find(
        ({ dims, historic }) => historic === asked.historic && seriesKey(indicator, region, dims) === wanted,
      )
      observations.value = found?.observations ?? []
      error.value = undefined
    } catch (cause) {
      if (!controller.signal.aborted) error.value = asGatewayError(cause).message
    } finally {
      if (running === controller) loading.value = false
    }
  }

  function askSoon(): void {
    timer ??= setTimeout(
      () => {
        timer = undefined
        void ask()
      },
      Math.max(0, askedAtMs + leastGapMs - performance.now()),
    )
  }

  // Another series must not stand under this one's name while its own values come.
  watch(
    () => {
      const { from: _from, to: _to, ...series } = question()
      return JSON.stringify(series)
    },
    () => {
      observations.value = []
    },
  )
  watch(
    () => JSON.stringify(question()),
    () => void ask(),
    { immediate: true },
  )
  watch(
    () => {
      const { indicator, region, dims, historic } = question()
      return historic ? newest.historic(indicator, region, dims) : newest.get(indicator, region, dims)
    },
    (now, before) => now && before && askSoon(),
  )

  if (getCurrentScope()) {
    onScopeDispose(() => {
      running?.abort()
      clearTimeout(timer)
    })
  }
  return { observations, loading, error }
}
