import { readFileSync } from 'node:fs'
import type { RoadClass, VectorCollection } from '../../../src/domain/basemap.ts'
import { apart, between, nearestShare, ringHolds } from '../../sketch/plane.ts'
import { toMetres, type LonLat, type Metres } from './plane.ts'

/** For tests: what the base map that ships really draws, read from its files. */
function layer(file: string): VectorCollection['features'] {
  const url = new URL(`../../../public/basemap/changchun/${file}`, import.meta.url)
  return (JSON.parse(readFileSync(url, 'utf8')) as VectorCollection).features
}

export const drawnRoads = layer('road.geojson').flatMap(({ properties, geometry }) =>
  (geometry.coordinates as LonLat[][]).map((line) => ({
    road: properties.class as RoadClass,
    line: line.map(toMetres),
  })),
)

export const drawnWater = layer('water.geojson').flatMap(({ id, geometry }) =>
  (geometry.coordinates as LonLat[][][]).map(([ring]) => ({ id, ring: ring!.map(toMetres) })),
)

/** The drawn road nearest to a point, and how far away its middle is. */
export function nearestDrawn(at: Metres): { road: RoadClass; farM: number } {
  let best: { road: RoadClass; farM: number } = { road: 'local', farM: Infinity }
  for (const { road, line } of drawnRoads)
    for (let index = 1; index < line.length; index += 1) {
      const [a, b] = [line[index - 1]!, line[index]!]
      const farM = apart(at, between(a, b, nearestShare(at, a, b)))
      if (farM < best.farM) best = { road, farM }
    }
  return best
}

export function isInDrawnWater(at: Metres): boolean {
  return drawnWater.some(({ ring }) => ringHolds(ring, at))
}
