import type { Geometry } from '../../../src/domain/map-feature.ts'
import { countyOutlines } from './county-outlines.ts'
import { ringHolds } from './county-shape.ts'
import type { LonLat } from './plane.ts'

/** Union of county units as one geometry: a Polygon where it hangs together, else a MultiPolygon. */
export function dissolve(codes: readonly string[]): Geometry {
  const rings = unionOf(codes)
  const outer = rings.filter((ring) => signedArea(ring) < 0)
  const holes = rings.filter((ring) => signedArea(ring) > 0)
  const parts = outer.map((ring) =>
    [ring, ...holes.filter((hole) => ringHolds(ring, hole[0]!))].map((open) =>
      [...open, open[0]!].map(([x, y]): [number, number] => [x, y]),
    ),
  )
  const [only] = parts
  return parts.length === 1 && only
    ? { type: 'Polygon', coordinates: only }
    : { type: 'MultiPolygon', coordinates: parts }
}

/**
 * Rings around the union of county units. The units tile the city and share their corners, so a border inside the union is
 * walked once each way and both walks cancel; what is left closes up. A unit enclosed by others leaves an anticlockwise ring.
 */
function unionOf(codes: readonly string[]): LonLat[][] {
  const walks = new Map<string, { from: LonLat; to: LonLat }>()
  for (const code of codes) {
    const ring = countyOutlines.get(code) ?? []
    for (const [index, from] of ring.entries()) {
      const to = ring[(index + 1) % ring.length]!
      if (!walks.delete(`${String(to)}|${String(from)}`))
        walks.set(`${String(from)}|${String(to)}`, { from, to })
    }
  }
  const onward = new Map<string, LonLat[]>()
  for (const { from, to } of walks.values())
    onward.set(String(from), [...(onward.get(String(from)) ?? []), to])
  const rings: LonLat[][] = []
  for (const { from } of walks.values()) {
    const ring = walkFrom(from, onward)
    if (ring.length > 2) rings.push(ring)
  }
  return rings
}

function walkFrom(start: LonLat, onward: Map<string, LonLat[]>): LonLat[] {
  const ring: LonLat[] = []
  let here: LonLat | undefined = start
  while (here !== undefined) {
    const next: LonLat | undefined = onward.get(String(here))?.pop()
    if (next === undefined) break
    ring.push(here)
    here = next
  }
  return ring
}

/** Twice the signed area in square degrees, above 0 where the ring runs anticlockwise. */
function signedArea(ring: readonly LonLat[]): number {
  return ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length]!
    return sum + x * nextY - nextX * y
  }, 0)
}
