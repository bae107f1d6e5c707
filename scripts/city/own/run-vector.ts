import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { VectorCollection } from '../../../src/domain/basemap.ts'
import { layerEntry } from '../layer-entry.ts'
import type { StepResult } from '../steps.ts'
import { describeOwn } from './describe.ts'
import { fieldOf } from './field-values.ts'
import { roadClassOf } from './kinds.ts'
import type { LayerJob } from './own-steps.ts'
import { newAccount, type PlacedFeature, readLayer } from './read-layer.ts'

type VectorFeature = VectorCollection['features'][number]

/** water, green, road and rail: one GeoJSON, with names, and with classes for roads. */
export async function runVector({ layer, folder, progress }: LayerJob): Promise<StepResult> {
  const account = newAccount()
  const features: VectorFeature[] = []
  const unclassed: string[] = []
  for await (const feature of readLayer(layer, account, progress)) {
    const drawn = vectorFeature(feature, layer)
    if (drawn) features.push(drawn)
    else unclassed.push(feature.id)
  }
  const file = `${layer.id}.geojson`
  writeFileSync(join(folder, file), `${JSON.stringify({ type: 'FeatureCollection', features })}\n`)
  const entry = await layerEntry(
    folder,
    describeOwn(layer, account, {
      kind: 'vector',
      file,
      features: features.length,
      steps:
        unclassed.length > 0
          ? [`left out ${unclassed.length} footways and roads of no known class, all in report.json`]
          : [],
    }),
  )
  const { repaired, refused } = account
  return { layers: [entry], notes: { repaired, refused, ...(unclassed.length > 0 ? { unclassed } : {}) } }
}

function vectorFeature(feature: PlacedFeature, layer: LayerJob['layer']): VectorFeature | undefined {
  const roadClass =
    layer.kind === 'roads' ? roadClassOf(fieldOf(layer, feature.properties, 'class')) : undefined
  if (layer.kind === 'roads' && roadClass === undefined) return undefined
  const name = fieldOf(layer, feature.properties, 'name')
  return {
    type: 'Feature',
    id: feature.id,
    properties: { ...(name ? { name } : {}), ...(roadClass ? { class: roadClass } : {}) },
    geometry:
      'polygons' in feature.shape
        ? { type: 'MultiPolygon', coordinates: feature.shape.polygons }
        : { type: 'MultiLineString', coordinates: feature.shape.lines },
  }
}
