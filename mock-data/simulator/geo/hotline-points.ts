import type { MapFeature } from '../../../src/domain/map-feature.ts'
import { apportion, rounded } from '../chance.ts'
import { hourMs, zoneOffsetMs } from '../city-time.ts'
import { countyPoints } from '../county-points.ts'
import { hourTopics, hourVolume } from '../hotline.ts'
import { counties, topics } from '../places.ts'
import { remembered } from '../remembered.ts'
import { countyHolds } from './county-shape.ts'
import { featureOf, pointAt } from './feature.ts'
import type { LonLat } from './plane.ts'
import { placeIn } from './scatter.ts'
import { observed } from './statement.ts'

/** One ticket in four is shown. */
const shownOf = 4

/** To a two-hundredth of a degree, about half a kilometre, so that no home can be told. */
function coarse(seed: string, county: string, id: string): LonLat {
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const [longitude, latitude] = placeIn(seed, county, 9_000, 'geo', id, attempt)
    const place: LonLat = [rounded(longitude * 2, 2) / 2, rounded(latitude * 2, 2) / 2]
    if (countyHolds(county, place)) return place
  }
  return countyPoints[county]!
}

/** The hour's tickets in their proportions by county unit and by topic; a stride keeps the two apart. */
const hourPoints = remembered(60, (seed, hour): readonly MapFeature[] => {
  const count = Math.floor(hourVolume(seed, hour) / shownOf)
  const shares = apportion(
    count,
    counties.map(({ voice }) => voice),
  )
  const homes = shares.flatMap((share, index) => Array<string>(share).fill(counties[index]!.code))
  const subjects = apportion(count, hourTopics(seed, hour)).flatMap((share, index) =>
    Array<string>(share).fill(topics[index]!),
  )
  const stride = count % 61 === 0 ? 1 : 61
  return homes.map((region, index) => {
    const id = `hotline-${hour.toString(36)}-${index}`
    const topic = subjects[(index * stride) % count]!
    return featureOf('hotline-points', id, pointAt(coarse(seed, region, id)), { region, topic })
  })
})

export const hotlinePointsStepMs = hourMs
/** Tickets of the last twenty-four whole hours. */
export const hotlinePoints = observed(hotlinePointsStepMs, (seed, atMs) => {
  const hour = (atMs + zoneOffsetMs) / hourMs
  return Array.from({ length: 24 }, (_, back) => hourPoints(seed, hour - 24 + back)).flat()
})
