import type { GltfFile, GltfPrimitive, TileFault } from './gltf-file.ts'
import { type PlacedMesh, placedMeshes } from './gltf-nodes.ts'
import { openTile } from './tile-content.ts'

/** Triangles of a tile in the tile's own frame (metres, z up), with the feature each vertex belongs to. */
export interface TileMesh {
  /** Three doubles a vertex: a frame may be the earth's own. */
  positions: Float64Array
  /** -1 for what belongs to nothing. */
  features: Float32Array
  indices: Uint32Array
}

interface Collected {
  positions: number[]
  features: number[]
  indices: number[]
}

const [TRIANGLES, STRIP, FAN] = [4, 5, 6]
/** A tile of more is no tile of a tree that streams. */
const MOST_VERTICES = 4_000_000

/**
 * Reads the triangles of a tile, glb or b3dm: all nodes with their matrices, instances, plain or quantised numbers.
 * @param up the axis that is up in its model: glTF's y, or z in some tilesets of old (`gltfUpAxis`)
 */
export function readTileMesh(file: ArrayBuffer, up: 'Y' | 'Z' = 'Y'): TileMesh | TileFault {
  const content = openTile(file)
  if (typeof content === 'string') return content
  const { model, center } = content
  const placed = placedMeshes(model)
  if (typeof placed === 'string') return placed
  const made: Collected = { positions: [], features: [], indices: [] }
  for (const one of placed)
    for (const primitive of model.gltf.meshes?.[one.mesh]?.primitives ?? []) {
      const fault = collect(model, primitive, one, { center, up }, made)
      if (fault) return fault
      if (made.features.length > MOST_VERTICES) return 'format'
    }
  return {
    positions: new Float64Array(made.positions),
    features: new Float32Array(made.features),
    indices: new Uint32Array(made.indices),
  }
}

function collect(
  model: GltfFile,
  primitive: GltfPrimitive,
  { matrix: m, feature }: PlacedMesh,
  { center, up }: { center: readonly number[]; up: 'Y' | 'Z' },
  { positions, features, indices }: Collected,
): TileFault | undefined {
  const order = ORDERS[primitive.mode ?? TRIANGLES]
  // Points and lines hide nothing.
  if (!order) return undefined
  if (primitive.extensions?.KHR_draco_mesh_compression) return 'draco'
  const place = model.numbers(primitive.attributes?.['POSITION'])
  const ids = read(model, featureAttribute(primitive))
  const along = read(model, primitive.indices)
  if (typeof place === 'string') return place
  if (typeof ids === 'string') return ids
  if (typeof along === 'string') return along
  const first = features.length
  const count = place.length / 3
  for (let vertex = 0; vertex < count; vertex++) {
    const [px, py, pz] = [place[vertex * 3]!, place[vertex * 3 + 1]!, place[vertex * 3 + 2]!]
    const x = m[0]! * px + m[4]! * py + m[8]! * pz + m[12]!
    const y = m[1]! * px + m[5]! * py + m[9]! * pz + m[13]!
    const z = m[2]! * px + m[6]! * py + m[10]! * pz + m[14]!
    const [north, above] = up === 'Y' ? [-z, y] : [y, z]
    positions.push(x + center[0]!, north + center[1]!, above + center[2]!)
    features.push(feature ?? ids?.[vertex] ?? -1)
  }
  const corner = (at: number): number => first + (along?.[at] ?? at)
  order(along?.length ?? count, (a, b, c) => indices.push(corner(a), corner(b), corner(c)))
  return undefined
}

type Triangle = (a: number, b: number, c: number) => void

/** Which corners make a triangle. */
const ORDERS: Record<number, (corners: number, triangle: Triangle) => void> = {
  [TRIANGLES]: (corners, triangle) => {
    for (let at = 0; at + 2 < corners; at += 3) triangle(at, at + 1, at + 2)
  },
  [STRIP]: (corners, triangle) => {
    for (let at = 0; at + 2 < corners; at++) triangle(at, at + 1 + (at % 2), at + 2 - (at % 2))
  },
  [FAN]: (corners, triangle) => {
    for (let at = 1; at + 1 < corners; at++) triangle(0, at, at + 1)
  },
}

/** Of EXT_mesh_features the first set, as Cesium takes it; batch ids in tiles of old. */
function featureAttribute({ attributes = {}, extensions }: GltfPrimitive): number | undefined {
  const set = extensions?.EXT_mesh_features?.featureIds?.[0]?.attribute ?? 0
  return attributes[`_FEATURE_ID_${set}`] ?? attributes['_BATCHID']
}

function read(model: GltfFile, index: number | undefined): Float64Array | TileFault | undefined {
  return index === undefined ? undefined : model.numbers(index)
}
