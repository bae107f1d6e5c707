import type { Frequency } from '../domain/indicator.ts'
import { toInstant } from '../domain/instant.ts'
import type { Observation } from '../domain/observation.ts'

const [minuteMs, hourMs, dayMs] = [60_000, 3_600_000, 86_400_000]

/** How far a sparkline looks back, how many periods it shows, and how often its window moves on. */
const spans: Record<Frequency, { backMs: number; shown: number; stepMs: number }> = {
  A: { backMs: 13 * 366 * dayMs, shown: 12, stepMs: dayMs },
  S: { backMs: 8 * 366 * dayMs, shown: 12, stepMs: dayMs },
  Q: { backMs: 4 * 366 * dayMs, shown: 12, stepMs: dayMs },
  M: { backMs: 16 * 31 * dayMs, shown: 12, stepMs: dayMs },
  X: { backMs: 140 * dayMs, shown: 12, stepMs: dayMs },
  W: { backMs: 14 * 7 * dayMs, shown: 12, stepMs: dayMs },
  D: { backMs: 32 * dayMs, shown: 30, stepMs: hourMs },
  H: { backMs: 26 * hourMs, shown: 24, stepMs: 10 * minuteMs },
  N: { backMs: 2 * hourMs, shown: 60, stepMs: 10 * minuteMs },
  I: { backMs: 10 * minuteMs, shown: 60, stepMs: minuteMs },
  E: { backMs: dayMs, shown: 24, stepMs: 10 * minuteMs },
}

/** A half-open window that ends after now and moves in steps, so that a ticking clock does not ask again each second. */
export function recentWindow(freq: Frequency, nowMs: number): { from: string; to: string } {
  const { backMs, stepMs } = spans[freq]
  const end = (Math.floor(nowMs / stepMs) + 1) * stepMs
  return { from: toInstant(end - stepMs - backMs), to: toInstant(end) }
}

/**
 * The last periods as a sparkline wants them: null for a missing value and one null for a hole between two periods,
 * so that the line breaks. `growth` reads the published growth rate instead of the level, because a cumulative level
 * only ever saws through the year. `jointFirst` is the number of months published together at the year's start.
 */
export function recentValues(
  observations: readonly Observation[],
  freq: Frequency,
  wanted: 'value' | 'growth',
  jointFirst = 1,
): (number | null)[] {
  const shown = observations.slice(-spans[freq].shown)
  const ends = shown.map((observation) => Date.parse(observation.period.end))
  const gaps = ends.slice(1).map((end, index) => end - ends[index]!)
  const usual = gaps.toSorted((a, b) => a - b)[Math.floor((gaps.length - 1) / 2)] ?? 0
  return shown.flatMap((observation, index) => {
    const value = wanted === 'growth' ? growthOf(observation) : observation.value
    const hole = index > 0 && gaps[index - 1]! > usual * (jointFirst + 0.6)
    return hole ? [null, value] : [value]
  })
}

export function growthOf({ comparisons }: Observation): number | null {
  const found =
    comparisons.find(({ kind }) => kind === 'yoy') ?? comparisons.find(({ kind }) => kind === 'ytd-yoy')
  return found?.value ?? null
}
