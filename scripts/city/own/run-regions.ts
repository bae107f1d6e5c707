import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { layerEntry } from '../layer-entry.ts'
import { spreadAnchors } from '../regions/anchors.ts'
import type { Polygons, RegionFeature } from '../regions/geojson.ts'
import type { StepResult } from '../steps.ts'
import { describeOwn } from './describe.ts'
import { fieldOf } from './field-values.ts'
import type { LayerJob } from './own-steps.ts'
import { newAccount, readLayer } from './read-layer.ts'

const CODE = /^(\d{6}|\d{9}|\d{12})$/

/** Without the country in front of a county's, and without the noughts that stand for lower levels. */
function codeOf(told: string): string {
  return told.replace(/^156(?=\d{6}$)/, '').replace(/^(\d{6}|\d{9})(000)+$/, '$1')
}

/** Boundaries of counties or towns: code, name, anchor, and the days for which they hold where the source says so. */
export async function runRegions({ layer, folder, progress }: LayerJob): Promise<StepResult> {
  const account = newAccount()
  const units: { properties: Omit<RegionFeature['properties'], 'anchor'>; coordinates: Polygons }[] = []
  for await (const { id, properties, shape } of readLayer(layer, account, progress)) {
    const code = codeOf(fieldOf(layer, properties, 'code') ?? '')
    const name = fieldOf(layer, properties, 'name')
    if (!CODE.test(code) || !name || !('polygons' in shape)) {
      const reason =
        'polygons' in shape ? 'no region code of 6, 9 or 12 digits, or no name' : 'a line is no region'
      account.refused.push({ id, reason })
      continue
    }
    const validFrom = fieldOf(layer, properties, 'validFrom')
    const validTo = fieldOf(layer, properties, 'validTo')
    units.push({
      properties: { code, name, ...(validFrom ? { validFrom } : {}), ...(validTo ? { validTo } : {}) },
      coordinates: shape.polygons,
    })
  }
  if (units.length === 0)
    throw new Error(`layer ${layer.id} (${layer.file}) has no unit with a code and a name`)
  const anchors = spreadAnchors(units.map(({ coordinates }) => coordinates))
  const features = units.map(({ properties, coordinates }, index) => ({
    type: 'Feature',
    properties: { ...properties, anchor: anchors[index]! },
    geometry: { type: 'MultiPolygon', coordinates },
  }))
  const file = `${layer.id}.geojson`
  writeFileSync(join(folder, file), `${JSON.stringify({ type: 'FeatureCollection', features })}\n`)
  const described = describeOwn(layer, account, {
    kind: 'regions',
    file,
    features: features.length,
    steps: [],
  })
  return {
    layers: [await layerEntry(folder, described)],
    notes: { repaired: account.repaired, refused: account.refused },
  }
}
