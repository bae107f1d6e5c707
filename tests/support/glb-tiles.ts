import { type GlbView, glb } from '../../scripts/city/tiles/glb.ts'

/** The corners of a cube of one metre, y up, and its twelve triangles. */
const CORNERS = [0, 1].flatMap((x) => [0, 1].flatMap((y) => [0, 1].map((z) => [x, y, z])))
const QUADS = [
  [0, 1, 3, 2],
  [4, 6, 7, 5],
  [0, 4, 5, 1],
  [2, 3, 7, 6],
  [0, 2, 6, 4],
  [1, 5, 7, 3],
]

const bytesOf = (numbers: Float32Array | Uint16Array): Uint8Array => new Uint8Array(numbers.buffer)

export interface CubeTile {
  nodes: readonly object[]
  /** Nodes the scene begins with; all that have no parent where absent. */
  roots?: readonly number[]
  /** Name of the attribute that says of each vertex that it is of feature 0. */
  featureAttribute?: string
  /** Attributes of EXT_mesh_gpu_instancing by name, three numbers an instance; accessors from 3 on. */
  instances?: readonly (readonly number[])[]
  primitive?: object
}

/** A glb whose only mesh, 0, is a cube of one metre: as any exporter writes it, nodes and all. */
export function cubeGlb({ nodes, roots, featureAttribute, instances = [], primitive }: CubeTile): Buffer {
  const vertices = bytesOf(new Float32Array(CORNERS.flat()))
  const triangles = bytesOf(new Uint16Array(QUADS.flatMap(([a, b, c, d]) => [a!, b!, c!, a!, c!, d!])))
  const features = bytesOf(new Float32Array(8))
  const views: GlbView[] = [vertices, triangles, features].map((bytes) => ({ bytes }))
  views.push(...instances.map((one) => ({ bytes: bytesOf(new Float32Array(one)) })))
  const attributes = { POSITION: 0, ...(featureAttribute ? { [featureAttribute]: 2 } : {}) }
  return glb(
    {
      asset: { version: '2.0' },
      ...(roots ? { scene: 0, scenes: [{ nodes: roots }] } : {}),
      nodes,
      meshes: [{ primitives: [{ attributes, indices: 1, ...primitive }] }],
      materials: [{ pbrMetallicRoughness: { baseColorFactor: [0.5, 0.5, 0.5, 1] } }],
      accessors: [
        { bufferView: 0, componentType: 5126, count: 8, type: 'VEC3', min: [0, 0, 0], max: [1, 1, 1] },
        { bufferView: 1, componentType: 5123, count: 36, type: 'SCALAR' },
        { bufferView: 2, componentType: 5126, count: 8, type: 'SCALAR' },
        ...instances.map((one, at) => ({
          bufferView: 3 + at,
          componentType: 5126,
          count: one.length / 3,
          type: 'VEC3',
        })),
      ],
    },
    views,
  )
}

/** A batched model of 3D Tiles 1.0 around a glb: header, feature table, batch table, model; each on 8 bytes. */
export function b3dm(model: Buffer, featureTable: object, batchTable: object): Buffer {
  const table = (json: object, before: number): Buffer => {
    const text = JSON.stringify(json)
    const length = text.length + ((8 - ((before + text.length) % 8)) % 8)
    return Buffer.from(text.padEnd(length))
  }
  const features = table(featureTable, 28)
  const batches = table(batchTable, 28 + features.length)
  const header = Buffer.alloc(28)
  header.write('b3dm')
  header.writeUInt32LE(1, 4)
  header.writeUInt32LE(28 + features.length + batches.length + model.length, 8)
  header.writeUInt32LE(features.length, 12)
  header.writeUInt32LE(batches.length, 20)
  return Buffer.concat([header, features, batches, model])
}

interface Views {
  bufferViews: Record<string, unknown>[]
  buffers: Record<string, unknown>[]
}

/** The same glb with its description changed. */
export function rewritten(file: Buffer, change: (gltf: Views) => void): Buffer {
  const length = file.readUInt32LE(12)
  const gltf = JSON.parse(file.toString('utf8', 20, 20 + length)) as Views
  change(gltf)
  const text = JSON.stringify(gltf)
  const chunk = Buffer.from(text.padEnd(text.length + ((8 - (text.length % 8)) % 8)))
  const made = Buffer.concat([file.subarray(0, 20), chunk, file.subarray(20 + length)])
  made.writeUInt32LE(made.length, 8)
  made.writeUInt32LE(chunk.length, 12)
  return made
}
