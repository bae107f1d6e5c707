import { drift } from '../chance.ts'
import { cityParts, dayIndex, dayStartMs, festivalFactor, hourMs } from '../city-time.ts'
import { countyPoints } from '../county-points.ts'
import { counties } from '../places.ts'
import { featureOf, lineThrough } from './feature.ts'
import { distance, toMetres } from './plane.ts'
import { lastKnown } from './statement.ts'

const shownFlows = 40
const pairs = counties.flatMap((from) =>
  counties
    .filter((to) => to !== from)
    .map((to) => ({ from, to, ends: [from, to].map(({ code }) => toMetres(countyPoints[code]!)) })),
)

/** People who went from one county unit to another on the day before: much where many live near each other. The forty greatest. */
export const flowsStepMs = hourMs
export const flows = lastKnown(flowsStepMs, (seed, atMs) => {
  const day = dayIndex(atMs) - 1
  const { weekday } = cityParts(dayStartMs(day))
  const weekend = weekday === 0 || weekday === 6 ? 0.84 : 1
  const level = 3_400 * weekend * festivalFactor(dayStartMs(day), 1.3)
  return pairs
    .map(({ from, to, ends }) => {
      const apartKm = distance(ends[0]!, ends[1]!) / 1000
      const own = 1 + 0.08 * drift(seed, day / 5, 'geo', 'flow', from.code, to.code)
      return { from, to, ends, people: Math.floor(((level * from.voice * to.voice) / (apartKm + 8)) * own) }
    })
    .sort((a, b) => b.people - a.people)
    .slice(0, shownFlows)
    .map(({ from, to, ends, people }) =>
      featureOf('flows', `flow-${from.code}-${to.code}`, lineThrough(ends), { region: from.code, people }),
    )
})
