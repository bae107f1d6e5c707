import { readFileSync, writeFileSync } from 'node:fs'
import { EnuFrame, type Vector3 } from '../../../src/map/engine/enu-frame.ts'

const IDENTITY = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
const DEGREES = 180 / Math.PI

interface Volume {
  box?: number[]
  sphere?: number[]
  /** West, south, east, north in radians, lowest and highest metres above the ellipsoid. */
  region?: number[]
}
interface Tile {
  transform?: number[]
  boundingVolume?: Volume
  viewerRequestVolume?: Volume
  content?: { boundingVolume?: Volume }
  contents?: { boundingVolume?: Volume }[]
  children?: Tile[]
}

/**
 * Sinks a tileset by metres, as the rest of a map sinks by the height of its city: its root is moved along the vertical of
 * its own middle. Regions are places, which no transform moves (OGC 22-025r4, §6.3.5), so every one of them sinks by itself,
 * in the tilesets below too; those hang from the root and need nothing else.
 * @param root path of the tileset that is opened @param below paths of the tilesets it refers to
 * @throws when the root tells no place
 */
export function lowerTileset(root: string, below: readonly string[], metres: number): void {
  rewrite(root, (tile) => {
    const transform = tile.transform ?? IDENTITY
    const [x, y, z] = verticalOf(tile.boundingVolume ?? {}, transform)
    // The fourth column of a matrix told column by column is where it moves to.
    tile.transform = [
      ...transform.slice(0, 12),
      transform[12]! - x * metres,
      transform[13]! - y * metres,
      transform[14]! - z * metres,
      transform[15]!,
    ]
    lowerRegions(tile, metres)
  })
  for (const path of below) rewrite(path, (tile) => lowerRegions(tile, metres))
}

function rewrite(path: string, change: (root: Tile) => void): void {
  const tileset = JSON.parse(readFileSync(path, 'utf8')) as { root: Tile }
  change(tileset.root)
  writeFileSync(path, `${JSON.stringify(tileset)}\n`)
}

function lowerRegions(root: Tile, metres: number): void {
  const waiting = [root]
  for (let tile = waiting.pop(); tile; tile = waiting.pop()) {
    const contents = [...(tile.content ? [tile.content] : []), ...(tile.contents ?? [])]
    const volumes = [tile, ...contents].map(({ boundingVolume }) => boundingVolume)
    for (const volume of [...volumes, tile.viewerRequestVolume]) {
      if (!volume?.region) continue
      const [west, south, east, north, low, high] = volume.region as [
        number,
        number,
        number,
        number,
        number,
        number,
      ]
      volume.region = [west, south, east, north, low - metres, high - metres]
    }
    waiting.push(...(tile.children ?? []))
  }
}

/** Where up is in the middle of a volume, in the earth-centred frame. */
function verticalOf({ region, box, sphere }: Volume, transform: readonly number[]): Vector3 {
  const [longitude, latitude] = region
    ? [((region[0]! + region[2]!) / 2) * DEGREES, ((region[1]! + region[3]!) / 2) * DEGREES]
    : lonLatOf((box ?? sphere ?? []).slice(0, 3), transform)
  const { x, y, z } = new EnuFrame(longitude, latitude).directionToEarth([0, 0, 1])
  return [x, y, z]
}

function lonLatOf(point: readonly number[], transform: readonly number[]): [number, number] {
  if (point.length < 3) throw new Error('its root has no box, sphere or region')
  const [x, y, z] = [0, 1, 2].map((row) =>
    [...point, 1].reduce((sum, value, column) => sum + value * transform[column * 4 + row]!, 0),
  ) as Vector3
  const earth = new EnuFrame(0, 0)
  const { longitude, latitude } = earth.unproject(earth.fromEarth({ x, y, z }))
  return [longitude, latitude]
}
