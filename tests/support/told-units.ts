import type { Indicator } from '../../src/domain/indicator.ts'
import type { Observation } from '../../src/domain/observation.ts'
import { seriesKey } from '../../src/domain/observation.ts'
import type { Region } from '../../src/domain/region.ts'
import { LatestBook } from '../../server/latest-book.ts'
import type { ObservationStore } from '../../server/store/store.ts'
import { indicatorOf, observationOf, shanghai } from './domain-samples.ts'

export const area = indicatorOf({ code: 'MAC.AGR.SOWN', unit: 'har', freq: 'A', comparisons: ['yoy'] })
const county = (own: string, more: Partial<Region> = {}): Region => ({
  code: own,
  name: { zh: own },
  level: 'county',
  parent: '220100',
  ...more,
})
export const regions: Region[] = [
  { code: '220100', name: { zh: '长春市' }, level: 'city' },
  county('220102'),
  county('220103'),
  county('220184', { validFrom: '2020-06-19' }),
]
export const everything = {
  from: '2015-01-01T00:00:00Z',
  to: '2030-01-01T00:00:00Z',
  asOf: '2026-08-01T00:00:00Z',
}

export function told(
  year: string,
  region: string,
  value: number | null,
  receivedAt: string,
  source = 'bureau',
) {
  return observationOf(area, year, value, { region, source, receivedAt, provenance: 'synthetic' })
}

/** What a store answers, over a list: the newest revision known, the newest period of each series. */
export function storeOf(list: Observation[]): Pick<ObservationStore, 'latest' | 'series' | 'at' | 'atMany'> {
  const known = (asOf: string) => list.filter(({ receivedAt }) => Date.parse(receivedAt) <= Date.parse(asOf))
  const byEnd = (a: Observation, b: Observation) => Date.parse(a.period.end) - Date.parse(b.period.end)
  return {
    latest: async ({ indicators, regions: places, asOf }) => [
      ...new Map(
        known(asOf)
          .filter(({ indicator, region }) => indicators.includes(indicator) && places.includes(region))
          .sort(byEnd)
          .map((seen) => [`${seen.source}|${seriesKey(seen.indicator, seen.region)}`, seen]),
      ).values(),
    ],
    series: async ({ indicator, region, from, to, asOf, limit }) =>
      known(asOf)
        .filter((seen) => seen.indicator === indicator && seen.region === region)
        .filter(
          ({ period: { start } }) =>
            Date.parse(start) >= Date.parse(from) && Date.parse(start) < Date.parse(to),
        )
        .sort(byEnd)
        .slice(0, limit),
    at: async () => undefined,
    atMany: async (queries) =>
      queries.map(({ indicator, region, periodStart, periodEnd, asOf }) =>
        known(asOf).findLast(
          (seen) =>
            seen.indicator === indicator &&
            seen.region === region &&
            seen.period.start === periodStart &&
            seen.period.end === periodEnd,
        ),
      ),
  }
}

/** A book over such a store at a moment; the yearbook's records are published ones. */
export async function bookOf(
  list: Observation[],
  {
    store = storeOf(list),
    indicators = [area],
    now = () => Date.parse(everything.asOf),
  }: { store?: ReturnType<typeof storeOf>; indicators?: readonly Indicator[]; now?: () => number } = {},
): Promise<LatestBook> {
  return LatestBook.open({
    store: store as ObservationStore,
    indicator: (wanted) => indicators.find(({ code }) => code === wanted),
    indicators: () => indicators,
    regions: () => regions,
    root: () => '220100',
    once: () => new Set(['yearbook']),
    timeZone: () => shanghai,
    now,
  })
}
