import * as v from 'valibot'
import type { IndicatorAdapter } from '../../src/contracts/indicator-adapter.ts'
import type { Indicator } from '../../src/domain/indicator.ts'
import type { Refusal } from '../../src/domain/reading.ts'
import type { Source, SourceHealth } from '../../src/domain/source.ts'
import type { City } from '../city/load-city.ts'
import type { Log } from '../log.ts'
import type { BatchWriter } from './batch-writer.ts'
import { skewOf } from './clock-skew.ts'
import { seated } from './seated-adapter.ts'
import { type World, createSourceIo, waysOf } from './source-io.ts'
import type { Feed, RunnerContext, Taking } from './runner-context.ts'
import type { SourceThread } from './source-thread.ts'
import { SourceRunner, pollMsOf } from './source-runner.ts'
import { type WarningWords, warningTaker } from './take-warnings.ts'
import { RefusalBook, observationsOf } from './take-page.ts'
import { TallyBook } from './tally-book.ts'

export interface IngestParts {
  adapters: ReadonlyMap<string, IndicatorAdapter>
  writer: BatchWriter
  log: Log
  world: World
  /** `${NAME}` in a source's settings. */
  variables: Readonly<Record<string, string>>
  /** Where official warnings are recorded. */
  warnings: WarningWords
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
  const started = city.sources.map((source) => startSource(city, source, books.get(source.id)!, parts))
  return {
    health: () => started.map(({ runner }) => runner.health()),
    refusals: (source) => books.get(source)?.list() ?? [],
    async stop() {
      await Promise.all(
        started.map(async ({ runner, thread }) => {
          await runner.stop()
          await thread?.stop()
        }),
      )
    },
  }
}

function startSource(
  city: City,
  source: Source,
  refusals: RefusalBook,
  parts: IngestParts,
): { runner: SourceRunner; thread: SourceThread | undefined } {
  const found = parts.adapters.get(source.adapter)
  // The loader has checked it; a miss here is a bug of ours.
  if (!found) throw new Error(`source ${source.id} names an unknown adapter ${source.adapter}`)
  const measured: Measured = { clockSkewMs: null }
  const { adapter, settings, thread } = seated(source, found, {
    world: parts.world,
    variables: parts.variables,
    skew: (clockSkewMs) => void (measured.clockSkewMs = clockSkewMs),
    died(reason) {
      measured.deaths = (measured.deaths ?? 0) + 1
      parts.log.warn(`the thread of source ${source.id} was ended`, { adapter: source.adapter, reason })
    },
  })
  const context = contextOf({ city, source, adapter, settings, refusals, parts, measured })
  const runner = new SourceRunner(source, adapter, settings, feedsOf(city, source, adapter), context)
  return { runner, thread }
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
  measured: Measured
}

type Measured = ReturnType<RunnerContext['measured']>

function contextOf({ city, source, adapter, settings, refusals, parts, measured }: Started): RunnerContext {
  const { world, writer } = parts
  const ways = waysOf(settings)
  const tallied = new TallyBook()
  const regions = new Set(city.regions.map((region) => region.code))
  const takeWarnings = warningTaker(source, parts.warnings, (refusal) => refusals.keep(refusal))
  return {
    now: world.now,
    random: Math.random,
    log: parts.log,
    measured: () => ({ ...measured, ...tallied.counts() }),
    dropped: (count) => tallied.add({ dropped: count }),
    io: (signal) =>
      createSourceIo(
        world,
        {
          ...ways,
          async send(request, abort) {
            const answer = await ways.send(request, abort)
            measured.clockSkewMs = skewOf(answer.headers['date'], world.now()) ?? measured.clockSkewMs
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
    async take({ pages, warnings = [], cursor, pushed = false }) {
      const nowMs = world.now()
      const knownRegion = (code: string): boolean => regions.has(code)
      const told = { source, adapter, zone: city.city.timeZone, knownRegion, nowMs, refusals, pushed }
      const taken = pages.map(({ feed, page }) => observationsOf(feed, page, told))
      const observations = taken.flatMap((page) => page.observations)
      const lineages = taken.flatMap((page) => page.lineages)
      const refusedWarnings = await takeWarnings(warnings)
      if (observations.length > 0 || cursor)
        await writer.write({ observations, lineages, soon: pushed, ...(cursor ? { cursor } : {}) })
      Object.assign(measured, ageOf(pages, world.now(), pushed))
      return taken.reduce((sum, { refused }) => sum + refused, refusedWarnings)
    },
  }
}

/** How far the newest of these readings lies behind us, and where it lies ahead: then the source's clock runs ahead. */
function ageOf(
  pages: Taking['pages'],
  nowMs: number,
  pushed: boolean,
): { lagMs?: number; clockSkewMs?: number } {
  let newest = Number.NEGATIVE_INFINITY
  for (const { page } of pages)
    for (const { at } of page.readings) if ('instant' in at) newest = Math.max(newest, Date.parse(at.instant))
  if (!Number.isFinite(newest)) return {}
  const lagMs = Math.max(0, nowMs - newest)
  // A forecast lies ahead by right; what a source pushes tells of now.
  return pushed ? { lagMs, clockSkewMs: newest > nowMs + 1_000 ? newest - nowMs : 0 } : { lagMs }
}
