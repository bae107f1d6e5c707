import type Martini from '@mapbox/martini'
import type { EnuFrame } from '../../../src/map/engine/enu-frame.ts'
import type { LonLat } from '../regions/geojson.ts'
import { emptyMesh, type Mesh } from './mesh.ts'

/** Samples along a tile's side: a power of two and one. */
export const GRID = 129
const LIGHT = [-0.48, 0.36, 0.8] as const

export interface Square {
  west: number
  south: number
  east: number
  north: number
}

export interface TerrainSource extends Square {
  heightAt(longitude: number, latitude: number): number | undefined
  /** Along the longer side. */
  cells: number
}

export interface Ground {
  martini: Martini
  source: TerrainSource
  frame: EnuFrame
  /** Metres that are drawn as height 0. */
  ground: number
}

/** The ground that buildings stand on: the terrain as it is drawn, height 0 where it has none. */
export function groundOf(
  source: Pick<TerrainSource, 'heightAt'>,
  ground: number,
): (longitude: number, latitude: number) => number {
  return (longitude, latitude) => (source.heightAt(longitude, latitude) ?? ground) - ground
}

/** The mesh of one square: no point of the grid lies further than `error` metres from it. */
export function terrainMesh({ martini, source, frame, ground }: Ground, square: Square, error: number): Mesh {
  const heights = new Float32Array(GRID * GRID)
  const place = (column: number, row: number): LonLat => [
    square.west + ((square.east - square.west) * column) / (GRID - 1),
    square.north + ((square.south - square.north) * row) / (GRID - 1),
  ]
  const groundAt = groundOf(source, ground)
  for (let row = 0; row < GRID; row++)
    for (let column = 0; column < GRID; column++)
      heights[row * GRID + column] = groundAt(...place(column, row))
  const { vertices, triangles } = martini.createTile(heights).getMesh(error)
  const mesh = emptyMesh()
  const metres = metresOf(square)
  for (let vertex = 0; vertex < vertices.length; vertex += 2) {
    const [column, row] = [vertices[vertex]!, vertices[vertex + 1]!]
    const [longitude, latitude] = place(column, row)
    mesh.positions.push(...frame.project(longitude, latitude, heights[row * GRID + column]))
    mesh.greys.push(shade(heights, column, row, metres))
  }
  for (const corner of triangles) mesh.indices.push(corner)
  addSkirt(mesh, vertices, error * 3 + 5)
  return mesh
}

/** East and north size of a grid cell in metres. */
function metresOf({ west, south, east, north }: Square): [number, number] {
  const latitude = (((south + north) / 2) * Math.PI) / 180
  return [
    ((east - west) * 111_320 * Math.cos(latitude)) / (GRID - 1),
    ((north - south) * 110_950) / (GRID - 1),
  ]
}

/** Grey by the slope's bearing to the light, as on a shaded relief. */
function shade(heights: Float32Array, column: number, row: number, [dx, dy]: [number, number]): number {
  const at = (x: number, y: number) =>
    heights[Math.min(GRID - 1, Math.max(0, y)) * GRID + Math.min(GRID - 1, Math.max(0, x))]!
  const east = (at(column + 1, row) - at(column - 1, row)) / (2 * dx)
  const north = (at(column, row - 1) - at(column, row + 1)) / (2 * dy)
  const length = Math.hypot(east, north, 1)
  const facing = (-east * LIGHT[0] - north * LIGHT[1] + LIGHT[2]) / length
  return Math.max(40, Math.min(255, Math.round(60 + 195 * facing)))
}

/** A wall hanging from the border: each border edge, found as one that a single triangle uses. */
function addSkirt(mesh: Mesh, vertices: Uint16Array, depth: number): void {
  const border = (a: number, b: number): boolean =>
    [0, 1].some((axis) => {
      const [one, two] = [vertices[a * 2 + axis], vertices[b * 2 + axis]]
      return one === two && (one === 0 || one === GRID - 1)
    })
  const below = new Map<number, number>()
  const lowered = (vertex: number): number => {
    const known = below.get(vertex)
    if (known !== undefined) return known
    const index = mesh.positions.length / 3
    const [east, north, up] = mesh.positions.slice(vertex * 3, vertex * 3 + 3) as [number, number, number]
    mesh.positions.push(east, north, up - depth)
    mesh.greys.push(mesh.greys[vertex]!)
    below.set(vertex, index)
    return index
  }
  const corners = [...mesh.indices]
  for (let corner = 0; corner < corners.length; corner += 3) {
    for (const [from, to] of [
      [0, 1],
      [1, 2],
      [2, 0],
    ] as const) {
      const [a, b] = [corners[corner + from]!, corners[corner + to]!]
      if (border(a, b)) mesh.indices.push(b, a, lowered(a), b, lowered(a), lowered(b))
    }
  }
}
