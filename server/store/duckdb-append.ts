import { type Lineage, type Observation, lineageIdOf } from '../../src/domain/observation.ts'
import { admit, standingOf, type Admission, type Confirmations, type Standing } from './admission.ts'
import { messageOf, type DuckDbFile } from './duckdb-connection.ts'
import { periodOf, type History, type SeriesPeriod } from './duckdb-history.ts'
import { writeBatch } from './duckdb-write.ts'
import type { IndexedSeries, NewestIndex } from './newest-index.ts'
import { instantMs, seriesIdentity, toRow, type Series } from './observation-row.ts'
import type { RecentBatches } from './recent-batches.ts'
import { SequenceTakenError, StoreWriteError, systemCodeOf } from './storage-errors.ts'
import type { NewObservation, ObservationStore } from './store.ts'
import { createTurns } from './turns.ts'

interface Parts {
  file: DuckDbFile
  index: NewestIndex
  history: History
  recent: RecentBatches
  confirmations: Confirmations
}

type Batch = Parameters<ObservationStore['append']>[0]
type Filed = { key: string; observation: NewObservation; series: Series; period: SeriesPeriod }

/** Appends one batch at a time; memory follows only after the COMMIT. */
export function createAppend(parts: Parts): {
  run: ObservationStore['append']
  /** Does something else to the file while no batch is being written. */
  between<T>(work: () => Promise<T>): Promise<T>
  settled(): Promise<void>
} {
  const turn = createTurns(1)
  const lineagesSeen = createLineagesSeen(20_000)
  return {
    run: (batch) => turn(() => append(parts, lineagesSeen, batch)),
    between: (work) => turn(work),
    settled: () => turn(async () => undefined),
  }
}

async function append(
  parts: Parts,
  seen: LineagesSeen,
  batch: Batch,
): ReturnType<ObservationStore['append']> {
  const { file, index, history, recent, confirmations } = parts
  if (batch.sequence <= recent.last()) {
    throw new SequenceTakenError(
      `sequence ${batch.sequence} is not after ${recent.last()}, the last one in the store`,
    )
  }
  const { filed, added } = fileBySeries(index, batch.observations)
  const admission = admit(filed, await standingBefore(index, history, filed), confirmations)
  const seriesOf = new Map(filed.map(({ key, series }) => [key, series.id]))
  const observations = admission.stored.map(({ observation }) => observation)
  const cursors = batch.cursors ?? []
  if (observations.length === 0 && cursors.length === 0) return answerOf(admission)
  const rows = admission.stored.map(({ key, observation }) =>
    toRow(observation, seriesOf.get(key)!, batch.sequence),
  )
  const lineages = seen.unseen(batch.lineages, observations)
  try {
    await writeBatch(file.writer, { series: added, rows, lineages, cursors })
  } catch (cause) {
    throw new StoreWriteError(`the store could not write: ${messageOf(cause)}`, systemCodeOf(cause), {
      cause,
    })
  }
  seen.add(lineages)
  for (const series of added) index.addSeries(series)
  if (observations.length > 0) recent.add({ sequence: batch.sequence, observations })
  const shadowed = new Set<IndexedSeries>()
  rows.forEach((row, place) => {
    const series = index.get(row.series)
    if (!index.note(series, observations[place]!)) shadowed.add(series)
  })
  await lookUpAgain(index, history, shadowed)
  return answerOf(admission)
}

/** The batch is on the disk, so a failure here must not reject it: such a series is read by SQL until the next start. */
async function lookUpAgain(
  index: NewestIndex,
  history: History,
  shadowed: ReadonlySet<IndexedSeries>,
): Promise<void> {
  try {
    const again = await history.newestAt(
      [...shadowed].map(({ id }) => id),
      Number.MAX_SAFE_INTEGER,
    )
    for (const [id, standing] of again) index.reset(index.get(id), standing)
  } catch {
    for (const series of shadowed) series.lastReceivedMs = Infinity
  }
}

function answerOf({ stored, refused }: Admission): { stored: Observation[]; refused: number } {
  return { stored: stored.map(({ observation }) => observation), refused }
}

/** A series that is new gets the dictionary's next number: its first observation is never dropped, so it will be written. */
function fileBySeries(
  index: NewestIndex,
  observations: readonly NewObservation[],
): { filed: Filed[]; added: Series[] } {
  const added = new Map<string, Series>()
  const filed = observations.map((observation) => {
    const { indicator, region, dims } = observation
    const identity = seriesIdentity(indicator, region, dims)
    let series: Series | undefined = index.find(indicator, region, dims) ?? added.get(identity)
    if (!series) {
      series = { id: index.size() + added.size, indicator, region, dims }
      added.set(identity, series)
    }
    const period = periodOf(series.id, observation)
    return { key: `${series.id}|${period.start}|${period.end}`, observation, series, period }
  })
  return { filed, added: [...added.values()] }
}

/** Memory knows the newest period of each series; only what is older is looked up in the file, all in one query. */
async function standingBefore(
  index: NewestIndex,
  history: History,
  filed: readonly Filed[],
): Promise<Map<string, Standing>> {
  const standing = new Map<string, Standing>()
  const older: SeriesPeriod[] = []
  for (const { key, series, period } of filed) {
    if (series.id >= index.size()) continue
    const held = [...index.get(series.id).bySource.values()]
    const same = held.find(
      (found) => instantMs(found.period.start) === period.start && instantMs(found.period.end) === period.end,
    )
    if (same) standing.set(key, withRevision(same))
    else if (held.length === 0 || held.some((found) => !comesAfter(period, found))) older.push(period)
  }
  for (const { series, observation } of await history.standing(older, Number.MAX_SAFE_INTEGER)) {
    const { start, end } = periodOf(series, observation)
    standing.set(`${series}|${start}|${end}`, withRevision(observation))
  }
  return standing
}

function comesAfter(period: SeriesPeriod, found: Observation): boolean {
  const end = instantMs(found.period.end)
  return period.end === end ? period.start > instantMs(found.period.start) : period.end > end
}

function withRevision(observation: Observation): Standing {
  return { ...standingOf(observation), revision: observation.revision }
}

interface LineagesSeen {
  unseen(lineages: readonly Lineage[], stored: readonly Observation[]): Lineage[]
  add(lineages: readonly Lineage[]): void
}

/** Only lineages that something stored speaks of are kept, and each once as long as it is remembered here. */
function createLineagesSeen(capacity: number): LineagesSeen {
  const ids = new Set<string>()
  return {
    unseen(lineages, stored) {
      const used = new Set(stored.map(({ lineage }) => lineageIdOf(lineage)))
      return [...new Map(lineages.map((lineage) => [lineage.id, lineage])).values()].filter(
        ({ id }) => used.has(id) && !ids.has(id),
      )
    },
    add(lineages) {
      for (const { id } of lineages) ids.add(id)
      while (ids.size > capacity) ids.delete(ids.values().next().value!)
    },
  }
}
