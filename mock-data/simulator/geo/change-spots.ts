import { toInstant } from '../../../src/domain/instant.ts'
import type { MapFeature } from '../../../src/domain/map-feature.ts'
import { slotAt, monthOf } from '../cadence.ts'
import { fraction, oneOf, rounded, whole } from '../chance.ts'
import { cityMs, dayMs } from '../city-time.ts'
import { counties } from '../places.ts'
import { areaOf, featureOf } from './feature.ts'
import { away, toMetres } from './plane.ts'
import { placeIn } from './scatter.ts'
import { standing } from './statement.ts'

const kinds = ['new-building', 'earthwork', 'water-filled', 'waste-heap'] as const
/** Pictures are taken on the fifth of each month; what they showed stays listed for four. */
const [pictureDay, monthsListed, spotsAMonth] = [5, 4, 3]

function pictureMs(month: number): number {
  const { year, month: number } = monthOf(month)
  return cityMs(year, number, pictureDay, 11)
}

function stateAt(seed: string, id: string, ageMs: number) {
  const lookedAtMs = whole(seed, 2, 12, 'geo', id, 'looked') * dayMs
  const settledMs = lookedAtMs + whole(seed, 4, 25, 'geo', id, 'settled') * dayMs
  if (ageMs < lookedAtMs) return 'found'
  if (ageMs < settledMs) return 'checking'
  return fraction(seed, 'geo', id, 'true') < 0.7 ? 'confirmed' : 'dismissed'
}

function spotOf(seed: string, month: number, index: number, atMs: number): MapFeature {
  const id = `change-${month}-${index}`
  const region = oneOf(seed, counties, 'geo', id, 'county').code
  const middle = toMetres(placeIn(seed, region, 9_000, 'geo', id))
  const size = whole(seed, 40, 160, 'geo', id, 'size')
  const ring = Array.from({ length: 7 }, (_, corner) =>
    away(middle, (-corner * 360) / 7, size * (0.6 + 0.4 * fraction(seed, 'geo', id, corner))),
  )
  return featureOf('change-spots', id, areaOf(ring), {
    name: `示意图斑${String(month * spotsAMonth + index).slice(-3)}`,
    region,
    before: toInstant(pictureMs(month - 1)),
    after: toInstant(pictureMs(month)),
    kind: oneOf(seed, kinds, 'geo', id, 'kind'),
    confidence: rounded(0.55 + 0.43 * fraction(seed, 'geo', id, 'confidence'), 2),
    state: stateAt(seed, id, atMs - pictureMs(month)),
  })
}

export const changeSpots = standing((seed, atMs) => {
  const current = slotAt('M', atMs)
  const last = pictureMs(current) <= atMs ? current : current - 1
  return Array.from({ length: monthsListed }, (_, back) => last - monthsListed + 1 + back).flatMap((month) =>
    Array.from({ length: spotsAMonth }, (_, index) => spotOf(seed, month, index, atMs)),
  )
})
