import { apportion, fraction } from '../chance.ts'
import { countyPoints } from '../county-points.ts'
import { counties } from '../places.ts'
import { countyHolds } from './county-shape.ts'
import { toLonLat, toMetres, type LonLat } from './plane.ts'

type Key = string | number

/** A place in a county unit, thickest about its seat, at most `reachM` metres away on either axis. */
export function placeIn(seed: string, county: string, reachM: number, ...keys: Key[]): LonLat {
  const seat = countyPoints[county]!
  const [east, north] = toMetres(seat)
  for (let attempt = 0; attempt < 24; attempt += 1) {
    const off = (axis: string) =>
      (fraction(seed, ...keys, attempt, axis) + fraction(seed, ...keys, attempt, axis, 'again') - 1) * reachM
    const place = toLonLat([east + off('east'), north + off('north')])
    if (countyHolds(county, place)) return place
  }
  return seat
}

const voices = counties.map(({ voice }) => voice)

/** So many things dealt out to the county units by how many people call from them: a county code for each thing. */
export function dealt(total: number): string[] {
  return apportion(total, voices).flatMap((count, index) => Array<string>(count).fill(counties[index]!.code))
}
