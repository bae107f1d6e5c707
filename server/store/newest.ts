import type { Observation } from '../../src/domain/observation.ts'
import { instantMs } from './observation-row.ts'

/** Later end first, then later start: cumulative periods share their start, so the end decides. */
export function isNewer(a: Observation, b: Observation): boolean {
  const end = instantMs(a.period.end) - instantMs(b.period.end)
  return end === 0 ? instantMs(a.period.start) > instantMs(b.period.start) : end > 0
}

/** Of one series' candidates the newest published historical record and the newest of all other sources, side by side. */
export function newestPerClass(
  candidates: Iterable<Observation>,
  onceSources: ReadonlySet<string>,
): Observation[] {
  let once: Observation | undefined
  let running: Observation | undefined
  for (const candidate of candidates) {
    if (onceSources.has(candidate.source)) {
      if (!once || isNewer(candidate, once)) once = candidate
    } else if (!running || isNewer(candidate, running)) running = candidate
  }
  return [running, once].filter((found) => found !== undefined)
}
