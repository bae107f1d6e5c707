import { seeded } from '../../../src/domain/random.ts'
import { clearanceOf, innerPoint } from '../regions/inner-point.ts'
import type { LonLat, Polygons, RegionFeature } from '../regions/geojson.ts'
import { powerCells, type Site } from './power-cells.ts'
import type { Town } from './sources.ts'

/** How much further than a street a town or a township reaches, as a share of the squared way to its neighbour. */
const REACH: readonly [RegExp, number][] = [
  [/镇$/, 0.3],
  [/乡$/, 0.15],
]
const CANDIDATES = 24

/**
 * Sketched outlines of streets and towns: real names and codes, cells that fill their real county and nothing more. Streets
 * crowd round the seat, towns keep away from each other. Nobody surveyed them: 示意.
 */
export function sketchTowns(
  towns: readonly Town[],
  counties: readonly RegionFeature[],
  seed: number,
): RegionFeature[] {
  return counties.flatMap(({ properties: county, geometry }) => {
    const own = towns.filter((town) => town.county === county.code)
    if (own.length === 0) return []
    const shrink = Math.cos((county.anchor[1] * Math.PI) / 180)
    const sites = sitesOf(own, geometry.coordinates, shrink, seed)
    const cells = powerCells(sites, geometry.coordinates, shrink)
    return own.flatMap(({ code, name }, index) => {
      const coordinates = cells[index]!
      if (coordinates.length === 0) return []
      const anchor = innerPoint(coordinates)
      return [
        {
          type: 'Feature' as const,
          properties: { code, name, anchor },
          geometry: { type: 'MultiPolygon' as const, coordinates },
        },
      ]
    })
  })
}

function sitesOf(towns: readonly Town[], inside: Polygons, shrink: number, seed: number): Site[] {
  const seat = innerPoint(inside)
  const room = clearanceOf(inside, seat)
  const chosen: LonLat[] = []
  const away = (from: LonLat, to: LonLat) => Math.hypot((from[0] - to[0]) * shrink, from[1] - to[1])
  for (const { code, name } of towns) {
    const random = seeded(seed, 'town', code)
    const isStreet = name.includes('街道')
    const candidates = Array.from({ length: CANDIDATES }, () =>
      isStreet && towns.length > 4 ? near(seat, room, shrink, random) : somewhere(inside, random),
    ).filter((at) => clearanceOf(inside, at) > 0)
    const nearest = (at: LonLat) => Math.min(...chosen.map((other) => away(at, other)))
    chosen.push(
      candidates.reduce((best, at) => (nearest(at) > nearest(best) ? at : best), candidates[0] ?? seat),
    )
  }
  return chosen.map((at, index) => {
    const gap = Math.min(
      ...chosen.filter((_, other) => other !== index).map((other) => away(at, other)),
      room,
    )
    const reach = REACH.find(([kind]) => kind.test(towns[index]!.name))?.[1] ?? 0
    return { at, weight: reach * gap ** 2 }
  })
}

function near(seat: LonLat, room: number, shrink: number, random: ReturnType<typeof seeded>): LonLat {
  return [seat[0] + (random.nextNormal() * room * 0.6) / shrink, seat[1] + random.nextNormal() * room * 0.6]
}

function somewhere(polygons: Polygons, random: ReturnType<typeof seeded>): LonLat {
  const points = polygons.flat(2)
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  const between = (values: number[]) => {
    const low = Math.min(...values)
    return low + random.nextFraction() * (Math.max(...values) - low)
  }
  for (let tries = 0; tries < 200; tries++) {
    const at: LonLat = [between(xs), between(ys)]
    if (clearanceOf(polygons, at) > 0) return at
  }
  return innerPoint(polygons)
}
