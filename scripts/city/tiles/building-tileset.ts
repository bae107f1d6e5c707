import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EnuFrame } from '../../../src/map/engine/enu-frame.ts'
import type { LonLat } from '../regions/geojson.ts'
import type { Footprint } from './footprint.ts'
import { type Box, boxOf, boxVolume, emptyMesh, joinBoxes } from './mesh.ts'
import { addPrism, type GroundAt } from './prism.ts'
import { type Provenance, propertyTable } from './property-table.ts'
import { type QuadNode, quadtree } from './quadtree.ts'
import { rootTransform } from './root-transform.ts'
import { unlitGlb } from './unlit-glb.ts'

/** Buildings a tile holds itself: about 150 kB each, so that a street view takes a dozen requests. */
const CAPACITY = 400
/** A building is wanted when it covers about sixteen pixels; the skyline earlier, hence more than its own size. */
const ERROR_PER_METRE = 3

export interface BuiltTileset {
  tiles: number
  buildings: number
  /** Ids of buildings whose roof could not be cut into triangles. */
  refused: string[]
}

interface Tile {
  boundingVolume: { box: number[] }
  geometricError: number
  refine: 'ADD'
  content?: { uri: string }
  children?: Tile[]
}

/**
 * Writes tileset.json and its tiles (3D Tiles 1.1, OGC 22-025r4) into a folder. The tree adds: the largest buildings of a
 * square come first, its quarters bring the rest.
 * @param center degrees; origin of the tileset's east-north-up metres
 * @param groundAt where the map has a terrain, the ground that buildings stand on; else height 0
 */
export function writeBuildingTileset(
  folder: string,
  footprints: readonly Footprint[],
  center: LonLat,
  provenance: Provenance,
  onTile: (buildings: number) => void,
  groundAt?: GroundAt,
): BuiltTileset {
  mkdirSync(folder, { recursive: true })
  const frame = new EnuFrame(...center)
  const result: BuiltTileset = { tiles: 0, buildings: 0, refused: [] }
  const tree = quadtree(
    footprints.map((item) => placed(item, frame)),
    CAPACITY,
  )
  const written = writeNode(tree)
  const root = written?.tile ?? {
    boundingVolume: { box: boxVolume(EMPTY) },
    geometricError: 0,
    refine: 'ADD',
  }
  writeTileset(folder, root, frame)
  return result

  function writeNode(node: QuadNode<Footprint>): { tile: Tile; box: Box } | undefined {
    const drawn = drawTile(node.items, frame, provenance, groundAt)
    result.refused.push(...drawn.refused)
    const below = node.children.flatMap((child) => writeNode(child) ?? [])
    if (drawn.file) {
      writeFileSync(join(folder, `${node.key}.glb`), drawn.file)
      result.tiles += 1
      result.buildings += node.items.length - drawn.refused.length
    }
    onTile(node.items.length)
    const boxes = [...(drawn.box ? [drawn.box] : []), ...below.map(({ box }) => box)]
    if (boxes.length === 0) return undefined
    const box = boxes.reduce(joinBoxes)
    const tile: Tile = {
      boundingVolume: { box: boxVolume(box) },
      geometricError: node.largestBelow * ERROR_PER_METRE,
      refine: 'ADD',
      ...(drawn.file ? { content: { uri: `${node.key}.glb` } } : {}),
      ...(below.length > 0 ? { children: below.map((child) => child.tile) } : {}),
    }
    return { tile, box }
  }
}

function writeTileset(folder: string, root: Tile, frame: EnuFrame): void {
  const tileset = {
    asset: { version: '1.1', generator: 'citydeck' },
    geometricError: Math.max(2000, root.geometricError * 2),
    root: { ...root, transform: rootTransform(frame) },
  }
  writeFileSync(join(folder, 'tileset.json'), `${JSON.stringify(tileset)}\n`)
}

const EMPTY: Box = { low: [0, 0, 0], high: [0, 0, 0] }

function placed(item: Footprint, frame: EnuFrame) {
  const corners = item.rings[0]!.map(([longitude, latitude]) => frame.project(longitude, latitude))
  const across = (axis: 0 | 1) => corners.map((corner) => corner[axis])
  const [easts, norths] = [across(0), across(1)]
  const middle = (values: number[]) => (Math.min(...values) + Math.max(...values)) / 2
  const side = (values: number[]) => Math.max(...values) - Math.min(...values)
  return {
    item,
    east: middle(easts),
    north: middle(norths),
    size: Math.max(item.height, Math.sqrt(side(easts) * side(norths)) / 2),
  }
}

function drawTile(
  footprints: readonly Footprint[],
  frame: EnuFrame,
  provenance: Provenance,
  groundAt: GroundAt | undefined,
) {
  const mesh = emptyMesh()
  const kept: Footprint[] = []
  const refused: string[] = []
  for (const footprint of footprints) {
    const drawn = addPrism(mesh, footprint, kept.length, frame.project.bind(frame), groundAt)
    if (drawn) kept.push(footprint)
    else refused.push(footprint.id)
  }
  if (kept.length === 0) return { refused }
  const file = unlitGlb(mesh, (firstView) => propertyTable(kept, provenance, firstView))
  return { file, box: boxOf(mesh.positions), refused }
}
