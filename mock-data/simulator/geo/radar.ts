import { portableLog } from '../../../src/domain/portable-math.ts'
import { hourMs, minuteMs } from '../city-time.ts'
import { featureOf } from './feature.ts'
import { boxGeometry, cellMetres } from './grid-box.ts'
import { distance } from './plane.ts'
import { rainField } from './rain-field.ts'
import { forecast } from './statement.ts'

const [columns, rows] = [96, 90]
const middles = cellMetres(columns, rows)
/** Beyond the range of the one invented radar in the middle nothing is known. */
const rangeM = 150_000
const inRange = middles.map((place) => distance(place, [0, 0]) <= rangeM)

/** Reflectivity of so much rain, whole dBZ: Z = 200 R^1.6 (Marshall and Palmer, J. Meteor. 5, 1948); 0 where nothing echoes. */
export function dbzOf(millimetresAnHour: number): number {
  if (millimetresAnHour < 0.1) return 0
  return Math.max(0, Math.round((10 / Math.LN10) * (portableLog(200) + 1.6 * portableLog(millimetresAnHour))))
}

export const radarStepMs = 6 * minuteMs
/** A picture every six minutes, and as often a run three hours ahead. */
export const radar = forecast(
  { stepMs: radarStepMs, everyMs: radarStepMs, leadMs: 3 * hourMs + radarStepMs },
  (seed, atMs, runMs) => {
    const rain = rainField(seed, atMs, runMs)
    const values = middles.map((place, index) => (inRange[index] ? dbzOf(rain(place)) : null))
    return [featureOf('radar', 'radar', boxGeometry, { name: '天气雷达（示意）', columns, rows, values })]
  },
)
