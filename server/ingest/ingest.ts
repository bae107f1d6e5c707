import * as v from 'valibot'
import type { IndicatorAdapter } from '../../src/contracts/indicator-adapter.ts'
import type { Indicator } from '../../src/domain/indicator.ts'
import type { Refusal } from '../../src/domain/reading.ts'
import type { Source, SourceHealth } from '../../src/domain/source.ts'
import type { City } from '../city/load-city.ts'
import type { Log } from '../log.ts'
import type { BatchWriter } from './batch-writer.ts'
import { substitute } from './settings.ts'
import { type World, createSourceIo, waysOf } from './source-io.ts'
import { type Feed, type RunnerContext, SourceRunner, pollMsOf } from './source-runner.ts'
import { RefusalBook, observationsOf } from './take-page.ts'
import { TallyBook } from './tally-book.ts'

export interface IngestParts {
  adapters: ReadonlyMap<string, IndicatorAdapter>
  writer: BatchWriter
  log: Log
  world: World
  /** `${NAME}` in a source's settings. */
  variables: Readonly<Record<string, string>>
  historyDone(indicator: Indicator): Promise<void>
  healthChanged(): void
}

export interface Ingest {
  health(): SourceHealth[]
  /** Rows the source delivered that could not be taken, newest last, each once. */
  refusals(source: string): Refusal[]
  stop(): Promise<void>
}

/** Several kinds of sources as one, for whoever asks how they do. */
export function together(...parts: readonly Ingest[]): Ingest {
  return {
    health: () => parts.flatMap((part) => part.health()),
    refusals: (source) => parts.flatMap((part) => part.refusals(source)),
    async stop() {
      await Promise.all(parts.map((part) => part.stop()))
    },
  }
}

export const noIngest: Ingest = { health: () => [], refusals: () => [], stop: async () => {} }

/** Starts one runner per source of the city. */
export function startIngest(city: City, parts: IngestParts): Ingest {
  const books = new Map(city.sources.map((source) => [source.id, new RefusalBook()]))
  const runners = city.sources.map((source) => {
    const adapter = parts.adapters.get(source.adapter)
    // The loader has checked both; a miss here is a bug of ours.
    if (!adapter) throw new Error(`source ${source.id} names an unknown adapter ${source.adapter}`)
    const settings = v.parse(adapter.settings, substitute(source.settings, parts.variables))
    const context = contextOf({ city, source, adapter, settings, refusals: books.get(source.id)!, parts })
    return new SourceRunner(source, adapter, settings, feedsOf(city, source, adapter), context)
  })
  return {
    health: () => runners.map((runner) => runner.health()),
    refusals: (source) => books.get(source)?.list() ?? [],
    async stop() {
      await Promise.all(runners.map((runner) => runner.stop()))
    },
  }
}

function feedsOf(city: City, source: Source, adapter: IndicatorAdapter): Feed[] {
  return city.indicators.flatMap((indicator) =>
    indicator.sources
      .filter((entry) => entry.source === source.id)
      .map((entry, nth) => ({
        key: [source.id, indicator.code, nth].join('|'),
        indicator,
        mapping: v.parse(adapter.mapping, entry.mapping),
        pollMs: pollMsOf(source, entry.poll),
      })),
  )
}

interface Started {
  city: City
  source: Source
  adapter: IndicatorAdapter
  settings: unknown
  refusals: RefusalBook
  parts: IngestParts
}

function contextOf({ city, source, adapter, settings, refusals, parts }: Started): RunnerContext {
  const { world, writer } = parts
  const ways = waysOf(settings)
  const tallied = new TallyBook()
  const regions = new Set(city.regions.map((region) => region.code))
  let clockSkewMs: number | null = null
  return {
    now: world.now,
    random: Math.random,
    log: parts.log,
    clockSkewMs: () => clockSkewMs,
    tallies: () => tallied.counts(),
    io: (signal) =>
      createSourceIo(
        world,
        {
          ...ways,
          async send(request, abort) {
            const answer = await ways.send(request, abort)
            clockSkewMs = skewOf(answer.headers['date'], world.now()) ?? clockSkewMs
            return answer
          },
          tally: (count) => tallied.add(count),
        },
        signal,
      ),
    cursor: (key) => writer.cursor(key),
    stored: () => writer.storedOf(source.id),
    historyDone: (feed) => parts.historyDone(feed.indicator),
    changed: parts.healthChanged,
    async take(feed, page, cursor) {
      const { observations, lineages, refused } = observationsOf(feed, page, {
        source,
        adapter,
        zone: city.city.timeZone,
        knownRegion: (code) => regions.has(code),
        nowMs: world.now(),
        refusals,
      })
      if (observations.length > 0 || cursor) {
        await writer.write({ observations, lineages, ...(cursor ? { cursor } : {}) })
      }
      return refused
    },
  }
}

/** The header has whole seconds, so half a second is added and less than one second means nothing. */
export function skewOf(date: string | undefined, nowMs: number): number | undefined {
  const skew = Date.parse(date ?? '') + 500 - nowMs
  if (!Number.isFinite(skew)) return undefined
  return Math.abs(skew) < 1_000 ? 0 : skew
}
