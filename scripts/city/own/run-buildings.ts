import { join } from 'node:path'
import { layerEntry } from '../layer-entry.ts'
import type { StepResult } from '../steps.ts'
import { writeBuildingTileset } from '../tiles/building-tileset.ts'
import type { Footprint } from '../tiles/footprint.ts'
import { groundOf } from '../tiles/terrain-mesh.ts'
import { describeOwn } from './describe.ts'
import { fieldOf, positiveOf } from './field-values.ts'
import type { DeclaredLayer } from './layers-file.ts'
import type { LayerJob } from './own-steps.ts'
import { newAccount, type PlacedFeature, readLayer } from './read-layer.ts'

/** Reading takes about this share of the time, writing tiles the rest. */
const READING = 0.6

/** Buildings as prisms in 3D Tiles. */
export async function runBuildings(job: LayerJob): Promise<StepResult> {
  const { layer, folder, center, groundHeight, terrain, progress } = job
  const account = newAccount()
  const footprints: Footprint[] = []
  for await (const feature of readLayer(layer, account, (fraction) => progress(fraction * READING))) {
    const found = footprintsOf(feature, layer)
    if (found.length === 0) account.refused.push({ id: feature.id, reason: 'a line is no building' })
    footprints.push(...found)
  }
  if (footprints.length === 0) throw new Error(`layer ${layer.id} (${layer.file}) has no building`)
  let written = 0
  const built = writeBuildingTileset(
    join(folder, layer.id),
    footprints,
    center,
    layer.provenance ?? 'real',
    (buildings) => progress(READING + ((written += buildings) / footprints.length) * (1 - READING)),
    terrain && groundOf(terrain, groundHeight),
  )
  for (const id of built.refused)
    account.refused.push({ id, reason: 'its roof cannot be cut into triangles' })
  const described = describeOwn(layer, account, {
    kind: '3dtiles',
    file: `${layer.id}/tileset.json`,
    features: built.buildings,
    steps: [
      `${built.tiles} tiles`,
      ...(terrain ? ['feet on the terrain'] : []),
      ...heightSteps(footprints, layer),
    ],
  })
  return {
    layers: [await layerEntry(folder, described)],
    notes: { repaired: account.repaired, refused: account.refused },
  }
}

function footprintsOf({ id, properties, shape }: PlacedFeature, layer: DeclaredLayer): Footprint[] {
  if (!('polygons' in shape)) return []
  const name = fieldOf(layer, properties, 'name')
  const base = positiveOf(fieldOf(layer, properties, 'base')) ?? 0
  const measured = positiveOf(fieldOf(layer, properties, 'height'))
  const floors = positiveOf(fieldOf(layer, properties, 'floors'))
  const top = measured ?? (floors === undefined ? layer.assumedHeight : floors * layer.floorHeight)
  return shape.polygons.map((rings, part) => ({
    id: shape.polygons.length > 1 ? `${id}/${part + 1}` : id,
    ...(name ? { name } : {}),
    rings,
    base: base < top ? base : 0,
    height: base < top ? top - base : top,
    heightFrom: measured === undefined ? (floors === undefined ? 'assumed' : 'floors') : 'measured',
  }))
}

function heightSteps(footprints: readonly Footprint[], layer: DeclaredLayer): string[] {
  const counted = (from: Footprint['heightFrom']) =>
    footprints.filter(({ heightFrom }) => heightFrom === from).length
  const [floors, assumed] = [counted('floors'), counted('assumed')]
  return [
    ...(floors > 0 ? [`${floors} heights from floors of ${layer.floorHeight} m`] : []),
    ...(assumed > 0 ? [`${assumed} heights not in the source, drawn ${layer.assumedHeight} m high`] : []),
  ]
}
