import type { Vector3 } from './enu-frame.ts'

/** Triangles of a tile in the tile's own frame (metres, z up), with the feature each vertex belongs to. */
export interface TileMesh {
  /** Three doubles a vertex: a frame may be the earth's own. */
  positions: Float64Array
  features: Float32Array
  indices: Uint32Array
}

interface Accessor {
  bufferView?: number
  byteOffset?: number
  componentType: number
  count: number
  type: string
}
interface Gltf {
  accessors?: Accessor[]
  bufferViews?: { byteOffset?: number; byteLength: number; byteStride?: number; extensions?: object }[]
  nodes?: {
    mesh?: number
    children?: number[]
    matrix?: number[]
    translation?: number[]
    scale?: number[]
    rotation?: number[]
  }[]
  meshes?: {
    primitives: { attributes: Record<string, number>; indices?: number; mode?: number; extensions?: object }[]
  }[]
}

const GLB = 0x46546c67
const WORDS = {
  5120: 'getInt8',
  5121: 'getUint8',
  5122: 'getInt16',
  5123: 'getUint16',
  5125: 'getUint32',
  5126: 'getFloat32',
} as const
const BYTES: Record<number, number> = { 5120: 1, 5121: 1, 5122: 2, 5123: 2, 5125: 4, 5126: 4 }
const PARTS: Record<string, number> = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4 }

/**
 * Reads the triangles of a glb (glTF 2.0 §4.4) that lies flat in its file: plain or quantised numbers, nodes moved and
 * scaled but not turned. Undefined for anything else, compressed meshes first of all.
 */
export function readTileMesh(file: ArrayBuffer): TileMesh | undefined {
  const view = new DataView(file)
  if (file.byteLength < 28 || view.getUint32(0, true) !== GLB) return undefined
  const textLength = view.getUint32(12, true)
  const gltf = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 20, textLength))) as Gltf
  const start = 28 + textLength
  const [positions, features, indices]: [number[], number[], number[]] = [[], [], []]
  for (const { mesh, matrix, rotation, translation = [0, 0, 0], scale = [1, 1, 1], children } of gltf.nodes ??
    []) {
    if (matrix || rotation || children) return undefined
    for (const primitive of gltf.meshes?.[mesh ?? -1]?.primitives ?? []) {
      const read = (index: number | undefined): number[] | undefined => numbersOf(gltf, view, start, index)
      const place = read(primitive.attributes['POSITION'])
      if (!place || (primitive.mode ?? 4) !== 4) return undefined
      const first = positions.length / 3
      const count = place.length / 3
      const ids = read(primitive.attributes['_FEATURE_ID_0'])
      for (let vertex = 0; vertex < count; vertex++) {
        const [x, y, z] = [0, 1, 2].map(
          (axis) => place[vertex * 3 + axis]! * scale[axis]! + translation[axis]!,
        ) as Vector3
        // glTF's y is up; a tileset's z is.
        positions.push(x, -z, y)
        features.push(ids?.[vertex] ?? -1)
      }
      const order = read(primitive.indices) ?? Array.from({ length: count }, (_, at) => at)
      for (const at of order) indices.push(first + at)
    }
  }
  if (indices.length === 0) return undefined
  return {
    positions: new Float64Array(positions),
    features: new Float32Array(features),
    indices: new Uint32Array(indices),
  }
}

function numbersOf(
  gltf: Gltf,
  view: DataView,
  start: number,
  index: number | undefined,
): number[] | undefined {
  const accessor = gltf.accessors?.[index ?? -1]
  const buffer = gltf.bufferViews?.[accessor?.bufferView ?? -1]
  const word = WORDS[accessor?.componentType as keyof typeof WORDS]
  if (!accessor || !buffer || !word || buffer.extensions) return undefined
  const [bytes, parts] = [BYTES[accessor.componentType]!, PARTS[accessor.type] ?? 1]
  const stride = buffer.byteStride ?? bytes * parts
  const base = start + (buffer.byteOffset ?? 0) + (accessor.byteOffset ?? 0)
  const numbers: number[] = []
  for (let item = 0; item < accessor.count; item++)
    for (let part = 0; part < parts; part++)
      numbers.push(view[word](base + item * stride + part * bytes, true))
  return numbers
}
