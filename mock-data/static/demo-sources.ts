import { parse } from 'valibot'
import type { IndicatorAdapter, Window } from '../../src/contracts/indicator-adapter.ts'
import type { Frequency, Indicator } from '../../src/domain/indicator.ts'
import { durationMs, toInstant } from '../../src/domain/instant.ts'
import type { Lineage } from '../../src/domain/observation.ts'
import { historyMs, recentMs } from '../../src/domain/read-window.ts'
import { observationFrom, type Reading, type Refusal } from '../../src/domain/reading.ts'
import type { Source, SourceHealth } from '../../src/domain/source.ts'
import { demoIo, type DemoWorld } from './demo-io.ts'
import type { DraftObservation } from './memory-store.ts'
import type { StaticCity } from './static-city.ts'

export interface Batch {
  drafts: DraftObservation[]
  lineages: Lineage[]
}

export interface Feed {
  indicator: Indicator
  source: Source
  pollMs: number
  /** Everything from the window, through the same adapter and the same checks as in the gateway. */
  read(which: 'recent' | 'past'): Promise<Batch>
}

export interface DemoSources {
  feeds: Feed[]
  health(): SourceHealth[]
  refusals(source: string): Refusal[]
}

/** The protocols the demo city speaks; a page has no folder to look into. */
const adapters: Record<string, () => Promise<{ default: IndicatorAdapter }>> = {
  'rest-json': async () => await import('../../src/adapters/indicators/rest-json.ts'),
  file: async () => await import('../../src/adapters/indicators/file.ts'),
}

/** The city's sources over the simulator and the files of the build; only the adapters they name are loaded. */
export async function demoSources(city: StaticCity, world: DemoWorld): Promise<DemoSources> {
  const health = new Map(city.sources.map(({ id }) => [id, starting(id)]))
  const refused = new Map(city.sources.map(({ id }): [string, Refusal[]] => [id, []]))
  const regions = new Set(city.regions.map(({ code }) => code))
  const feeds: Feed[] = []
  for (const source of city.sources) {
    const adapter = (await adapters[source.adapter]?.())?.default
    if (!adapter)
      throw new Error(`source ${source.id} speaks ${source.adapter}, which a static build does not carry`)
    const known = health.get(source.id)!
    const told = (refusals: readonly Refusal[], taken: number): void => {
      known.refused += refusals.length
      refused.get(source.id)!.push(...refusals)
      Object.assign(known, {
        state: 'ok',
        lastGoodAt: toInstant(world.now()),
        nextTryAt: toInstant(world.now() + durationMs(source.poll)),
        observations: known.observations + taken,
      })
    }
    const context = {
      source,
      adapter,
      settings: parse(adapter.settings, source.settings),
      zone: city.city.timeZone,
      knownRegion: (code: string) => regions.has(code),
      world,
      told,
    }
    feeds.push(...city.indicators.flatMap((indicator) => feedsOf(indicator, context)))
  }
  return { feeds, health: () => [...health.values()], refusals: (source) => refused.get(source) ?? [] }
}

function feedsOf(indicator: Indicator, context: Context): Feed[] {
  const { source, adapter, settings, world, told } = context
  return indicator.sources
    .filter((entry) => entry.source === source.id)
    .map((entry) => ({
      indicator,
      source,
      pollMs: Math.max(1_000, durationMs(entry.poll ?? source.poll)),
      async read(which) {
        const mapping = parse(adapter.mapping, entry.mapping)
        const window = windowOf(source, indicator.freq, which, world.now())
        const batch: Batch = { drafts: [], lineages: [] }
        for await (const page of adapter.read(
          settings,
          mapping,
          window,
          demoIo(world, new AbortController().signal),
        )) {
          told([...page.refusals, ...take(page.readings, indicator, context, batch)], page.readings.length)
        }
        return batch
      },
    }))
}

function starting(source: string): SourceHealth {
  return {
    source,
    state: 'starting',
    lastGoodAt: null,
    lastError: null,
    nextTryAt: null,
    clockSkewMs: 0,
    observations: 0,
    refused: 0,
  }
}

function windowOf(source: Source, freq: Frequency, which: 'recent' | 'past', nowMs: number): Window {
  const to = toInstant(nowMs)
  if (source.cadence === 'once') return { from: '1900-01-01T00:00:00Z', to }
  return { from: toInstant(nowMs - (which === 'recent' ? recentMs : historyMs)[freq]), to }
}

interface Context {
  source: Source
  adapter: IndicatorAdapter
  settings: unknown
  zone: string
  knownRegion(code: string): boolean
  world: DemoWorld
  told(refusals: readonly Refusal[], taken: number): void
}

/** Puts into the batch what can be taken; answers what cannot, with the reason. */
function take(readings: readonly Reading[], indicator: Indicator, context: Context, batch: Batch): Refusal[] {
  const { source, adapter, zone, knownRegion, world } = context
  const receivedAt = toInstant(world.now())
  return readings.flatMap((reading): Refusal[] => {
    const made = observationFrom(indicator, source, reading, { receivedAt, zone, knownRegion })
    if ('refused' in made)
      return [
        { row: `${indicator.code} ${reading.region} ${JSON.stringify(reading.at)}`, reason: made.refused },
      ]
    const { request, rawSha256, steps } = reading.lineage
    const id = `${source.id}:${indicator.code}:${rawSha256.slice(0, 16)}`
    batch.lineages.push({
      id,
      adapter: source.adapter,
      adapterVersion: adapter.version,
      source: source.id,
      request,
      fetchedAt: receivedAt,
      rawSha256,
      steps,
    })
    batch.drafts.push({ ...made.observation, lineage: id })
    return []
  })
}
