import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { VectorCollectionSchema } from '../../../src/domain/basemap.ts'
import { boundaries, builtFrom } from '../fixtures/built-map.ts'
import { cityFolder, polygon, square, writeBoundaries, writeGeoJson } from '../fixtures/city-folder.ts'
import { writePbf } from '../fixtures/pbf.ts'
import { writeShapefile } from '../fixtures/shapefile.ts'

const good = polygon(square(106.1, 38.1, 0.01), {}, 'good')
const feature = (id: string, geometry: unknown) => ({ type: 'Feature', id, properties: {}, geometry })

/** Builds water from features as they stand; what was drawn, and the account of the rest. */
async function waterOf(features: readonly unknown[], write = writeGeoJson) {
  const folder = cityFolder([boundaries, { kind: 'water', file: 'w.geojson' }])
  writeBoundaries(folder)
  write(join(folder, 'w.geojson'), features)
  const { json, layer } = await builtFrom(folder)
  return { drawn: v.parse(VectorCollectionSchema, json('water.geojson')).features, layer: layer('water') }
}

describe('a broken geometry is mended or listed by its id', () => {
  it('a position without numbers is no place, least of all 0, 0', async () => {
    const holed = [
      ...square(106.1, 38.1, 0.01).slice(0, 2),
      [null, null],
      ...square(106.1, 38.1, 0.01).slice(2),
    ]
    const texts = square(106.1, 38.1, 0.01).map((at) => at.map(String))
    const { drawn, layer } = await waterOf([
      feature('null', { type: 'Polygon', coordinates: [holed] }),
      feature('half', { type: 'LineString', coordinates: [[106.1, 38.1], [106.2], 7, [106.2, 38.2]] }),
      feature('texts', { type: 'Polygon', coordinates: [texts] }),
    ])
    expect(drawn.map(({ id }) => id)).toEqual(['null', 'half'])
    const places = JSON.stringify(drawn.map(({ geometry }) => geometry))
      .match(/\d[\d.]*/g)!
      .map(Number)
    expect(Math.min(...places)).toBeGreaterThan(38)
    expect(layer.repaired).toEqual(['null', 'half'])
    expect(layer.refused).toEqual([{ id: 'texts', reason: 'no ring of it encloses an area' }])
  })

  it('one without coordinates, without geometry, of the wrong form, a point, and what is no feature', async () => {
    const { drawn, layer } = await waterOf([
      feature('none', null),
      feature('bare', { type: 'Polygon' }),
      feature('flat', { type: 'MultiPolygon', coordinates: [[106.1, 38.1]] }),
      feature('empty', { type: 'Polygon', coordinates: [] }),
      feature('point', { type: 'Point', coordinates: [106.1, 38.1] }),
      feature('far', { type: 'LineString', coordinates: [[106.1, 38.1], [1e7, 38.1]] }), // prettier-ignore
      { type: 'Topology' },
      good,
    ])
    expect(drawn.map(({ id }) => id)).toEqual(['good'])
    expect(Object.fromEntries(layer.refused!.map(({ id, reason }) => [id, reason]))).toEqual({
      none: 'it has no geometry',
      bare: 'its coordinates are not those of a Polygon',
      flat: 'its coordinates are not those of a MultiPolygon',
      empty: 'no ring of it encloses an area',
      point: 'a point: the base map draws lines and areas',
      far: '10000000, 38.1 lies outside the earth in EPSG:4490',
      '#7': 'it is a Topology, no Feature',
    })
  })

  it('a feature that is no JSON, and those after it', async () => {
    const { drawn, layer } = await waterOf([good], (path) =>
      writeFileSync(
        path,
        `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"depth":NaN}},${JSON.stringify(good)}]}`,
      ),
    )
    expect(drawn).toHaveLength(1)
    expect(layer.refused).toMatchObject([{ id: '#1' }])
  })

  it('null shapes of a shapefile', async () => {
    const folder = cityFolder([boundaries, { kind: 'green', file: 'g.shp' }])
    writeBoundaries(folder)
    const row = { BH: Buffer.from('a') }
    writeShapefile(
      join(folder, 'g.shp'),
      [
        { rings: [square(106.1, 38.1, 0.01).toReversed()], row },
        { rings: [], row },
      ],
      { BH: 8 },
    )
    const { layer } = await builtFrom(folder)
    expect(layer('green')).toMatchObject({
      features: 1,
      refused: [{ id: '#2', reason: 'it has no geometry' }],
    })
  })
})

it('lists what an OpenStreetMap extract leaves open', async () => {
  const pbf = { file: 'city.osm.pbf', crs: 'EPSG:4326' }
  const folder = cityFolder([boundaries, { kind: 'water', ...pbf }, { kind: 'roads', ...pbf }])
  writeBoundaries(folder)
  const water = { type: 'multipolygon', natural: 'water' }
  const outer = (way: number) => ({ way, role: 'outer' })
  writePbf(join(folder, pbf.file), {
    nodes: {
      1: [106.1, 38.1],
      2: [106.11, 38.1],
      3: [106.11, 38.11],
      4: [106.1, 38.11],
      11: [106.3, 38.3],
      12: [106.31, 38.3],
      13: [106.31, 38.31],
    },
    ways: [
      { id: 1, refs: [1, 2, 3] },
      { id: 2, refs: [3, 4, 1] },
      { id: 3, refs: [11, 12, 13, 11] },
      { id: 4, refs: [1, 2, 77, 3], tags: { highway: 'primary' } },
      { id: 5, refs: [1, 77], tags: { highway: 'primary' } },
      { id: 6, refs: [1, 2, 3, 4, 1], tags: { natural: 'water' } },
    ],
    relations: [
      { id: 20, tags: water, members: [outer(1)] },
      { id: 21, tags: water, members: [outer(1), outer(2), { way: 3, role: 'inner' }] },
      { id: 22, tags: water, members: [outer(1), outer(2), outer(99)] },
      { id: 23, tags: water, members: [outer(98)] },
    ],
  })
  const { json, layer } = await builtFrom(folder)
  expect(layer('water')).toMatchObject({
    features: 3,
    repaired: ['relation/21', 'relation/22'],
    refused: [
      { id: 'relation/20', reason: 'left out 1 rings that do not close' },
      { id: 'relation/23', reason: '1 of its 1 ways are not in the extract' },
    ],
  })
  expect(layer('road')).toMatchObject({
    features: 1,
    repaired: ['way/4'],
    refused: [{ id: 'way/5', reason: '1 of its 2 nodes are not in the extract' }],
  })
  expect(json('report.json')).toMatchObject({
    water: {
      repaired: [
        { id: 'relation/21', repairs: ['left out 1 holes in no outer ring'] },
        { id: 'relation/22', repairs: ['1 of its 3 ways are not in the extract'] },
      ],
    },
  })
})

it('lists the roads that it draws in no class', async () => {
  const folder = cityFolder([boundaries, { kind: 'roads', file: 'r.geojson' }])
  writeBoundaries(folder)
  const line = { type: 'LineString', coordinates: [[106.1, 38.1], [106.2, 38.2]] } // prettier-ignore
  writeGeoJson(join(folder, 'r.geojson'), [
    { type: 'Feature', id: 'a', properties: { highway: 'primary' }, geometry: line },
    { type: 'Feature', id: 'b', properties: { highway: 'footway' }, geometry: line },
  ])
  const { json, layer } = await builtFrom(folder)
  expect(layer('road').features).toBe(1)
  expect(json('report.json')).toMatchObject({ road: { unclassed: ['b'] } })
})
