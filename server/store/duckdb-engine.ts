import type { DuckDBValue } from '@duckdb/node-api'
import type { Lineage, Observation } from '../../src/domain/observation.ts'
import { rememberConfirmations } from './admission.ts'
import { createAppend } from './duckdb-append.ts'
import { openDuckDbFile, type DuckDbFile } from './duckdb-connection.ts'
import { createHistory, type History, periodOf, type SeriesPeriod } from './duckdb-history.ts'
import { prepareSchema } from './duckdb-schema.ts'
import { createNewestIndex, type NewestIndex } from './newest-index.ts'
import { newestPerClass } from './newest.ts'
import { instantMs } from './observation-row.ts'
import { createRecentBatches } from './recent-batches.ts'
import { prune } from './duckdb-prune.ts'
import { drillRows } from './drill-rows.ts'
import type { DrillRow, ObservationStore, StoredBatch } from './store.ts'

type Ask<M extends 'latest' | 'series' | 'at' | 'atMany' | 'received' | 'drill' | 'prune' | 'append'> =
  Parameters<ObservationStore[M]>[0]

/** What the worker answers: the store's contract with a signal on every read. */
export interface DuckDbEngine {
  append: ObservationStore['append']
  latest(query: Ask<'latest'>, signal?: AbortSignal): Promise<Observation[]>
  series(query: Ask<'series'>, signal?: AbortSignal): Promise<Observation[]>
  at(query: Ask<'at'>, signal?: AbortSignal): Promise<Observation | undefined>
  atMany(queries: Ask<'atMany'>, signal?: AbortSignal): Promise<(Observation | undefined)[]>
  received(query: Ask<'received'>, signal?: AbortSignal): Promise<StoredBatch[]>
  drill(query: Ask<'drill'>, signal?: AbortSignal): Promise<DrillRow[]>
  prune(query: Ask<'prune'>): Promise<number>
  after(query: { sequence: number; limit: number }, signal?: AbortSignal): Promise<StoredBatch[]>
  lineage(id: string, signal?: AbortSignal): Promise<Lineage | undefined>
  cursor(key: string, signal?: AbortSignal): Promise<string | undefined>
  lastSequence(): number
  close(): Promise<void>
}

export async function openDuckDbEngine(path: string): Promise<DuckDbEngine> {
  const file = await openDuckDbFile(path)
  await prepareSchema(file.writer)
  const index = createNewestIndex()
  const history = createHistory(file, index)
  await fillIndex(file, index, history)
  const [top] = await file.read('SELECT max(sequence) AS last FROM observations', {})
  const recent = createRecentBatches(Number(top?.last ?? 0), 20_000)
  const append = createAppend({ file, index, history, recent, confirmations: rememberConfirmations(100_000) })
  const one = async (sql: string, values: Record<string, DuckDBValue>, signal?: AbortSignal) =>
    (await file.read(sql, values, signal))[0]
  return {
    append: append.run,
    latest: (query, signal) => readLatest(index, history, query, signal),
    series: (query, signal) => readSeries(index, history, query, signal),
    at: async (query, signal) => (await readAtMany(index, history, [query], signal))[0],
    atMany: (queries, signal) => readAtMany(index, history, queries, signal),
    received: ({ from, to, after = 0, limit }, signal) =>
      history.received({ fromMs: instantMs(from), toMs: instantMs(to), after, limit }, signal),
    drill: (query, signal) => readDrill(index, history, query, signal),
    prune: (query) => append.between(() => prune(file, query)),
    after: async ({ sequence, limit }, signal) =>
      recent.after(sequence, limit) ?? history.after(sequence, limit, signal),
    async lineage(id, signal) {
      const found = await one('SELECT body FROM lineages WHERE id = $id LIMIT 1', { id }, signal)
      return found && (JSON.parse(String(found.body)) as Lineage)
    },
    async cursor(key, signal) {
      const found = await one('SELECT value FROM cursors WHERE key = $key', { key }, signal)
      return found && String(found.value)
    },
    lastSequence: () => recent.last(),
    async close() {
      await append.settled()
      file.close()
    },
  }
}

async function fillIndex(file: DuckDbFile, index: NewestIndex, history: History): Promise<void> {
  for (const { id, indicator, region, dims } of await file.read(
    'SELECT id, indicator, region, dims FROM series ORDER BY id',
    {},
  )) {
    index.addSeries({
      id: Number(id),
      indicator: String(indicator),
      region: String(region),
      dims: JSON.parse(String(dims)) as Record<string, string>,
    })
  }
  for (const { series, received } of await file.read(
    'SELECT series, max(received_at) AS received FROM observations GROUP BY series',
    {},
  )) {
    index.get(Number(series)).lastReceivedMs = Number(received)
  }
  const ids = Array.from({ length: index.size() }, (_, id) => id)
  for (const [id, standing] of await history.newestAt(ids, Number.MAX_SAFE_INTEGER))
    index.reset(index.get(id), standing)
}

async function readLatest(
  index: NewestIndex,
  history: History,
  query: Ask<'latest'>,
  signal?: AbortSignal,
): Promise<Observation[]> {
  const asOfMs = instantMs(query.asOf)
  const once = new Set(query.onceSources)
  const asked = new Set(query.indicators)
  const regions = new Set(query.regions)
  const matching = [...asked].flatMap((indicator) =>
    [...regions].flatMap((region) => index.of(indicator, region)),
  )
  // A series of which nothing came later than asOf stands now as it stood then, and needs no SQL.
  const older = await history.newestAt(
    matching.filter((series) => series.lastReceivedMs > asOfMs).map(({ id }) => id),
    asOfMs,
    signal,
  )
  return matching.flatMap((series) =>
    newestPerClass(
      series.lastReceivedMs > asOfMs ? (older.get(series.id) ?? []) : series.bySource.values(),
      once,
    ),
  )
}

async function readSeries(
  index: NewestIndex,
  history: History,
  query: Ask<'series'>,
  signal?: AbortSignal,
): Promise<Observation[]> {
  const { indicator, region, dims, limit } = query
  const matching = dims ? [index.find(indicator, region, dims)] : index.of(indicator, region)
  const ids = matching.flatMap((found) => (found ? [found.id] : []))
  const window = {
    fromMs: instantMs(query.from),
    toMs: instantMs(query.to),
    asOfMs: instantMs(query.asOf),
    limit,
  }
  return history.between(ids, window, signal)
}

async function readAtMany(
  index: NewestIndex,
  history: History,
  queries: Ask<'atMany'>,
  signal?: AbortSignal,
): Promise<(Observation | undefined)[]> {
  const asked = queries.map(({ indicator, region, dims, periodStart, periodEnd, asOf }) => {
    const series = index.find(indicator, region, dims)?.id
    if (series === undefined) return undefined
    const period = { series, start: instantMs(periodStart), end: instantMs(periodEnd) }
    return { period, asOfMs: instantMs(asOf) }
  })
  const found = new Map<string, Observation>()
  // A page is as of one moment, so this is one question.
  for (const moment of new Set(asked.flatMap((one) => (one ? [one.asOfMs] : [])))) {
    const periods = asked.flatMap((one) => (one?.asOfMs === moment ? [one.period] : []))
    for (const { series, observation } of await history.standing(periods, moment, signal))
      found.set(keyOf(periodOf(series, observation), moment), observation)
  }
  return asked.map((one, nth) => {
    const observation = one && found.get(keyOf(one.period, one.asOfMs))
    return queries[nth]!.real && observation?.provenance === 'synthetic' ? undefined : observation
  })
}

function keyOf({ series, start, end }: SeriesPeriod, asOfMs: number): string {
  return `${series}|${start}|${end}|${asOfMs}`
}

/** More than any screen can show and less than memory. */
const mostDrilled = 5_000_000

async function readDrill(
  index: NewestIndex,
  history: History,
  query: Ask<'drill'>,
  signal?: AbortSignal,
): Promise<DrillRow[]> {
  const { indicator, regions, dims, from, to, asOf } = query
  const ids = [...new Set(regions)].flatMap((region) => {
    const matching = dims ? [index.find(indicator, region, dims)] : index.of(indicator, region)
    return matching.flatMap((series) => (series ? [series.id] : []))
  })
  const window = { fromMs: instantMs(from), toMs: instantMs(to), asOfMs: instantMs(asOf), limit: mostDrilled }
  return drillRows(await history.between(ids, window, signal), query)
}
