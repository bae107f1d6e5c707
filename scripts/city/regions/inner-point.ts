import type { LonLat, Polygons, Ring } from './geojson.ts'

interface Cell {
  at: LonLat
  half: number
  clearance: number
}

/**
 * The point farthest from the border of the largest polygon, to about 100 m: where a column or a name stands without
 * touching a neighbour. Grid refinement as in "polylabel" (Mapbox, 2016), in degrees with longitude shrunk by latitude.
 */
export function innerPoint(polygons: Polygons, precisionDegrees = 0.001): LonLat {
  const rings = polygons.toSorted((a, b) => spread(b) - spread(a))[0]
  if (!rings?.[0]) throw new Error('a region without a ring has no inner point')
  const { west, south, east, north } = bounds(rings[0])
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const half = Math.min((east - west) * shrink, north - south) / 2
  let best = cellAt([(west + east) / 2, (south + north) / 2], 0, rings, shrink)
  const queue: Cell[] = []
  for (let longitude = west; longitude <= east; longitude += (2 * half) / shrink) {
    for (let latitude = south; latitude <= north; latitude += 2 * half) {
      queue.push(cellAt([longitude + half / shrink, latitude + half], half, rings, shrink))
    }
  }
  while (queue.length > 0) {
    const cell = queue.pop()!
    if (cell.clearance > best.clearance) best = cell
    if (cell.clearance + cell.half * Math.SQRT2 - best.clearance <= precisionDegrees) continue
    const quarter = cell.half / 2
    for (const [right, up] of [
      [-1, -1],
      [1, -1],
      [-1, 1],
      [1, 1],
    ] as const) {
      queue.push(
        cellAt([cell.at[0] + (right * quarter) / shrink, cell.at[1] + up * quarter], quarter, rings, shrink),
      )
    }
  }
  return [round(best.at[0]), round(best.at[1])]
}

/** Points of a grid over the largest polygon that keep at least `share` of the best clearance; at least the inner point. */
export function roomyPoints(polygons: Polygons, share: number, steps = 24): LonLat[] {
  const inner = innerPoint(polygons)
  const rings = polygons.toSorted((a, b) => spread(b) - spread(a))[0] ?? []
  const { west, south, east, north } = bounds(rings[0] ?? [])
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const least = cellAt(inner, 0, rings, shrink).clearance * share
  const grid: LonLat[] = []
  for (let column = 1; column < steps; column++) {
    for (let row = 1; row < steps; row++) {
      const at: LonLat = [west + ((east - west) * column) / steps, south + ((north - south) * row) / steps]
      if (cellAt(at, 0, rings, shrink).clearance >= least) grid.push([round(at[0]), round(at[1])])
    }
  }
  return [inner, ...grid]
}

/** Degrees between a point and the border, negative outside. */
export function clearanceOf(polygons: Polygons, at: LonLat): number {
  return Math.max(
    ...polygons.map((rings) => cellAt(at, 0, rings, Math.cos((at[1] * Math.PI) / 180)).clearance),
  )
}

function cellAt(at: LonLat, half: number, rings: Ring[], shrink: number): Cell {
  let inside = false
  let nearest = Infinity
  for (const ring of rings) {
    for (let index = 0; index + 1 < ring.length; index++) {
      const a = ring[index] as LonLat
      const b = ring[index + 1] as LonLat
      if (a[1] > at[1] !== b[1] > at[1] && at[0] < ((b[0] - a[0]) * (at[1] - a[1])) / (b[1] - a[1]) + a[0])
        inside = !inside
      nearest = Math.min(nearest, distance(at, a, b, shrink))
    }
  }
  return { at, half, clearance: inside ? nearest : -nearest }
}

function distance(at: LonLat, a: LonLat, b: LonLat, shrink: number): number {
  const along: LonLat = [(b[0] - a[0]) * shrink, b[1] - a[1]]
  const from: LonLat = [(at[0] - a[0]) * shrink, at[1] - a[1]]
  const length = along[0] ** 2 + along[1] ** 2
  const fraction =
    length === 0 ? 0 : Math.min(1, Math.max(0, (from[0] * along[0] + from[1] * along[1]) / length))
  return Math.hypot(from[0] - along[0] * fraction, from[1] - along[1] * fraction)
}

function bounds(ring: Ring): { west: number; south: number; east: number; north: number } {
  const longitudes = ring.map(([longitude]) => longitude)
  const latitudes = ring.map(([, latitude]) => latitude)
  return {
    west: Math.min(...longitudes),
    east: Math.max(...longitudes),
    south: Math.min(...latitudes),
    north: Math.max(...latitudes),
  }
}

function spread(rings: Ring[]): number {
  const { west, south, east, north } = bounds(rings[0] ?? [])
  return (east - west) * (north - south)
}

function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6
}
