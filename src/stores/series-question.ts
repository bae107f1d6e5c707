import { ref, shallowRef } from 'vue'
import { asGatewayError } from '../client/http.ts'
import { readSeries } from '../client/gateway.ts'
import { type Observation, seriesKey } from '../domain/observation.ts'
import { useClock } from './clock.ts'
import type { HeldSeries, TimeWindow } from './held-series.ts'

export interface SeriesQuestion extends TimeWindow {
  indicator: string
  region: string
  dims: Record<string, string>
  historic: boolean
}

const leastGapMs = 10_000

/** Asks the gateway for a series: the newest question wins, and `askSoon` keeps ten seconds between two. */
export function useSeriesAnswer(question: () => SeriesQuestion) {
  const clock = useClock()
  const held = shallowRef<HeldSeries>()
  const loading = ref(false)
  const error = ref<string>()
  let running: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let askedAtMs = -Infinity

  async function ask(): Promise<void> {
    running?.abort()
    const controller = (running = new AbortController())
    const asked = question()
    if (asked.indicator === '' || asked.region === '') return
    askedAtMs = performance.now()
    loading.value = true
    try {
      const { indicator, region, from, to } = asked
      const { series } = await readSeries(
        { indicator, region, from, to, asOf: clock.asOf },
        controller.signal,
      )
      if (controller.signal.aborted) return
      const list = theSeries(series, asked)
      held.value = { window: { from, to }, askedAtMs: clock.serverNowMs(), observations: list }
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

  function stop(): void {
    running?.abort()
    clearTimeout(timer)
  }

  return { held, loading, error, ask, askSoon, stop, sinceAskedMs: () => performance.now() - askedAtMs }
}

function theSeries(
  answered: readonly {
    dims: Record<string, string>
    historic: boolean
    observations: readonly Observation[]
  }[],
  { indicator, region, dims, historic }: SeriesQuestion,
): readonly Observation[] {
  const wanted = seriesKey(indicator, region, dims)
  const found = answered.find(
    (series) => series.historic === historic && seriesKey(indicator, region, series.dims) === wanted,
  )
  return found?.observations ?? []
}
