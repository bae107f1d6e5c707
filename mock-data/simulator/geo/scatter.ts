import { apportion, fraction } from '../chance.ts'
import { countyPoints } from '../county-points.ts'
import { counties } from '../places.ts'
import { countyHolds } from './county-shape.ts'
import { toLonLat, toMetres, type LonLat, type Metres } from './plane.ts'
import { besideStreet, nearestStreet } from './street-places.ts'
import { isWater } from './water-edge.ts'

type Key = string | number

/** A place in a county unit, thickest about its seat, at most `reachM` metres away on either axis. */
export function placeIn(seed: string, county: string, reachM: number, ...keys: Key[]): LonLat {
  return triedIn(seed, county, reachM, keys, (wished) => wished)
}

/** Metres from the middle of a street to what stands beside it, and what it keeps to any other street and to water. */
const [aside, clear, dry] = [32, 20, 25]
/** So far from a wished place a street is looked for. */
const soughtM = 700

/** Like `placeIn`, but on a plot beside a street and out of the water. */
export function placeBeside(seed: string, county: string, reachM: number, ...keys: Key[]): LonLat {
  return triedIn(seed, county, reachM, keys, (wished, attempt) => {
    const street = nearestStreet(wished, soughtM)
    if (!street) return undefined
    const side = fraction(seed, ...keys, attempt, 'side') < 0.5 ? -1 : 1
    return plotBy(street, side * (aside + 12 * fraction(seed, ...keys, attempt, 'aside')))
  })
}

function plotBy(street: Parameters<typeof besideStreet>[0], metres: number): Metres | undefined {
  const plot = besideStreet(street, metres)
  return nearestStreet(plot, clear) || isWater(plot, dry) ? undefined : plot
}

function triedIn(
  seed: string,
  county: string,
  reachM: number,
  keys: readonly Key[],
  find: (wished: Metres, attempt: number) => Metres | undefined,
): LonLat {
  const seat = countyPoints[county]!
  const [east, north] = toMetres(seat)
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const off = (axis: string) =>
      (fraction(seed, ...keys, attempt, axis) + fraction(seed, ...keys, attempt, axis, 'again') - 1) * reachM
    const found = find([east + off('east'), north + off('north')], attempt)
    const place = found && toLonLat(found)
    if (place && countyHolds(county, place)) return place
  }
  return seat
}

const voices = counties.map(({ voice }) => voice)

/** So many things dealt out to the county units by how many people call from them: a county code for each thing. */
export function dealt(total: number): string[] {
  return apportion(total, voices).flatMap((count, index) => Array<string>(count).fill(counties[index]!.code))
}
