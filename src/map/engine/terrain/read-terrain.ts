import type { EnuFrame } from '../enu-frame.ts'
import { type TileMesh, readTileMesh } from '../tile-mesh.ts'
import { type TerrainField, terrainField } from './terrain-surface.ts'

interface Tile {
  transform?: number[]
  geometricError: number
  content?: { uri: string }
  children?: Tile[]
}

/** A leaf of a tree that replaces, with the matrix that puts it into the earth's frame. */
interface Placed {
  tile: Tile
  matrix: readonly number[]
}

/** Tiles read at most: the finest of a city are 64. A larger tree is read as coarse as this asks for. */
const MOST_TILES = 256
const IDENTITY = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]

/** A glb of the terrain with the matrix that puts it into the earth's frame. */
export interface TerrainFile {
  bytes: ArrayBuffer
  matrix: readonly number[]
}

/**
 * The finest tiles of a terrain tileset of the base map (3D Tiles 1.1, glb, replacing).
 * @param file of the tileset.json; its tiles lie beside it @param read bytes of a file
 */
export async function terrainFiles(
  file: string,
  read: (file: string) => Promise<ArrayBuffer>,
): Promise<TerrainFile[]> {
  const { root } = JSON.parse(new TextDecoder().decode(await read(file))) as { root: Tile }
  const folder = file.slice(0, file.lastIndexOf('/') + 1)
  const files = await Promise.all(
    finestOf(root).map(async ({ tile: { content }, matrix }) =>
      content ? [{ bytes: await read(`${folder}${content.uri}`), matrix }] : [],
    ),
  )
  return files.flat()
}

/** Their triangles in the city's frame; undefined where none could be read. */
export function terrainOf(files: readonly TerrainFile[], frame: EnuFrame): TerrainField | undefined {
  const found = files.flatMap(({ bytes, matrix }) => {
    const mesh = readTileMesh(bytes)
    return typeof mesh === 'string' ? [] : [{ mesh, matrix }]
  })
  const count = found.reduce((sum, { mesh }) => sum + mesh.positions.length, 0)
  const positions = new Float32Array(count)
  const indices = new Uint32Array(found.reduce((sum, { mesh }) => sum + mesh.indices.length, 0))
  let [vertex, corner] = [0, 0]
  for (const { mesh, matrix } of found) {
    place(mesh, matrix, frame, positions, vertex * 3)
    for (const at of mesh.indices) indices[corner++] = vertex + at
    vertex += mesh.positions.length / 3
  }
  return terrainField(positions, indices)
}

/** Replaces the tile that errs most by its children, while there are not too many. */
function finestOf(root: Tile): Placed[] {
  const done: Placed[] = []
  let open: Placed[] = [{ tile: root, matrix: product(IDENTITY, root.transform) }]
  while (open.length > 0) {
    open = open.toSorted((a, b) => a.tile.geometricError - b.tile.geometricError)
    const worst = open.pop()!
    const below = worst.tile.children ?? []
    if (below.length === 0 || done.length + open.length + below.length > MOST_TILES) done.push(worst)
    else open.push(...below.map((tile): Placed => ({ tile, matrix: product(worst.matrix, tile.transform) })))
  }
  return done
}

/** Column-major 4 × 4. */
function product(a: readonly number[], b: readonly number[] | undefined): readonly number[] {
  if (!b) return a
  return Array.from({ length: 16 }, (_, at) =>
    [0, 1, 2, 3].reduce((sum, k) => sum + a[k * 4 + (at % 4)]! * b[Math.floor(at / 4) * 4 + k]!, 0),
  )
}

function place(
  { positions }: TileMesh,
  matrix: readonly number[],
  frame: EnuFrame,
  into: Float32Array,
  first: number,
): void {
  for (let at = 0; at < positions.length; at += 3) {
    const [x, y, z] = [positions[at]!, positions[at + 1]!, positions[at + 2]!]
    const row = (axis: 0 | 1 | 2): number =>
      matrix[axis]! * x + matrix[axis + 4]! * y + matrix[axis + 8]! * z + matrix[axis + 12]!
    into.set(frame.fromEarth({ x: row(0), y: row(1), z: row(2) }), first + at)
  }
}
