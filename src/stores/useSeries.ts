import {
  getCurrentScope,
  type MaybeRefOrGetter,
  onScopeDispose,
  type Ref,
  type ShallowRef,
  shallowRef,
  toValue,
  watch,
} from 'vue'
import type { Observation } from '../domain/observation.ts'
import { appended, covers, type TimeWindow, within } from './held-series.ts'
import { useObservations } from './observations.ts'
import { useScene } from './scene.ts'
import { useSeriesAnswer } from './series-question.ts'
import { useSession } from './session.ts'

const longestHeldMs = 600_000

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
 * A series of one indicator, oldest period first. Newer observations are put behind it as they arrive, and a window that
 * moves on with the clock is cut from what is held; it is asked again for an earlier start, after a broken stream, and
 * every ten minutes for what was revised. While asking again the older values stay.
 */
export function useSeries(
  code: MaybeRefOrGetter<string>,
  where: MaybeRefOrGetter<SeriesPlace>,
  window: MaybeRefOrGetter<TimeWindow>,
): SeriesView {
  const [newest, scene, session] = [useObservations(), useScene(), useSession()]
  const observations = shallowRef<readonly Observation[]>([])
  const series = () => {
    const { region = scene.region, dims, historic = false } = toValue(where)
    return { indicator: toValue(code), region, dims: dims ?? {}, historic }
  }
  const question = () => ({ ...series(), ...toValue(window) })
  const { held, loading, error, ask, askSoon, stop, sinceAskedMs } = useSeriesAnswer(question)

  watch(held, (now) => (observations.value = now ? within(now, toValue(window)) : []), { flush: 'sync' })
  // Another series must not stand under this one's name while its own values come.
  watch(
    () => JSON.stringify(series()),
    () => (held.value = undefined),
  )
  watch(
    () => JSON.stringify(question()),
    () => {
      const wanted = toValue(window)
      if (held.value && covers(held.value, wanted)) observations.value = within(held.value, wanted)
      else void ask()
    },
    { immediate: true },
  )
  watch(
    () => {
      const { indicator, region, dims, historic } = series()
      return historic ? newest.historic(indicator, region, dims) : newest.get(indicator, region, dims)
    },
    (now, before) => {
      if (!now || !before || !held.value) return
      held.value = { ...held.value, observations: appended(held.value.observations, now) }
      // What was revised further back is not in the stream; it is asked for again now and then.
      if (sinceAskedMs() > longestHeldMs) askSoon()
    },
  )
  // What came while the stream was away is in the series, not in the newest value alone.
  watch(
    () => session.connection,
    (now, before) => now === 'live' && before === 'reconnecting' && askSoon(),
  )
  if (getCurrentScope()) onScopeDispose(stop)
  return { observations, loading, error }
}
