import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { demoCity } from '../../../mock-data/simulator/geo/demo-town.ts'
import type { BasemapManifest } from '../../../src/domain/basemap.ts'
import { clipCity } from '../regions/clip-city.ts'
import { cityYaml, countyPolygons, placesOf } from './sources.ts'

it('the demo city is told what the builder of its base map is told', () => {
  const path = resolve(import.meta.dirname, '../../../public/basemap/changchun/manifest.json')
  const { recipe, center } = JSON.parse(readFileSync(path, 'utf8')) as BasemapManifest
  const { longitude, latitude } = cityYaml('changchun')!.center!
  expect(demoCity.center).toEqual([longitude, latitude])
  expect(center).toEqual(demoCity.center)
  expect(recipe).toMatchObject({ adcode: '220100', seed: demoCity.seed, buildings: demoCity.houses })
  const rings = clipCity(countyPolygons(), '220100').features.flatMap(({ geometry }) =>
    geometry.coordinates.flat(),
  )
  expect(demoCity.places).toEqual(
    placesOf('220100', rings).map(({ at, height, population }) => ({ at, height, population })),
  )
})
