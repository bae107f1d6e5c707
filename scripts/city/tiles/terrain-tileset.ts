import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Martini from '@mapbox/martini'
import { EnuFrame } from '../../../src/map/engine/enu-frame.ts'
import type { LonLat } from '../regions/geojson.ts'
import { type Box, boxOf, boxVolume, joinBoxes } from './mesh.ts'
import { rootTransform } from './root-transform.ts'
import { GRID, type Square, terrainMesh, type TerrainSource } from './terrain-mesh.ts'
import { unlitGlb } from './unlit-glb.ts'

const DEEPEST = 3
/** Error of the finest tiles in metres; each coarser level may err four times as much. */
const FINEST_ERROR = 1.5

interface Tile {
  boundingVolume: { box: number[] }
  geometricError: number
  refine: 'REPLACE'
  content: { uri: string }
  children?: Tile[]
}

/**
 * Terrain as 3D Tiles: a quadtree of meshes with a stated error (right-triangulated irregular networks, Evans et al. 2001,
 * by martini), each with a skirt that hides the seam to a coarser neighbour. Light is baked into greys, as for buildings.
 * @param ground metres that are drawn as height 0, and stand in for places without a height
 */
export function writeTerrainTileset(
  folder: string,
  source: TerrainSource,
  center: LonLat,
  ground: number,
  progress: (fraction: number) => void,
): { tiles: number; vertices: number } {
  mkdirSync(folder, { recursive: true })
  const frame = new EnuFrame(...center)
  const martini = new Martini(GRID)
  const levels = Math.min(DEEPEST, Math.max(0, Math.ceil(Math.log2(source.cells / (GRID - 1)))))
  const total = (4 ** (levels + 1) - 1) / 3
  const result = { tiles: 0, vertices: 0 }
  const { tile: root } = writeTile('0', 0, source)
  const tileset = {
    asset: { version: '1.1', generator: 'citydeck' },
    // Without its coarsest tile the map has no ground at all, however far the camera is.
    geometricError: 1e6,
    root: { ...root, transform: rootTransform(frame) },
  }
  writeFileSync(join(folder, 'tileset.json'), `${JSON.stringify(tileset)}\n`)
  return result

  function writeTile(key: string, level: number, square: Square): { tile: Tile; box: Box } {
    const error = FINEST_ERROR * 4 ** (levels - level)
    const mesh = terrainMesh({ martini, source, frame, ground }, square, error)
    const uri = `${key}.glb`
    writeFileSync(join(folder, uri), unlitGlb(mesh))
    result.tiles += 1
    result.vertices += mesh.positions.length / 3
    progress(result.tiles / total)
    const below =
      level < levels
        ? quarters(square).map((part, index) => writeTile(`${key}${index}`, level + 1, part))
        : []
    const box = [boxOf(mesh.positions), ...below.map((child) => child.box)].reduce(joinBoxes)
    const tile: Tile = {
      boundingVolume: { box: boxVolume(box) },
      geometricError: below.length > 0 ? error : 0,
      refine: 'REPLACE',
      content: { uri },
      ...(below.length > 0 ? { children: below.map((child) => child.tile) } : {}),
    }
    return { tile, box }
  }
}

function quarters({ west, south, east, north }: Square): Square[] {
  const [middle, centre] = [(west + east) / 2, (south + north) / 2]
  return [
    { west, south, east: middle, north: centre },
    { west: middle, south, east, north: centre },
    { west, south: centre, east: middle, north },
    { west: middle, south: centre, east, north },
  ]
}
