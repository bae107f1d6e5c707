import { join } from 'node:path'
import { layerEntry } from '../layer-entry.ts'
import type { StepResult } from '../steps.ts'
import { writeTerrainTileset } from '../tiles/terrain-tileset.ts'
import { describeOwn } from './describe.ts'
import { heightField } from './height-grid.ts'
import type { LayerJob } from './own-steps.ts'
import { newAccount } from './read-layer.ts'
import { readHeights } from './read-heights.ts'

/** A height model as a terrain mesh. */
export async function runTerrain({
  layer,
  folder,
  center,
  groundHeight,
  progress,
}: LayerJob): Promise<StepResult> {
  const grid = await readHeights(layer, (fraction) => progress(fraction * 0.5))
  const field = heightField(grid, layer.crs)
  if (Math.abs(field.west) > 180 || Math.abs(field.north) > 90)
    throw new Error(
      `layer ${layer.id} (${layer.file}) is refused: it lies outside the earth in ${layer.crs.name}`,
    )
  const built = writeTerrainTileset(join(folder, layer.id), field, center, groundHeight, (fraction) =>
    progress(0.5 + fraction * 0.5),
  )
  const account = { ...newAccount(), read: grid.values.length }
  const voids = grid.values.reduce((sum, value) => sum + (Number.isNaN(value) ? 1 : 0), 0)
  const described = describeOwn(layer, account, {
    kind: 'terrain',
    file: `${layer.id}/tileset.json`,
    features: built.vertices,
    steps: [
      `${built.tiles} tiles, heights above ${groundHeight} m`,
      ...(voids > 0 ? [`${voids} places without a height drawn at ${groundHeight} m`] : []),
    ],
  })
  return { layers: [await layerEntry(folder, described)], notes: {} }
}
