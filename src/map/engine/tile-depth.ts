import { Cartesian3, type Cesium3DTile, Matrix4 } from '@cesium/engine'
import type { EnuFrame } from './enu-frame.ts'
import { type KitGeometry, NAMELESS_ROW } from './kit/kit-layer.ts'
import { reliefLight } from './kit/relief-light.ts'
import type { TileMesh } from './tile-mesh.ts'

/** A tile once more, as depth for deck.gl's canvas. */
export interface TileDepth {
  geometry: KitGeometry
  /** Names of its things, by row. */
  features: readonly (string | undefined)[]
  /** Of terrain: the mesh with its light. */
  shade?: KitGeometry
}

/** What exporters call that by which a building is known, best first. */
const NAMES = ['id', 'gml_id', 'gml:id', 'name']

/** @param layer of the base map, which the names of its things begin with */
export function buildingDepth(mesh: TileMesh, tile: Cesium3DTile, frame: EnuFrame, layer: string): TileDepth {
  const { content } = tile
  const features = Array.from({ length: content.featuresLength }, (_, at) => {
    const feature = content.getFeature(at)
    const found = NAMES.map((name): unknown => feature.getProperty(name)).find(
      (name) => typeof name === 'string' || typeof name === 'number',
    )
    return found === undefined ? undefined : `${layer}/${String(found)}`
  })
  const rows = mesh.features.map((row) => (row < 0 || row >= features.length ? NAMELESS_ROW : row))
  const positions = { size: 3, value: inFrame(mesh, tile.computedTransform, frame) }
  const attributes = { positions, rows: { size: 1, value: rows } }
  return { features, geometry: { topology: 'triangle-list', attributes, indices: mesh.indices } }
}

export function reliefDepth(mesh: TileMesh, tile: Cesium3DTile, frame: EnuFrame): TileDepth {
  const { indices } = mesh
  const placed = inFrame(mesh, tile.computedTransform, frame)
  const positions = { size: 3, value: placed }
  const lights = { size: 1, value: reliefLight(placed, indices) }
  return {
    features: [],
    geometry: { topology: 'triangle-list', attributes: { positions }, indices },
    // Nearer than the very same triangles that hide it, whatever the shader rounds.
    shade: { topology: 'triangle-list', attributes: { positions, lights }, indices, error: 0.1 },
  }
}

export function trianglesOf({ geometry }: TileDepth): number {
  return (geometry.indices?.length ?? 0) / 3
}

/** Here and, once more, on the card. */
export function bytesOf({ geometry, shade }: TileDepth): number {
  const shapes = [geometry, ...(shade ? [shade] : [])]
  return shapes.reduce((sum, { attributes, indices }) => {
    const values = Object.values(attributes).reduce((all, { value }) => all + value.byteLength, 0)
    return sum + 2 * (values + (indices?.byteLength ?? 0))
  }, 0)
}

/** Several tiles as one: deck.gl tells only 255 layers apart. */
export function mergedDepth(tiles: readonly TileDepth[]): TileDepth {
  if (tiles.length === 1) return tiles[0]!
  const count = tiles.reduce((sum, { geometry }) => sum + geometry.attributes['rows']!.value.length, 0)
  const [positions, rows] = [new Float32Array(count * 3), new Float32Array(count)]
  const indices = new Uint32Array(tiles.reduce((sum, one) => sum + trianglesOf(one) * 3, 0))
  const features: (string | undefined)[] = []
  let [vertex, corner] = [0, 0]
  for (const { geometry, features: names } of tiles) {
    const own = geometry.attributes['rows']!.value
    positions.set(geometry.attributes['positions']!.value, vertex * 3)
    own.forEach((row, at) => (rows[vertex + at] = row === NAMELESS_ROW ? row : row + features.length))
    for (const at of geometry.indices ?? []) indices[corner++] = vertex + at
    vertex += own.length
    for (const name of names) features.push(name)
  }
  const attributes = { positions: { size: 3, value: positions }, rows: { size: 1, value: rows } }
  return { features, geometry: { topology: 'triangle-list', attributes, indices } }
}

function inFrame({ positions }: TileMesh, transform: Matrix4, frame: EnuFrame): Float32Array {
  const placed = new Float32Array(positions.length)
  const point = new Cartesian3()
  for (let at = 0; at < positions.length; at += 3) {
    Cartesian3.fromElements(positions[at]!, positions[at + 1]!, positions[at + 2]!, point)
    placed.set(frame.fromEarth(Matrix4.multiplyByPoint(transform, point, point)), at)
  }
  return placed
}
