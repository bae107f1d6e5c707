import type { MapFeature } from '../../../src/domain/map-feature.ts'
import { clamp } from '../chance.ts'
import { hourMs, minuteMs } from '../city-time.ts'
import { windDirection, windSpeed } from '../weather.ts'
import { leakAt, type Spell } from './exercise-hours.ts'
import { areaOf, featureOf } from './feature.ts'
import { away, toMetres, type Metres } from './plane.ts'
import { forecast } from './statement.ts'

/** An empty field east of the town, where the exercise sets its leak. */
export const leakSource: Metres = toMetres([125.47, 43.905])

/** Length of each area as a part of the longest; drawn from the widest to the innermost. */
const thresholds = [
  { threshold: 'AEGL-1', part: 1 },
  { threshold: 'AEGL-2', part: 0.52, action: 'shelter' },
  { threshold: 'AEGL-3', part: 0.22, action: 'evacuate' },
] as const

/** Half width over length along the axis, from a little upwind of the source: blunt behind, drawn out before. */
const outline: readonly (readonly [along: number, half: number])[] = [
  [-0.02, 0],
  [-0.012, 0.022],
  [0.03, 0.06],
  [0.12, 0.1],
  [0.28, 0.135],
  [0.48, 0.15],
  [0.68, 0.135],
  [0.84, 0.1],
  [0.95, 0.05],
  [1, 0],
]

/** Metres downwind: grows for half an hour after the leak opens, longer in weak wind, and shrinks in the last half hour. */
function lengthM({ startMs, endMs }: Spell, epochMs: number, wind: number): number {
  const opened = clamp((epochMs - startMs) / (0.5 * hourMs), 0, 1)
  const closing = clamp((endMs - epochMs) / (0.5 * hourMs), 0, 1)
  return 3_600 * (0.2 + 0.8 * opened * closing) * clamp(1.35 - 0.09 * wind, 0.5, 1.3)
}

/**
 * A picture of a leak, not the result of a model: one outline in three sizes about its source, so each area holds the next. The
 * wind of the run is kept for what lies ahead of it.
 */
export const plumeStepMs = 5 * minuteMs
export const plume = forecast(
  { stepMs: plumeStepMs, everyMs: 10 * minuteMs, leadMs: hourMs },
  (seed, atMs, runMs): MapFeature[] => {
    const leak = leakAt(seed, atMs)
    if (!leak || runMs < leak.startMs) return []
    const length = lengthM(leak, atMs, windSpeed(seed, runMs))
    const downwind = windDirection(seed, runMs) + 180
    return thresholds.map(({ part, ...said }) => {
      const right = outline.map(([along, half]) =>
        away(away(leakSource, downwind, along * length * part), downwind + 90, half * length * part),
      )
      const left = outline
        .slice(1, -1)
        .map(([along, half]) =>
          away(away(leakSource, downwind, along * length * part), downwind - 90, half * length * part),
        )
      const ring = [...right, ...left.toReversed()]
      return featureOf('plume', `plume-${said.threshold}`, areaOf(ring), {
        name: '泄漏演练（示意）',
        substance: '演练气体',
        ...said,
      })
    })
  },
)
