import type { Observation } from '../../src/domain/observation.ts'
import { periodOf } from '../../src/domain/period.ts'
import { toInstant } from '../../src/domain/instant.ts'
import { dimsText, instantMs } from './observation-row.ts'
import type { DrillQuery, DrillRow } from './store.ts'

const frequencies = { day: 'D', month: 'M', quarter: 'Q', year: 'A' } as const

/** What standing observations, oldest period first, come to in each bucket of the city's calendar. A missing value is counted, never added. */
export function drillRows(
  observations: Iterable<Observation>,
  { bucket, timeZone }: Pick<DrillQuery, 'bucket' | 'timeZone'>,
): DrillRow[] {
  const rows = new Map<string, DrillRow>()
  let current = { startMs: 0, endMs: 0 }
  for (const observation of observations) {
    const atMs = instantMs(observation.period.start)
    // They come in order, so the calendar is asked once a bucket.
    if (atMs < current.startMs || atMs >= current.endMs) {
      const { start, end } = periodOf(frequencies[bucket], 'sum', atMs, timeZone)
      current = { startMs: instantMs(start), endMs: instantMs(end) }
    }
    const key = `${observation.region}\n${dimsText(observation.dims)}\n${current.startMs}`
    let row = rows.get(key)
    if (!row) rows.set(key, (row = emptyRow(observation, current)))
    add(row, observation)
  }
  return [...rows.values()]
}

function emptyRow(
  { region, dims, unit }: Observation,
  { startMs, endMs }: { startMs: number; endMs: number },
): DrillRow {
  const none = { count: 0, missing: 0, synthetic: 0, sum: null, min: null, max: null, last: null }
  return { region, dims, unit, start: toInstant(startMs), end: toInstant(endMs), ...none }
}

function add(row: DrillRow, { value, provenance }: Observation): void {
  if (value === null) {
    row.missing += 1
    return
  }
  row.count += 1
  if (provenance === 'synthetic') row.synthetic += 1
  row.sum = (row.sum ?? 0) + value
  row.min = Math.min(row.min ?? value, value)
  row.max = Math.max(row.max ?? value, value)
  row.last = value
}
