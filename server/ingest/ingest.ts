import { createHash } from 'node:crypto'
import * as v from 'valibot'
import type { IndicatorAdapter } from '../../src/contracts/indicator-adapter.ts'
import type { Indicator } from '../../src/domain/indicator.ts'
import { toInstant } from '../../src/domain/instant.ts'
import type { Lineage } from '../../src/domain/observation.ts'
import { type Reading, type Refusal, observationFrom } from '../../src/domain/reading.ts'
import type { Source, SourceHealth } from '../../src/domain/source.ts'
import type { City } from '../city/load-city.ts'
import type { Lane } from '../journal/journal.ts'
import type { Log } from '../log.ts'
import type { NewObservation, ObservationStore } from '../store/store.ts'
import { type World, createSourceIo } from './source-io.ts'
import { type Feed, type RunnerContext, pollMsOf, runSource } from './source-runner.ts'
import { createUpstreamHttp } from './upstream-http.ts'

export interface IngestParts {
  adapters: ReadonlyMap<string, IndicatorAdapter>
  store: ObservationStore
  lane: Lane
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

const keptRefusals = 500

/** Starts one runner per source of the city. */
export function startIngest(city: City, parts: IngestParts): Ingest {
  const refusals = new Map<string, Map<string, Refusal>>()
  const runners = city.sources.map((source) => {
    const adapter = parts.adapters.get(source.adapter)
    // The loader has checked both; a miss here is a bug of ours.
    if (!adapter) throw new Error(`source ${source.id} names an unknown adapter ${source.adapter}`)
    const settings = v.parse(adapter.settings, substitute(source.settings, parts.variables))
    const kept = new Map<string, Refusal>()
    refusals.set(source.id, kept)
    return runSource(source, adapter, settings, feedsOf(city, source, adapter), contextOf(city, source, adapter, settings, kept, parts))
  })
  return {
    health: () => runners.map((runner) => runner.health()),
    refusals: (source) => [...(refusals.get(source)?.values() ?? [])],
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

function contextOf(city: City, source: Source, adapter: IndicatorAdapter, settings: unknown, kept: Map<string, Refusal>, parts: IngestParts): RunnerContext {
  const send = createUpstreamHttp(originsIn(settings))
  const regions = new Set(city.regions.map((region) => region.code))
  let clockSkewMs: number | null = null
  const keep = (refusal: Refusal) => {
    const key = `${refusal.row}\n${refusal.reason}`
    if (kept.has(key)) return
    kept.set(key, refusal)
    if (kept.size > keptRefusals) kept.delete(kept.keys().next().value!)
  }
  return {
    now: parts.world.now,
    random: Math.random,
    log: parts.log,
    clockSkewMs: () => clockSkewMs,
    io: (signal) =>
      createSourceIo(
        parts.world,
        async (request, abort) => {
          const answer = await send(request, abort)
          const date = Date.parse(answer.headers['date'] ?? '')
          // The header has whole seconds, so half a second is added and less than one second means nothing.
          if (Number.isFinite(date)) clockSkewMs = Math.abs(date + 500 - parts.world.now()) < 1_000 ? 0 : date + 500 - parts.world.now()
          return answer
        },
        signal,
      ),
    cursor: (key) => parts.store.cursor(key),
    historyDone: (feed) => parts.historyDone(feed.indicator),
    changed: parts.healthChanged,
    async take(feed, page, cursor) {
      const receivedAt = toInstant(parts.world.now())
      const lineages = new Map<string, Lineage>()
      const observations: NewObservation[] = []
      let refused = 0
      page.refusals.forEach(keep)
      for (const reading of page.readings) {
        const made = observationFrom(feed.indicator, source, reading, { receivedAt, zone: city.city.timeZone, knownRegion: (code) => regions.has(code) })
        if ('refused' in made) {
          refused += 1
          keep({ row: `${feed.indicator.code} ${reading.region} ${JSON.stringify(reading.at)}`, reason: made.refused })
          continue
        }
        const lineage = lineageOf(source, adapter, reading, receivedAt)
        lineages.set(lineage.id, lineage)
        observations.push({ ...made.observation, lineage: lineage.id })
      }
      if (observations.length === 0 && !cursor) return { stored: 0, refused }
      return parts.lane.run(async (sequence) => {
        const outcome = await parts.store.append({ sequence, observations, lineages: [...lineages.values()], ...(cursor ? { cursor } : {}) })
        return { used: outcome.stored.length > 0 ? 1 : 0, result: { stored: outcome.stored.length, refused: refused + outcome.refused } }
      })
    },
  }
}

function lineageOf(source: Source, adapter: IndicatorAdapter, reading: Reading, fetchedAt: string): Lineage {
  const { request, rawSha256, steps } = reading.lineage
  const id = createHash('sha256').update(JSON.stringify([source.id, adapter.version, request, rawSha256, steps])).digest('hex').slice(0, 24)
  return { id, adapter: source.adapter, adapterVersion: adapter.version, source: source.id, request, fetchedAt, rawSha256, steps }
}

function substitute(value: unknown, variables: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') return value.replace(/\$\{([A-Z_]+)\}/g, (whole, name: string) => variables[name] ?? whole)
  if (Array.isArray(value)) return value.map((item) => substitute(item, variables))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substitute(item, variables)]))
}

/** Every http(s) address in a source's settings; nothing else may be asked. */
function originsIn(settings: unknown): Set<string> {
  const origins = new Set<string>()
  const visit = (value: unknown) => {
    if (typeof value === 'string' && /^https?:\/\//.test(value)) origins.add(new URL(value).origin)
    else if (value !== null && typeof value === 'object') Object.values(value).forEach(visit)
  }
  visit(settings)
  return origins
}
