import earcut from 'earcut'
import type { Footprint } from './footprint.ts'
import type { Mesh } from './mesh.ts'
import type { LonLat, Ring } from '../regions/geojson.ts'

export type Project = (longitude: number, latitude: number, height: number) => [number, number, number]

/** Metres above what the map draws as height 0. */
export type GroundAt = (longitude: number, latitude: number) => number

/** Where the baked light comes from, level: north-west, so that every corner shows two greys. */
const LIGHT = [-0.8, 0.6] as const
/** Linear greys, as glTF has them, of a roof and of walls: 76 % of the roof's colour in the light and 61 % in the shade. */
const ROOF = 255
const WALL = { middle: 111, light: 34 }
/** Walls darken a little towards the street, which sets them on it. */
const FOOT = 0.9

/**
 * Adds a building's walls and roof to a mesh. Light is baked into the greys: the material is unlit, which costs a third of
 * a lit one on a software renderer, and a style of the viewer's tints it.
 * @returns false when the roof cannot be cut into triangles, and nothing is added
 */
export function addPrism(
  mesh: Mesh,
  footprint: Footprint,
  feature: number,
  project: Project,
  groundAt: GroundAt = () => 0,
): boolean {
  // No corner floats: the lowest carries the building, as a builder would cut into the slope.
  const foot = footprint.base + Math.min(...footprint.rings[0]!.map((point) => groundAt(...point)))
  const top = foot + footprint.height
  const rings = footprint.rings.map((ring) => ring.slice(0, -1))
  const roof = roofOf(rings, (point) => project(...point, top))
  if (!roof) return false
  push(mesh, roof.positions, ROOF, feature, roof.triangles)
  for (const ring of rings) addWalls(mesh, ring, foot, top, feature, project)
  return true
}

function roofOf(rings: readonly Ring[], place: (point: LonLat) => [number, number, number]) {
  const holes: number[] = []
  const flat: number[] = []
  const positions: number[] = []
  rings.forEach((ring, index) => {
    if (index > 0) holes.push(flat.length / 2)
    for (const point of ring) {
      const at = place(point)
      flat.push(at[0], at[1])
      positions.push(...at)
    }
  })
  const triangles = earcut(flat, holes)
  if (triangles.length === 0) return undefined
  for (let corner = 0; corner < triangles.length; corner += 3) {
    if (!leftTurn(positions, triangles[corner]!, triangles[corner + 1]!, triangles[corner + 2]!))
      [triangles[corner + 1], triangles[corner + 2]] = [triangles[corner + 2]!, triangles[corner + 1]!]
  }
  return { positions, triangles }
}

function leftTurn(positions: readonly number[], a: number, b: number, c: number): boolean {
  const [x, y] = [positions[a * 3]!, positions[a * 3 + 1]!]
  return (
    (positions[b * 3]! - x) * (positions[c * 3 + 1]! - y) >
    (positions[b * 3 + 1]! - y) * (positions[c * 3]! - x)
  )
}

function addWalls(
  mesh: Mesh,
  ring: Ring,
  base: number,
  top: number,
  feature: number,
  project: Project,
): void {
  const corners = ring.map(([longitude, latitude]) => ({
    foot: project(longitude, latitude, base),
    head: project(longitude, latitude, top),
  }))
  corners.forEach((from, index) => {
    const to = corners[(index + 1) % corners.length]!
    const [east, north] = [to.foot[0] - from.foot[0], to.foot[1] - from.foot[1]]
    const length = Math.hypot(east, north)
    if (length < 0.01) return
    // Outer rings run counter-clockwise and holes clockwise, so outside is always on the right.
    const facing = (north * LIGHT[0] - east * LIGHT[1]) / length
    const grey = Math.round(WALL.middle + WALL.light * facing)
    const first = mesh.positions.length / 3
    push(mesh, [...from.foot, ...to.foot, ...to.head, ...from.head], grey, feature, [0, 1, 2, 0, 2, 3])
    mesh.greys[first] = mesh.greys[first + 1] = Math.round(grey * FOOT)
  })
}

function push(
  mesh: Mesh,
  positions: readonly number[],
  grey: number,
  feature: number,
  triangles: readonly number[],
): void {
  const first = mesh.positions.length / 3
  for (const value of positions) mesh.positions.push(value)
  for (let vertex = 0; vertex < positions.length / 3; vertex++) {
    mesh.greys.push(grey)
    mesh.features.push(feature)
  }
  for (const corner of triangles) mesh.indices.push(first + corner)
}
