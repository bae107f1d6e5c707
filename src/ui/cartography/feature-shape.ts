import type { Geometry } from '../../domain/map-feature.ts'

export type Metres = [east: number, north: number, up: number]
type Position = readonly [number, number] | readonly [number, number, number]
export type Project = (longitude: number, latitude: number, height?: number) => Metres

/** What the pick, the selection and the address call a feature. */
export function featureKey(collection: string, feature: { id: string }): string {
  return `${collection}/${feature.id}`
}

/** Polygons of rings in ENU metres, outer ring first; none for points and lines. */
export function polygonsOf(geometry: Geometry, project: Project): Metres[][][] {
  const polygons =
    geometry.type === 'Polygon'
      ? [geometry.coordinates]
      : geometry.type === 'MultiPolygon'
        ? geometry.coordinates
        : []
  return polygons.map((rings) => rings.map((ring) => ring.map((at) => metres(at, project))))
}

/** Paths in ENU metres; none for points and polygons. `height` stands in where a position has none. */
export function pathsOf(geometry: Geometry, project: Project, height = 0): Metres[][] {
  const lines =
    geometry.type === 'LineString'
      ? [geometry.coordinates]
      : geometry.type === 'MultiLineString'
        ? geometry.coordinates
        : []
  return lines.map((line) => line.map((at) => metres(at, project, height)))
}

/** Where something without a shape stands: nowhere. A map leaves out what has no place rather than put it at its middle. */
const NOWHERE: Metres = [NaN, NaN, NaN]

/** The place of a point, or where the label of a line or an area stands; NaN for an empty geometry. */
export function anchorOf(geometry: Geometry, project: Project): Metres {
  if (geometry.type === 'Point') return metres(geometry.coordinates, project)
  const paths = pathsOf(geometry, project)
  if (paths.length > 0) {
    return halfway(paths.reduce((best, path) => (lengthOf(path) > lengthOf(best) ? path : best)))
  }
  const rings = polygonsOf(geometry, project).flatMap(([outer]) => (outer ? [outer] : []))
  const sized = rings.map((ring) => ({ ring, area: Math.abs(signedArea(ring)) }))
  return centroid(
    sized.reduce((best, one) => (one.area > best.area ? one : best), { ring: [], area: -1 }).ring,
  )
}

/** Half its length along a path. */
function halfway(path: readonly Metres[]): Metres {
  let left = lengthOf(path) / 2
  for (let index = 1; index < path.length; index++) {
    const [from, to] = [path[index - 1]!, path[index]!]
    const step = Math.hypot(to[0] - from[0], to[1] - from[1])
    if (left <= step && step > 0) {
      const share = left / step
      return [0, 1, 2].map((axis) => from[axis]! + (to[axis]! - from[axis]!) * share) as Metres
    }
    left -= step
  }
  return path.at(-1) ?? NOWHERE
}

function lengthOf(path: readonly Metres[]): number {
  return path.slice(1).reduce((sum, to, index) => {
    const from = path[index]!
    return sum + Math.hypot(to[0] - from[0], to[1] - from[1])
  }, 0)
}

/** Twice the area of a closed ring in square metres, positive anticlockwise. */
function signedArea(ring: readonly Metres[]): number {
  let sum = 0
  for (let index = 0; index + 1 < ring.length; index++)
    sum += ring[index]![0] * ring[index + 1]![1] - ring[index + 1]![0] * ring[index]![1]
  return sum
}

/** Centre of mass of a closed ring; the mean of its corners where it has no area, NaN where it has no corner. */
export function centroid(ring: readonly Metres[]): Metres {
  const [originEast, originNorth] = ring[0] ?? NOWHERE
  const local = ring.map(([east, north]): Metres => [east - originEast, north - originNorth, 0])
  const area = signedArea(local)
  const up = mean(ring.map((at) => at[2]))
  if (area === 0) return [mean(ring.map((at) => at[0])), mean(ring.map((at) => at[1])), up]
  let [east, north] = [0, 0]
  for (let index = 0; index + 1 < local.length; index++) {
    const [from, to] = [local[index]!, local[index + 1]!]
    const cross = from[0] * to[1] - to[0] * from[1]
    east += (from[0] + to[0]) * cross
    north += (from[1] + to[1]) * cross
  }
  return [originEast + east / (3 * area), originNorth + north / (3 * area), up]
}

function metres([longitude, latitude, height]: Position, project: Project, otherwise = 0): Metres {
  return project(longitude, latitude, height ?? otherwise)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
