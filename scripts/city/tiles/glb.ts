/** One buffer view of a glb: bytes, and what they are read as. */
export interface GlbView {
  bytes: Uint8Array
  /** 34962 vertices, 34963 indices, absent for tables. */
  target?: number
  byteStride?: number
}

const MAGIC = 0x46546c67
const JSON_CHUNK = 0x4e4f534a
const BIN_CHUNK = 0x004e4942
/** EXT_structural_metadata wants its buffer views on 8 bytes; vertices are content with 4. */
const ALIGNMENT = 8

/**
 * A binary glTF 2.0 (Khronos, §4.4): header, JSON chunk padded with blanks, binary chunk padded with zeros.
 * @param json the document without `buffers` and `bufferViews`, which this fills in
 */
export function glb(json: Record<string, unknown>, views: readonly GlbView[]): Buffer {
  let length = 0
  const bufferViews = views.map(({ bytes, target, byteStride }) => {
    const byteOffset = length
    length += padded(bytes.byteLength, ALIGNMENT)
    return {
      buffer: 0,
      byteOffset,
      byteLength: bytes.byteLength,
      ...(byteStride === undefined ? {} : { byteStride }),
      ...(target === undefined ? {} : { target }),
    }
  })
  const text = Buffer.from(JSON.stringify({ ...json, buffers: [{ byteLength: length }], bufferViews }))
  const textLength = padded(text.length, ALIGNMENT)
  const file = Buffer.alloc(12 + 8 + textLength + 8 + length)
  file.writeUInt32LE(MAGIC, 0)
  file.writeUInt32LE(2, 4)
  file.writeUInt32LE(file.length, 8)
  file.writeUInt32LE(textLength, 12)
  file.writeUInt32LE(JSON_CHUNK, 16)
  file.fill(0x20, 20, 20 + textLength)
  text.copy(file, 20)
  file.writeUInt32LE(length, 20 + textLength)
  file.writeUInt32LE(BIN_CHUNK, 24 + textLength)
  bufferViews.forEach(({ byteOffset }, index) => file.set(views[index]!.bytes, 28 + textLength + byteOffset))
  return file
}

/** The document and the binary chunk of a glb: what a test or a check reads. */
export function readGlb(file: Buffer): { json: GlbDocument; bin: Buffer } {
  if (file.readUInt32LE(0) !== MAGIC || file.readUInt32LE(8) !== file.length)
    throw new Error('this is no whole glb')
  const textLength = file.readUInt32LE(12)
  return {
    json: JSON.parse(file.toString('utf8', 20, 20 + textLength)) as GlbDocument,
    bin: file.subarray(28 + textLength),
  }
}

export interface GlbDocument {
  extensionsUsed?: string[]
  accessors: { bufferView: number; byteOffset?: number; count: number; min?: number[]; max?: number[] }[]
  bufferViews: { byteOffset: number; byteLength: number; byteStride?: number }[]
  nodes: { translation?: number[]; scale?: number[] }[]
  meshes: { primitives: { attributes: Record<string, number>; indices: number }[] }[]
  extensions?: Record<string, unknown>
}

export function padded(length: number, to: number): number {
  return Math.ceil(length / to) * to
}
