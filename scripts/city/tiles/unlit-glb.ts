import { glb, type GlbView } from './glb.ts'
import { type Mesh, meshParts } from './mesh.ts'

export interface FeatureTable {
  views: GlbView[]
  extension: Record<string, unknown>
  count: number
}

/** One mesh with its baked light as a glb; with a table, each vertex names the feature it belongs to. */
export function unlitGlb(mesh: Mesh, tableFrom?: (firstView: number) => FeatureTable): Buffer {
  const parts = meshParts(mesh, tableFrom !== undefined)
  const table = tableFrom?.(parts.views.length)
  const featureIds = table && [{ featureCount: table.count, attribute: 0, propertyTable: 0 }]
  const primitive = {
    attributes: parts.attributes,
    indices: parts.indices,
    material: 0,
    ...(featureIds ? { extensions: { EXT_mesh_features: { featureIds } } } : {}),
  }
  return glb(
    {
      asset: { version: '2.0', generator: 'citydeck' },
      extensionsUsed: [
        'KHR_materials_unlit',
        'KHR_mesh_quantization',
        ...(table ? ['EXT_mesh_features', 'EXT_structural_metadata'] : []),
      ],
      extensionsRequired: ['KHR_mesh_quantization'],
      ...(table ? { extensions: { EXT_structural_metadata: table.extension } } : {}),
      scene: 0,
      scenes: [{ nodes: [0] }],
      nodes: [parts.node],
      materials: [{ pbrMetallicRoughness: { metallicFactor: 0 }, extensions: { KHR_materials_unlit: {} } }],
      meshes: [{ primitives: [primitive] }],
      accessors: parts.accessors,
    },
    [...parts.views, ...(table?.views ?? [])],
  )
}
