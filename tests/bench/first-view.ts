import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

interface Tile {
  boundingVolume: { box: number[] }
  geometricError: number
  content?: { uri: string }
  children?: Tile[]
}

/** Half of 60°, over 1,080 pixels; Cesium refines what would be off by more than 16 (maximumScreenSpaceError). */
const PIXELS_PER_RADIAN = 1080 / (2 * Math.tan(Math.PI / 6))
const MOST_PIXELS_OFF = 16

/** Half of the width of such a view at 16:9: what lies beside it is not asked for. */
const SLOPE = (16 / 9) * Math.tan(Math.PI / 6)

type Enu = readonly [east: number, north: number, up: number]

/**
 * What a browser asks for to show a view to the north, by the rule of refinement of 3D Tiles (OGC 22-025r4, §6.3.4) for tiles that
 * add. What is above or below the picture is counted in.
 * @param eye metres east, north, up of the tileset's own origin
 */
export function bytesOfView(folder: string, eye: Enu): { tiles: number; bytes: number } {
  const path = join(folder, 'tileset.json')
  const { root } = JSON.parse(readFileSync(path, 'utf8')) as { root: Tile }
  const asked = { tiles: 0, bytes: statSync(path).size }
  const waiting = [root]
  for (let tile = waiting.pop(); tile; tile = waiting.pop()) {
    const edges = edgesOf(tile.boundingVolume.box, eye)
    if (!isInView(edges)) continue
    if (tile.content) {
      asked.tiles += 1
      asked.bytes += statSync(join(folder, tile.content.uri)).size
    }
    const distance = Math.hypot(...edges.map(([low, high]) => Math.max(0, low, -high)))
    const off = (tile.geometricError * PIXELS_PER_RADIAN) / Math.max(1, distance)
    if (off > MOST_PIXELS_OFF) waiting.push(...(tile.children ?? []))
  }
  return asked
}

/** From the eye, along east, north and up: the half axes of our boxes run so. */
function edgesOf(box: readonly number[], eye: Enu): [low: number, high: number][] {
  return ([0, 1, 2] as const).map((axis) => {
    const [middle, half] = [box[axis]! - eye[axis], Math.abs(box[3 + axis * 4]!)]
    return [middle - half, middle + half]
  })
}

/** A box is out of the wedge when all of it is behind, or beyond one side. */
function isInView(edges: readonly [low: number, high: number][]): boolean {
  const [[west, east], [, north]] = edges as [[number, number], [number, number]]
  const reach = north * SLOPE
  return north > 0 && west < reach && east > -reach
}
