import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import gcoord from 'gcoord'
import { writeArrayBuffer } from 'geotiff'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import {
  type RegionCollection,
  RegionCollectionSchema,
  VectorCollectionSchema,
} from '../../../src/domain/basemap.ts'
import { regionsAt } from '../../../src/domain/regions-at.ts'
import { boundaries, builtFrom } from '../fixtures/built-map.ts'
import { cityFolder, polygon, square, writeBoundaries, writeGeoJson } from '../fixtures/city-folder.ts'
import { writePbf } from '../fixtures/pbf.ts'
import { writeShapefile } from '../fixtures/shapefile.ts'
import type { Ring } from '../regions/geojson.ts'
import { writeBuildingTileset } from '../tiles/building-tileset.ts'
import { crsNamed } from './crs.ts'

const vectors = (value: unknown) => v.parse(VectorCollectionSchema, value).features

describe('a city brings', () => {
  it('GeoJSON in GCJ-02, with units that came and went', async () => {
    const folder = cityFolder([{ ...boundaries, crs: 'GCJ-02' }])
    const shifted = (ring: Ring) =>
      ring.map((at) => gcoord.transform<[number, number]>(at, gcoord.WGS84, gcoord.GCJ02))
    writeGeoJson(join(folder, boundaries.file), [
      polygon(shifted(square(106, 38, 0.2)), { adcode: 156640104, name: '甲区' }),
      polygon(shifted(square(106.2, 38, 0.2)), { code: '640199', name: '乙区 {"]', validFrom: '2020-06' }),
      polygon(shifted(square(106.1, 38, 0.2)), { name: '无代码' }, 'nameless'),
    ])
    const { json, layer, manifest } = await builtFrom(folder)
    const { features } = v.parse(RegionCollectionSchema, json('regions.geojson'))
    const [west, south] = features[0]!.geometry.coordinates[0]![0]![0]!
    expect(Math.hypot((west - 106) * 87_700, (south - 38) * 111_000)).toBeLessThan(0.12)
    const codes = (day: string) =>
      regionsAt(
        features.map(({ properties }) => properties),
        day,
      ).map(({ code }) => code)
    expect(codes('2019')).toEqual(['640104'])
    expect(codes('2021')).toEqual(['640104', '640199'])
    expect(layer('regions')).toMatchObject({
      kind: 'regions',
      crs: 'GCJ-02',
      mark: '内部使用',
      provenance: 'real',
    })
    expect(layer('regions').refused).toEqual([
      { id: 'nameless', reason: 'no region code of 6, 9 or 12 digits, or no name' },
    ])
    expect(manifest).toMatchObject({ mapUse: 'internal', mapApproval: null, center: [106.2, 38.1] })
  })

  it('a shapefile in a Gauss–Krüger zone with a table in GBK: heights, floors, and none', async () => {
    const buildings = {
      kind: 'buildings',
      file: 'houses.shp',
      crs: 'EPSG:4544',
      encoding: 'gbk',
      fields: { name: 'MC', height: 'GD', floors: 'CS', id: 'BH' },
    }
    const folder = cityFolder([boundaries, buildings])
    writeBoundaries(folder)
    const metres = (ring: Ring): Ring => ring.map((at) => crsNamed('EPSG:4544').fromLonLat(...at))
    const text = (value: string) => Buffer.from(value)
    // 甲楼 in GBK.
    const row = (id: string, height: string, floors: string) => ({
      BH: text(id),
      MC: Buffer.from([0xbc, 0xd7, 0xc2, 0xa5]),
      GD: text(height),
      CS: text(floors),
    })
    writeShapefile(
      join(folder, 'houses.shp'),
      [
        { rings: [metres(square(106.1, 38.1, 0.001)).toReversed()], row: row('a', '45.5', '') },
        { rings: [metres(square(106.11, 38.1, 0.001)).toReversed()], row: row('b', '', '10') },
        { rings: [metres(square(106.12, 38.1, 0.001)).toReversed()], row: row('c', '0', '') },
      ],
      { BH: 8, MC: 16, GD: 8, CS: 4 },
    )
    const { layer, out } = await builtFrom(folder)
    expect(layer('buildings')).toMatchObject({ kind: '3dtiles', file: 'buildings/tileset.json', features: 3 })
    expect(layer('buildings').steps).toContain('1 heights from floors of 3 m')
    expect(layer('buildings').steps).toContain('1 heights not in the source, drawn 9 m high')
    const tile = readFileSync(join(out, 'buildings/0.glb'))
    expect(tile.includes('甲楼甲楼甲楼')).toBe(true)
    const { root } = JSON.parse(readFileSync(join(out, 'buildings/tileset.json'), 'utf8')) as {
      root: { boundingVolume: { box: number[] } }
    }
    // The tallest is 45.5 m; about 12 km from the middle the ellipsoid has fallen away by 11 m.
    const [, , up, , , , , , , , , half] = root.boundingVolume.box
    expect(up! + half!).toBeGreaterThan(30)
    expect(up! + half!).toBeLessThan(46)
  })

  it('an OpenStreetMap extract: roads by class, rail, water with an island', async () => {
    const pbf = { file: 'city.osm.pbf', crs: 'EPSG:4326' }
    const folder = cityFolder([
      boundaries,
      { kind: 'roads', ...pbf },
      { kind: 'rail', ...pbf },
      { kind: 'water', ...pbf },
      { kind: 'buildings', ...pbf },
    ])
    writeBoundaries(folder)
    writePbf(join(folder, pbf.file), {
      nodes: {
        1: [106.1, 38.1],
        2: [106.11, 38.1],
        3: [106.11, 38.11],
        4: [106.1, 38.11],
        11: [106.103, 38.103],
        12: [106.107, 38.103],
        13: [106.107, 38.107],
        900000000011: [106.2, 38.2],
      },
      ways: [
        { id: 1, refs: [1, 2, 3], tags: { highway: 'primary_link', name: '甲路' } },
        { id: 2, refs: [1, 3], tags: { highway: 'footway' } },
        { id: 3, refs: [4, 900000000011], tags: { railway: 'rail' } },
        { id: 4, refs: [1, 2, 3] },
        { id: 5, refs: [1, 4, 3] },
        { id: 6, refs: [11, 12, 13, 11] },
        { id: 7, refs: [11, 12, 13, 11], tags: { building: 'yes', 'building:levels': '4' } },
        { id: 8, refs: [1, 777], tags: { highway: 'primary' } },
      ],
      relations: [
        {
          id: 9,
          tags: { type: 'multipolygon', natural: 'water', name: '甲湖' },
          members: [
            { way: 4, role: 'outer' },
            { way: 5, role: 'outer' },
            { way: 6, role: 'inner' },
          ],
        },
      ],
    })
    const { json, layer } = await builtFrom(folder)
    const roads = vectors(json('road.geojson'))
    expect(roads.map(({ id, properties }) => [id, properties])).toEqual([
      ['way/1', { name: '甲路', class: 'primary' }],
    ])
    const [rail] = vectors(json('rail.geojson'))
    expect(rail!.geometry.coordinates).toEqual([
      [
        [106.1, 38.11],
        [106.2, 38.2],
      ],
    ])
    const [lake] = vectors(json('water.geojson'))
    expect(lake!.id).toBe('relation/9')
    expect((lake!.geometry.coordinates as number[][][][])[0]!.map((ring) => ring.length)).toEqual([5, 4])
    expect(layer('buildings').features).toBe(1)
  })

  it('layers of names of its own, several of a kind', async () => {
    const roads = { kind: 'roads', file: 'r.geojson', fields: { class: 'highway' } }
    const folder = cityFolder([
      { ...boundaries, id: 'counties' },
      { ...roads, id: 'main-roads', where: { highway: 'primary' } },
      { ...roads, id: 'streets', where: { highway: 'residential' } },
    ])
    writeBoundaries(folder)
    writeGeoJson(join(folder, 'r.geojson'), [])
    const { manifest } = await builtFrom(folder)
    expect(manifest.layers.map(({ id, shows, file }) => [id, shows, file])).toEqual([
      ['counties', 'boundaries', 'counties.geojson'],
      ['main-roads', 'road', 'main-roads.geojson'],
      ['streets', 'road', 'streets.geojson'],
    ])
  })

  it.each(['tif', 'asc'])('heights as .%s, on which its buildings stand', async (format) => {
    const folder = cityFolder(
      [
        boundaries,
        { kind: 'terrain', file: `dem.${format}`, crs: 'EPSG:4326' },
        { kind: 'buildings', file: 'b.geojson' },
      ],
      { center: [106.1, 38.1] },
    )
    writeBoundaries(folder)
    writeGeoJson(join(folder, 'b.geojson'), [polygon(square(106.18, 38.1, 0.0004), { height: 20 })])
    // 40 by 40 cells of 0.005 degrees, rising 10 m a column eastwards from 1,000 m, one void.
    const values = Float32Array.from({ length: 1600 }, (_, cell) =>
      cell === 7 ? -9999 : 1000 + (cell % 40) * 10,
    )
    writeFileSync(join(folder, `dem.${format}`), format === 'tif' ? tiff(values) : ascii(values))
    const { layer, manifest, out } = await builtFrom(folder)
    expect(layer('terrain')).toMatchObject({ kind: 'terrain', file: 'terrain/tileset.json' })
    expect(layer('terrain').steps.join()).toContain('1 places without a height')
    // In the middle, twenty columns east: 1,195 m between the middles of two cells.
    expect(manifest.groundHeight).toBe(1195)
    const { root } = JSON.parse(readFileSync(join(out, 'buildings/tileset.json'), 'utf8')) as {
      root: { boundingVolume: { box: number[] } }
    }
    const [, , up, , , , , , , , , half] = root.boundingVolume.box
    // Its foot lies sixteen columns east: 160 m up, less 4 m of the earth's curve.
    expect(Math.abs(up! - half! - 156)).toBeLessThan(3)
    expect(layer('buildings').steps).toContain('feet on the terrain')
  })

  it('3D Tiles, whose every address must stay in their folder', async () => {
    const folder = cityFolder([boundaries, { kind: '3dtiles', file: 'model' }], { center: [106.1, 38.1] })
    writeBoundaries(folder)
    writeBuildingTileset(
      join(folder, 'model'),
      [{ id: 'a', rings: [square(106.1, 38.1, 0.001)], base: 0, height: 5, heightFrom: 'measured' }],
      [106.1, 38.1],
      'real',
      () => undefined,
    )
    const { layer, out } = await builtFrom(folder)
    expect(layer('model')).toMatchObject({ kind: '3dtiles', file: 'model/tileset.json', features: 1 })
    expect(existsSync(join(out, 'model/0.glb'))).toBe(true)
    const tileset = readFileSync(join(folder, 'model/tileset.json'), 'utf8')
    for (const [address, said] of [
      ['https://tiles.example/0.glb', 'asks no other server'],
      ['../../secret.glb', 'lies outside its folder'],
      ['gone.glb', 'gone.glb is missing'],
    ]) {
      writeFileSync(join(folder, 'model/tileset.json'), tileset.replace('0.glb', address!))
      await expect(builtFrom(folder)).rejects.toThrow(said)
    }
  })
})

const shared = resolve(import.meta.dirname, '../../../../shared/data')
const realFiles = [
  {
    file: 'shenzhen_nanshan_buildings.geojson',
    adcode: '440300',
    center: [113.93, 22.51],
    layers: [{ kind: 'buildings' }],
    most: { buildings: 5441 },
  },
  {
    file: 'wuhan_osm_buildings_roads.geojson',
    adcode: '420100',
    center: [114.4, 30.5],
    layers: [
      { kind: 'buildings', where: { layer: 'buildings' } },
      { kind: 'roads', where: { layer: 'roads' }, fields: { class: 'kind_detail' } },
    ],
    most: { buildings: 264, road: 244 },
  },
]
for (const { file, layers, most, ...city } of realFiles) {
  const absent = !existsSync(join(shared, file))
  it.skipIf(absent)(
    `builds from ${file}${absent ? ' (skipped: the file is not beside the project)' : ''}`,
    async () => {
      const folder = cityFolder(
        layers.map((layer) => ({ ...layer, file })),
        city,
      )
      writeFileSync(join(folder, file), readFileSync(join(shared, file)))
      const { layer, json } = await builtFrom(folder)
      for (const [id, features] of Object.entries(most)) expect(layer(id).features).toBe(features)
      expect((json('regions.geojson') as RegionCollection).features.length).toBeGreaterThan(5)
    },
  )
}

function tiff(values: Float32Array): Buffer {
  const made = writeArrayBuffer(values, {
    width: 40,
    height: 40,
    ModelPixelScale: [0.005, 0.005, 0],
    ModelTiepoint: [0, 0, 0, 106, 38.2, 0],
    GeographicTypeGeoKey: 4326,
    GTModelTypeGeoKey: 2,
    GDAL_NODATA: '-9999',
  })
  return Buffer.from(made)
}

function ascii(values: Float32Array): string {
  const rows = Array.from({ length: 40 }, (_, row) => values.subarray(row * 40, row * 40 + 40).join(' '))
  return `ncols 40\nnrows 40\nxllcorner 106\nyllcorner 38\ncellsize 0.005\nNODATA_value -9999\n${rows.join('\n')}\n`
}
