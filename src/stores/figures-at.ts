import { type ComputedRef, type Ref, computed, onScopeDispose, readonly, ref, shallowRef, watch } from 'vue'
import { readSeries } from '../client/gateway.ts'
import { freshness, freshnessLimits } from '../domain/freshness.ts'
import type { Indicator } from '../domain/indicator.ts'
import { toInstant } from '../domain/instant.ts'
import { type Observation, seriesKey } from '../domain/observation.ts'
import { useCatalogue } from './catalogue.ts'
import { useClock } from './clock.ts'

/** What is asked: these indicators in these regions, as they stood at one instant; nothing where that is undefined. */
export interface FiguresAtQuestion {
  codes: readonly string[]
  regions: readonly string[]
  atMs: number | undefined
}

export interface FiguresAt {
  figures: ComputedRef<
    (code: string, region: string, dims?: Readonly<Record<string, string>>) => Observation | undefined
  >
  /** While they are asked for: what is not there yet is not missing. */
  pending: Readonly<Ref<boolean>>
  /** Which of them could not be read: of those nobody knows whether there is a figure. They are asked for again each minute. */
  failed: ComputedRef<(code: string, region: string) => boolean>
  anyFailed: ComputedRef<boolean>
}

interface Wanted {
  indicator: Indicator
  region: string
}

const earliest = '1900-01-01T00:00:00Z'

/**
 * Figures of an instant of the past, as they are known now: the last one of each series whose period was over, unless it was too
 * old to be shown even then. Empty while it is asked for, and for an instant that has not come, until it has.
 */
export function useFiguresAt(question: () => FiguresAtQuestion): FiguresAt {
  const [catalogue, clock] = [useCatalogue(), useClock()]
  const known = shallowRef<ReadonlyMap<string, Observation>>(new Map())
  const pending = ref(false)
  const unread = shallowRef<ReadonlyMap<string, Wanted>>(new Map())
  let running: AbortController | undefined
  const hasCome = computed(() => (question().atMs ?? Infinity) <= clock.nowMs)

  function ask({ codes, regions }: FiguresAtQuestion): void {
    running?.abort()
    known.value = new Map()
    unread.value = new Map()
    pending.value = hasCome.value
    if (!hasCome.value) return
    const wanted = codes.flatMap((code) => {
      const indicator = catalogue.indicators.get(code)
      return indicator ? regions.map((region) => ({ indicator, region })) : []
    })
    void read(wanted)
  }

  async function read(wanted: readonly Wanted[]): Promise<void> {
    running?.abort()
    const { atMs = 0 } = question()
    const { signal } = (running = new AbortController())
    const told = await Promise.all(
      wanted.map((one) => newestOf(one.indicator, one.region, atMs, signal).catch(() => undefined)),
    )
    if (signal.aborted) return
    pending.value = false
    unread.value = new Map(
      wanted.flatMap((one, nth) => (told[nth] ? [] : [[pairOf(one.indicator.code, one.region), one]])),
    )
    const found = told.flatMap((list = []) => list)
    known.value = new Map([
      ...known.value,
      ...found.map((one) => [seriesKey(one.indicator, one.region, one.dims), one] as const),
    ])
  }

  async function newestOf(
    indicator: Indicator,
    region: string,
    atMs: number,
    signal: AbortSignal,
  ): Promise<Observation[]> {
    const { sources } = indicator
    const once = sources.length > 0 && sources.every(({ source }) => catalogue.onceSources.has(source))
    const { expectedLagMs, staleAfterMs } = freshnessLimits(indicator)
    const reachMs = 2 * Math.max(3 * staleAfterMs, expectedLagMs)
    const window = { from: once ? earliest : toInstant(atMs - reachMs), to: toInstant(atMs) }
    const { series } = await readSeries(
      { indicator: indicator.code, region, ...window, asOf: clock.asOf },
      signal,
    )
    return series
      .filter(({ historic }) => historic === once)
      .flatMap(({ observations }) => {
        const last = observations.findLast(({ period }) => Date.parse(period.end) <= atMs)
        return last && freshness(indicator, last, atMs, { once }) !== 'missing' ? [last] : []
      })
  }

  watch(
    () => JSON.stringify([question(), hasCome.value, clock.asOf, catalogue.hash]),
    () => ask(question()),
    { immediate: true },
  )
  watch(
    () => clock.minuteMs,
    () => unread.value.size > 0 && void read([...unread.value.values()]),
  )
  onScopeDispose(() => running?.abort())
  const figures = computed((): FiguresAt['figures']['value'] => {
    const found = known.value
    return (code, region, dims) => found.get(seriesKey(code, region, dims))
  })
  const failed = computed((): FiguresAt['failed']['value'] => {
    const those = unread.value
    return (code, region) => those.has(pairOf(code, region))
  })
  const anyFailed = computed(() => unread.value.size > 0)
  return { figures, pending: readonly(pending), failed, anyFailed }
}

const pairOf = (code: string, region: string): string => `${code}|${region}`
