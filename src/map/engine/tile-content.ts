import { GltfFile, type TileFault } from './gltf-file.ts'

const B3DM = 0x6d643362
const HEADER = 28

/** A tile's model, and what its places are counted from in the tile's own frame. */
export interface TileContent {
  model: GltfFile
  center: readonly number[]
}

/** A glb, or the one inside a batched model of 3D Tiles 1.0 (b3dm). */
export function openTile(file: ArrayBuffer): TileContent | TileFault {
  const view = new DataView(file)
  const batched = file.byteLength >= HEADER && view.getUint32(0, true) === B3DM
  const lengths = batched ? [12, 16, 20, 24].map((at) => view.getUint32(at, true)) : []
  const start = batched ? HEADER + lengths.reduce((all, one) => all + one, 0) : 0
  if (start > file.byteLength) return 'format'
  const model = GltfFile.open(new DataView(file, start))
  if (typeof model === 'string') return model
  const center = batched ? batchCenter(view, lengths[0]!) : undefined
  return { model, center: sum(center, model.gltf.extensions?.CESIUM_RTC?.center) }
}

/** RTC_CENTER of the feature table: three numbers, or where three floats of them lie. */
function batchCenter(view: DataView, textLength: number): number[] | undefined {
  const bytes = new Uint8Array(view.buffer, HEADER, textLength)
  const text = new TextDecoder().decode(bytes).trim()
  const table = (text === '' ? {} : JSON.parse(text)) as { RTC_CENTER?: number[] | { byteOffset: number } }
  const center = table.RTC_CENTER
  if (center === undefined || Array.isArray(center)) return center
  return [0, 4, 8].map((at) => view.getFloat32(HEADER + textLength + center.byteOffset + at, true))
}

function sum(a: readonly number[] = [0, 0, 0], b: readonly number[] = [0, 0, 0]): number[] {
  return a.map((one, axis) => one + (b[axis] ?? 0))
}
