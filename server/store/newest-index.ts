import type { Observation } from '../../src/domain/observation.ts'
import { instantMs, seriesIdentity, type Series } from './observation-row.ts'
import { isNewer } from './newest.ts'

export interface IndexedSeries extends Series {
  /** The newest standing observation of each source: superseded ones are not in it. */
  bySource: Map<string, Observation>
  /** Latest receipt of anything stored for it: a question about an earlier moment needs the history. */
  lastReceivedMs: number
}

/** The dictionary of series with the newest of each, in memory: what the wall asks for every second. */
export interface NewestIndex {
  get(id: number): IndexedSeries
  find(indicator: string, region: string, dims: Readonly<Record<string, string>>): IndexedSeries | undefined
  /** Every series of one indicator and region, whatever its dims. */
  of(indicator: string, region: string): readonly IndexedSeries[]
  size(): number
  addSeries(series: Series): IndexedSeries
  /** Takes a stored observation in. False: another source's newest was superseded, and its next older one must be looked up. */
  note(series: IndexedSeries, observation: Observation): boolean
  /** Sets anew what stands per source, after a look-up in the history. */
  reset(series: IndexedSeries, standing: Iterable<Observation>): void
}

export function createNewestIndex(): NewestIndex {
  const byId = new Map<number, IndexedSeries>()
  const byIdentity = new Map<string, IndexedSeries>()
  const byPlace = new Map<string, IndexedSeries[]>()
  return {
    get(id) {
      const found = byId.get(id)
      if (!found) throw new Error(`series ${id} is not in the dictionary`)
      return found
    },
    find: (indicator, region, dims) => byIdentity.get(seriesIdentity(indicator, region, dims)),
    of: (indicator, region) => byPlace.get(`${indicator}\n${region}`) ?? [],
    size: () => byId.size,
    addSeries(series) {
      const indexed: IndexedSeries = { ...series, bySource: new Map(), lastReceivedMs: -Infinity }
      byId.set(series.id, indexed)
      byIdentity.set(seriesIdentity(series.indicator, series.region, series.dims), indexed)
      const place = `${series.indicator}\n${series.region}`
      const there = byPlace.get(place)
      if (there) there.push(indexed)
      else byPlace.set(place, [indexed])
      return indexed
    },
    note(series, observation) {
      series.lastReceivedMs = Math.max(series.lastReceivedMs, instantMs(observation.receivedAt))
      let complete = true
      for (const [source, standing] of series.bySource) {
        if (source === observation.source || !samePeriod(standing, observation)) continue
        series.bySource.delete(source)
        complete = false
      }
      const own = series.bySource.get(observation.source)
      if (!own || samePeriod(own, observation) || isNewer(observation, own))
        series.bySource.set(observation.source, observation)
      return complete
    },
    reset(series, standing) {
      series.bySource = new Map([...standing].map((observation) => [observation.source, observation]))
    },
  }
}

export function samePeriod(a: Observation, b: Observation): boolean {
  return a.period.start === b.period.start && a.period.end === b.period.end
}
