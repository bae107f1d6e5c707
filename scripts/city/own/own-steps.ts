import { statSync } from 'node:fs'
import { sha256OfTree } from '../hashes.ts'
import type { LonLat } from '../regions/geojson.ts'
import type { Step } from '../steps.ts'
import { runBuildings } from './run-buildings.ts'
import type { HeightField } from './height-grid.ts'
import type { DeclaredLayer, LayersFile } from './layers-file.ts'
import { runRegions } from './run-regions.ts'
import { runTerrain } from './run-terrain.ts'
import { runTileset } from './run-tileset.ts'
import { runVector } from './run-vector.ts'

/** What one layer's step gets: the layer, where to write, and the middle of the city. */
export interface LayerJob {
  layer: DeclaredLayer
  folder: string
  center: LonLat
  groundHeight: number
  /** The terrain, where the city has one: buildings stand on it. */
  terrain: HeightField | undefined
  progress(fraction: number): void
}

const RUNNERS: Record<
  DeclaredLayer['kind'],
  { run: (job: LayerJob) => ReturnType<Step['run']>; folder: boolean }
> = {
  boundaries: { run: runRegions, folder: false },
  towns: { run: runRegions, folder: false },
  communities: { run: runRegions, folder: false },
  water: { run: runVector, folder: false },
  green: { run: runVector, folder: false },
  roads: { run: runVector, folder: false },
  rail: { run: runVector, folder: false },
  buildings: { run: runBuildings, folder: true },
  terrain: { run: runTerrain, folder: true },
  '3dtiles': { run: runTileset, folder: true },
}

/** One step for each layer of layers.yaml, boundaries first, because they are what a map cannot do without. */
export async function ownSteps(
  file: LayersFile,
  place: Pick<LayerJob, 'center' | 'groundHeight' | 'terrain'>,
): Promise<Step[]> {
  const ordered = file.layers.toSorted((a, b) => rank(a) - rank(b))
  const heights = file.layers.find(({ kind }) => kind === 'terrain')
  const seat = heights && [heights.crs.name, await hashOf(heights.path)]
  return await Promise.all(
    ordered.map(async (layer) => {
      const { run, folder: isFolder } = RUNNERS[layer.kind]
      const { crs, path, ...declared } = layer
      const { center, groundHeight } = place
      const inputs = { ...declared, crs: crs.name, center, groundHeight, hash: await hashOf(path) }
      return {
        id: layer.id,
        inputs: layer.kind === 'buildings' ? { ...inputs, seat } : inputs,
        outputs: [isFolder ? layer.id : `${layer.id}.geojson`],
        weight: 1 + sizeOf(path),
        run: (folder: string, progress: LayerJob['progress']) => run({ layer, folder, ...place, progress }),
      }
    }),
  )
}

/** A shapefile is several files; a tileset declared by its tileset.json is the folder around it. */
async function hashOf(path: string): Promise<string> {
  if (path.endsWith('tileset.json')) return await sha256OfTree(path.slice(0, -'/tileset.json'.length))
  if (!/\.shp$/i.test(path)) return await sha256OfTree(path)
  const parts = ['.shp', '.dbf', '.prj', '.cpg'].map((extension) => path.replace(/\.shp$/i, extension))
  const hashes = await Promise.all(parts.map((part) => sha256OfTree(part).catch(() => '')))
  return hashes.join()
}

function sizeOf(path: string): number {
  const stat = statSync(path)
  return stat.isDirectory() ? 1e6 : stat.size
}

function rank({ kind }: DeclaredLayer): number {
  return kind === 'boundaries' ? 0 : 1
}
