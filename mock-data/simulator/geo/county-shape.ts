import { countyOutlines } from './county-outlines.ts'
import type { LonLat } from './plane.ts'

interface Shape {
  code: string
  ring: readonly LonLat[]
  west: number
  east: number
  south: number
  north: number
}

const shapes: readonly Shape[] = [...countyOutlines].map(([code, ring]) => {
  const [longitudes, latitudes] = [ring.map(([x]) => x), ring.map(([, y]) => y)]
  return {
    code,
    ring,
    west: Math.min(...longitudes),
    east: Math.max(...longitudes),
    south: Math.min(...latitudes),
    north: Math.max(...latitudes),
  }
})

/** Smallest rectangle that holds the city, degrees. */
export const cityBox = {
  west: Math.min(...shapes.map(({ west }) => west)),
  east: Math.max(...shapes.map(({ east }) => east)),
  south: Math.min(...shapes.map(({ south }) => south)),
  north: Math.max(...shapes.map(({ north }) => north)),
}

/** Even-odd rule. */
export function ringHolds(ring: readonly LonLat[], [x, y]: LonLat): boolean {
  let inside = false
  for (let index = 0, before = ring.length - 1; index < ring.length; before = index, index += 1) {
    const [a, b] = [ring[index]!, ring[before]!]
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside
  }
  return inside
}

function holds({ ring, west, east, south, north }: Shape, place: LonLat): boolean {
  const [x, y] = place
  return x >= west && x <= east && y >= south && y <= north && ringHolds(ring, place)
}

/** Code of the county unit that holds the place; undefined outside the city. */
export function countyAt(place: LonLat): string | undefined {
  return shapes.find((shape) => holds(shape, place))?.code
}

export function countyHolds(code: string, place: LonLat): boolean {
  const shape = shapes.find((candidate) => candidate.code === code)
  return shape !== undefined && holds(shape, place)
}

/** The part of a straight way out from a place in the city that stays in it: a share of the way, looked at in steps. */
export function shareInCity(from: LonLat, to: LonLat): number {
  const steps = 12
  for (let step = 1; step <= steps; step += 1) {
    const share = step / steps
    const place: LonLat = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
    if (countyAt(place) === undefined) return (step - 1) / steps
  }
  return 1
}
