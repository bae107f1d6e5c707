import { clamp, drift, rounded } from './chance.ts'
import { rainSum } from './weather.ts'
import type { waterSections } from './places.ts'

type Section = (typeof waterSections)[number]

/** Mean permanganate index, ammonia and total phosphorus of each section, mg/L; downstream of the city the water is poorer. Assumed. */
const sections: Record<
  Section,
  { goal: number; index: number; ammonia: number; phosphorus: number; oxygen: number }
> = {
  'songhua-a': { goal: 2, index: 3.4, ammonia: 0.28, phosphorus: 0.07, oxygen: 8.1 },
  'yinma-b': { goal: 3, index: 3.8, ammonia: 0.4, phosphorus: 0.09, oxygen: 7.4 },
  'yinma-c': { goal: 3, index: 5.2, ammonia: 0.72, phosphorus: 0.16, oxygen: 6.4 },
  'yitong-d': { goal: 3, index: 5.1, ammonia: 0.7, phosphorus: 0.15, oxygen: 6.2 },
  'yitong-e': { goal: 4, index: 8.8, ammonia: 1.45, phosphorus: 0.28, oxygen: 4.2 },
  'yitong-f': { goal: 4, index: 8.0, ammonia: 1.24, phosphorus: 0.25, oxygen: 4.6 },
}
/** Upper limits of classes Ⅰ–Ⅴ, GB 3838-2002 table 1 (oxygen: lower limits). */
const limits = {
  index: [2, 4, 6, 10, 15],
  ammonia: [0.15, 0.5, 1.0, 1.5, 2.0],
  phosphorus: [0.02, 0.1, 0.2, 0.3, 0.4],
  oxygen: [7.5, 6, 5, 3, 2],
}

export function goalClass(section: Section): number {
  return sections[section].goal
}

/** Single-factor class 1 (Ⅰ) … 6 (劣Ⅴ) from four items: 高锰酸盐指数, 氨氮, 总磷, 溶解氧. */
export function classOf(item: {
  index: number
  ammonia: number
  phosphorus: number
  oxygen: number
}): number {
  const above = (value: number, bounds: readonly number[]) =>
    1 + bounds.filter((bound) => value > bound).length
  const oxygen = 1 + limits.oxygen.filter((bound) => item.oxygen < bound).length
  return Math.max(
    above(item.index, limits.index),
    above(item.ammonia, limits.ammonia),
    above(item.phosphorus, limits.phosphorus),
    oxygen,
  )
}

/** Class by the automatic station in the four hours that begin at the instant. */
export function sectionClass(seed: string, section: Section, epochMs: number): number {
  const mean = sections[section]
  // Rain washes the fields and the streets into the river some hours later.
  const flushed = 1 + clamp(rainSum(seed, epochMs - 21_600_000, 12) / 60, 0, 0.4)
  const slow = drift(seed, epochMs / 700_000_000, 'water', section)
  const quick = drift(seed, epochMs / 40_000_000, 'water', section, 'quick')
  const change = (1 + 0.12 * slow + 0.05 * quick) * flushed
  return classOf({
    index: mean.index * change,
    ammonia: mean.ammonia * change,
    phosphorus: mean.phosphorus * change,
    oxygen: mean.oxygen / change,
  })
}

/** Share of the month's assessed sections in classes Ⅰ–Ⅲ, per cent, of nine (facts row 65: 77.8 % in 2020, grade B). */
export function goodSections(seed: string, slot: number): number {
  const good = clamp(Math.floor(7.4 + 1.3 * drift(seed, slot / 4, 'water', 'month')), 6, 9)
  return rounded((good / 9) * 100, 1)
}
