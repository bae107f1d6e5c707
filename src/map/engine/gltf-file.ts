/** Why the triangles of a tile cannot be read: compressed, or in a form this reader does not know. */
export type TileFault = 'draco' | 'meshopt' | 'format'

interface Accessor {
  bufferView?: number
  byteOffset?: number
  componentType: number
  count: number
  type: string
  normalized?: boolean
  sparse?: object
}
export interface GltfPrimitive {
  /** Asked for by the standard, and absent from broken files. */
  attributes?: Record<string, number>
  indices?: number
  mode?: number
  extensions?: {
    KHR_draco_mesh_compression?: object
    EXT_mesh_features?: { featureIds?: { attribute?: number }[] }
  }
}
export interface GltfNode {
  mesh?: number
  children?: number[]
  matrix?: number[]
  translation?: number[]
  rotation?: number[]
  scale?: number[]
  extensions?: { EXT_mesh_gpu_instancing?: { attributes?: Record<string, number> } }
}
export interface Gltf {
  accessors?: Accessor[]
  buffers?: { uri?: string }[]
  bufferViews?: {
    buffer?: number
    byteOffset?: number
    byteLength: number
    byteStride?: number
    extensions?: object
  }[]
  scene?: number
  scenes?: { nodes?: number[] }[]
  nodes?: GltfNode[]
  meshes?: { primitives: GltfPrimitive[] }[]
  extensions?: { CESIUM_RTC?: { center?: number[] } }
}

const [GLB, JSON_CHUNK] = [0x46546c67, 0x4e4f534a]
const WORDS = {
  5120: { read: 'getInt8', bytes: 1, most: 127 },
  5121: { read: 'getUint8', bytes: 1, most: 255 },
  5122: { read: 'getInt16', bytes: 2, most: 32767 },
  5123: { read: 'getUint16', bytes: 2, most: 65535 },
  5125: { read: 'getUint32', bytes: 4, most: 4294967295 },
  5126: { read: 'getFloat32', bytes: 4, most: 1 },
} as const
const PARTS: Record<string, number> = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4 }

/** A glb (glTF 2.0 §4.4) and the numbers of its accessors (§3.6.2); what is compressed or kept elsewhere is a fault. */
export class GltfFile {
  readonly gltf: Gltf
  private readonly view: DataView
  private readonly start: number

  private constructor(view: DataView, gltf: Gltf, start: number) {
    this.view = view
    this.gltf = gltf
    this.start = start
  }

  static open(view: DataView): GltfFile | TileFault {
    if (view.byteLength < 20 || view.getUint32(0, true) !== GLB) return 'format'
    const length = view.getUint32(12, true)
    if (view.getUint32(16, true) !== JSON_CHUNK || 20 + length > view.byteLength) return 'format'
    const text = new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + 20, length))
    try {
      return new GltfFile(view, JSON.parse(text) as Gltf, 28 + length)
    } catch {
      return 'format'
    }
  }

  /** All numbers of an accessor, item after item; normalised integers as the shares they stand for. */
  numbers(index: number | undefined): Float64Array | TileFault {
    const accessor = this.gltf.accessors?.[index ?? -1]
    const buffer = this.gltf.bufferViews?.[accessor?.bufferView ?? -1]
    const word = WORDS[accessor?.componentType as keyof typeof WORDS]
    if (buffer?.extensions && Object.keys(buffer.extensions).some((name) => /meshopt/.test(name)))
      return 'meshopt'
    const own = (buffer?.buffer ?? 0) === 0 && this.gltf.buffers?.[0]?.uri === undefined
    if (!accessor || !buffer || !word || !own || accessor.sparse) return 'format'
    const parts = PARTS[accessor.type] ?? 1
    const stride = buffer.byteStride ?? word.bytes * parts
    const base = this.start + (buffer.byteOffset ?? 0) + (accessor.byteOffset ?? 0)
    const last = base + stride * (accessor.count - 1) + word.bytes * parts
    if (accessor.count > 0 && last > this.view.byteLength) return 'format'
    const numbers = new Float64Array(accessor.count * parts)
    const most = accessor.normalized ? word.most : 1
    for (let item = 0; item < accessor.count; item++)
      for (let part = 0; part < parts; part++)
        numbers[item * parts + part] =
          this.view[word.read](base + item * stride + part * word.bytes, true) / most
    return numbers
  }
}
