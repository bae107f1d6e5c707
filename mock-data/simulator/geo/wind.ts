import { clamp, drift, rounded } from '../chance.ts'
import { hourMs, minuteMs } from '../city-time.ts'
import { windDirection, windSpeed } from '../weather.ts'
import { featureOf, pointAt } from './feature.ts'
import { cellMiddles } from './grid-box.ts'
import { forecast } from './statement.ts'

const [columns, rows] = [12, 10]
const middles = cellMiddles(columns, rows)

export const windStepMs = 10 * minuteMs
/** The city's wind, bent a little over the land; an hourly run looks a day ahead and strays with the lead. */
export const wind = forecast(
  { stepMs: windStepMs, everyMs: hourMs, leadMs: 24 * hourMs },
  (seed, atMs, runMs) => {
    const lead = Math.min(1, (atMs - runMs) / (12 * hourMs))
    const strays = lead * drift(seed, atMs / (3 * hourMs), 'geo', 'wind-run', runMs)
    const [speed, from] = [windSpeed(seed, atMs), windDirection(seed, atMs)]
    return middles.map(({ longitude, latitude }, index) => {
      const [column, row] = [index % columns, Math.floor(index / columns)]
      const bend = (axis: string, cell: number) =>
        drift(seed, cell / 3 + atMs / (4 * hourMs), 'geo', 'wind', axis)
      const [alongX, alongY] = [bend('x', column), bend('y', row)]
      const local = speed * (1 + 0.25 * alongX) * (1 + 0.3 * strays)
      const turned = from + 18 * alongY + 40 * strays + 720
      const place = [rounded(longitude, 4), rounded(latitude, 4)] as const
      return featureOf('wind', `wind-${row}-${column}`, pointAt(place), {
        speed: rounded(clamp(local, 0, 40), 1),
        from: Math.floor(turned) % 360,
      })
    })
  },
)
