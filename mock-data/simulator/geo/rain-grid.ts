import { rounded } from '../chance.ts'
import { hourMs, minuteMs } from '../city-time.ts'
import { featureOf } from './feature.ts'
import { boxGeometry, cellMetres } from './grid-box.ts'
import { rainField } from './rain-field.ts'
import { forecast } from './statement.ts'

const [columns, rows] = [48, 45]
const middles = cellMetres(columns, rows)
const tenMinutesMs = 10 * minuteMs

export const rainGridStepMs = tenMinutesMs
/** Millimetres in the hour before, read every ten minutes as the gauges are; hourly runs reach six hours ahead. */
export const rainGrid = forecast(
  { stepMs: rainGridStepMs, everyMs: hourMs, leadMs: 6 * hourMs },
  (seed, atMs, runMs) => {
    const sums = middles.map(() => 0)
    for (let readMs = atMs - hourMs; readMs < atMs; readMs += tenMinutesMs) {
      const rain = rainField(seed, readMs, runMs)
      for (const [index, place] of middles.entries()) sums[index]! += rain(place) / 6
    }
    const values = sums.map((sum) => rounded(sum, 1))
    return [
      featureOf('rain-grid', 'rain-grid', boxGeometry, { name: '小时雨量（示意）', columns, rows, values }),
    ]
  },
)
