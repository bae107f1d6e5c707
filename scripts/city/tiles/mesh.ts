import type { GlbView } from './glb.ts'

/** Triangles in east-north-up metres with a grey of the baked light, 0–255, and the feature each vertex belongs to. */
export interface Mesh {
  positions: number[]
  greys: number[]
  features: number[]
  indices: number[]
}

export function emptyMesh(): Mesh {
  return { positions: [], greys: [], features: [], indices: [] }
}

export interface Box {
  low: [number, number, number]
  high: [number, number, number]
}

export function boxOf(positions: readonly number[]): Box {
  const box: Box = { low: [Infinity, Infinity, Infinity], high: [-Infinity, -Infinity, -Infinity] }
  for (let at = 0; at < positions.length; at++) {
    const axis = (at % 3) as 0 | 1 | 2
    box.low[axis] = Math.min(box.low[axis], positions[at]!)
    box.high[axis] = Math.max(box.high[axis], positions[at]!)
  }
  return box
}

export function joinBoxes(a: Box, b: Box): Box {
  const each = (pick: (x: number, y: number) => number, from: 'low' | 'high') =>
    a[from].map((value, axis) => pick(value, b[from][axis]!)) as Box['low']
  return { low: each(Math.min, 'low'), high: each(Math.max, 'high') }
}

/** 3D Tiles bounding volume: centre and three half axes. */
export function boxVolume({ low, high }: Box): number[] {
  const [x, y, z] = low.map((value, axis) => (value + high[axis]!) / 2) as Box['low']
  const [a, b, c] = low.map((value, axis) => Math.max(0.05, (high[axis]! - value) / 2)) as Box['low']
  return [x, y, z, a, 0, 0, 0, b, 0, 0, 0, c]
}

const STRIDE = 16
const MOST = 32767

/** The parts of a glTF document that draw a mesh. */
export interface MeshParts {
  views: GlbView[]
  accessors: Record<string, unknown>[]
  attributes: Record<string, number>
  indices: number
  /** Undoes the quantisation; east, north, up become glTF's x, -z, y. */
  node: { translation: number[]; scale: number[]; mesh: 0 }
}

/**
 * Vertices of 16 bytes: position as three 16-bit steps of one size (KHR_mesh_quantization), feature id, colour. A tile of
 * 2 km has steps of 3 cm. Z of glTF points south, so that the tileset's y-up rotation gives east, north, up again.
 */
export function meshParts(mesh: Mesh, withFeatures: boolean): MeshParts {
  const count = mesh.positions.length / 3
  const { low, high } = boxOf(mesh.positions)
  const middle = low.map((value, axis) => (value + high[axis]!) / 2) as Box['low']
  const step = Math.max(1e-6, ...low.map((value, axis) => (high[axis]! - value) / 2)) / MOST
  const vertices = Buffer.alloc(count * STRIDE)
  const [least, most] = [
    [MOST, MOST, MOST],
    [-MOST, -MOST, -MOST],
  ]
  for (let vertex = 0; vertex < count; vertex++) {
    const [east, north, up] = [0, 1, 2].map(
      (axis) => (mesh.positions[vertex * 3 + axis]! - middle[axis]!) / step,
    ) as Box['low']
    const at = vertex * STRIDE
    ;[east, up, -north].forEach((value, axis) => {
      const whole = Math.max(-MOST, Math.min(MOST, Math.round(value)))
      vertices.writeInt16LE(whole, at + axis * 2)
      least[axis] = Math.min(least[axis]!, whole)
      most[axis] = Math.max(most[axis]!, whole)
    })
    vertices.writeUInt16LE(withFeatures ? mesh.features[vertex]! : 0, at + 8)
    vertices.fill(mesh.greys[vertex]!, at + 12, at + 15)
    vertices[at + 15] = 255
  }
  const wide = count > 65535
  const indices = wide ? Uint32Array.from(mesh.indices) : Uint16Array.from(mesh.indices)
  return {
    views: [
      { bytes: vertices, target: 34962, byteStride: STRIDE },
      { bytes: new Uint8Array(indices.buffer), target: 34963 },
    ],
    accessors: [
      { bufferView: 0, componentType: 5122, count, type: 'VEC3', min: least, max: most },
      { bufferView: 0, byteOffset: 12, componentType: 5121, normalized: true, count, type: 'VEC4' },
      { bufferView: 1, componentType: wide ? 5125 : 5123, count: indices.length, type: 'SCALAR' },
      ...(withFeatures ? [{ bufferView: 0, byteOffset: 8, componentType: 5123, count, type: 'SCALAR' }] : []),
    ],
    attributes: { POSITION: 0, COLOR_0: 1, ...(withFeatures ? { _FEATURE_ID_0: 3 } : {}) },
    indices: 2,
    node: { translation: [middle[0], middle[2], -middle[1]], scale: [step, step, step], mesh: 0 },
  }
}
