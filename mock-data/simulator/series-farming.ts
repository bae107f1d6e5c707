import { yearlyRelease } from './calendar.ts'
import { drift, rounded } from './chance.ts'
import { countyPlaces, type Place } from './places.ts'
import type { SimSeries } from './series.ts'

/** Hectares under grain and 千瓦 of farm machines of each county unit in 2024 (assumed). Nobody files a figure of the whole city. */
const farming: Readonly<Record<string, { sown: number; machines: number }>> = {
  '220102': { sown: 2_100, machines: 21_000 },
  '220103': { sown: 24_300, machines: 168_000 },
  '220104': { sown: 9_800, machines: 82_000 },
  '220105': { sown: 21_700, machines: 149_000 },
  '220106': { sown: 8_900, machines: 76_000 },
  '220112': { sown: 96_000, machines: 720_000 },
  '220113': { sown: 196_000, machines: 1_410_000 },
  '220122': { sown: 372_000, machines: 2_680_000 },
  '220182': { sown: 391_000, machines: 2_790_000 },
  '220183': { sown: 248_000, machines: 1_760_000 },
  '220184': { sown: 287_000, machines: 2_050_000 },
}

const filed = { cadence: 'A', places: countyPlaces, releasedMs: yearlyRelease, recent: 3 } as const

function level(
  seed: string,
  { region }: Place,
  slot: number,
  kind: 'sown' | 'machines',
  growth: number,
): number {
  const trend = 1 + growth * (slot - 2024)
  return Math.floor(
    farming[region]![kind] * trend * (1 + 0.012 * drift(seed, slot / 2, 'farming', kind, region)),
  )
}

export const farmingSeries: readonly SimSeries[] = [
  {
    ...filed,
    code: 'MAC.AGR.SOWN',
    at: (seed, place, slot) => ({ value: level(seed, place, slot, 'sown', 0.006) }),
  },
  {
    ...filed,
    code: 'MAC.AGR.MACHINE',
    at: (seed, place, slot) => ({ value: level(seed, place, slot, 'machines', 0.021) }),
  },
  {
    ...filed,
    code: 'MAC.AGR.YIELD',
    at: (seed, place, slot) => ({
      value: rounded(
        7_350 * (1 + 0.011 * (slot - 2024)) * (1 + 0.05 * drift(seed, slot / 2, 'yield', place.region)),
        0,
      ),
    }),
  },
]
