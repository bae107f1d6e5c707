import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { VectorCollectionSchema } from '../../../src/domain/basemap.ts'
import { boundaries, builtFrom } from '../fixtures/built-map.ts'
import { cityFolder, polygon, square, writeBoundaries, writeGeoJson } from '../fixtures/city-folder.ts'
import { writeShapefile } from '../fixtures/shapefile.ts'
import type { Ring } from '../regions/geojson.ts'
import { crsNamed } from './crs.ts'

/** Metres of a degree of longitude and of latitude near 38° north. */
const METRES = [87_700, 111_000] as const

async function greenFrom(file: string, crs: string, write: (path: string) => void) {
  const folder = cityFolder([boundaries, { kind: 'green', file, crs }])
  writeBoundaries(folder)
  write(join(folder, file))
  const { json, layer } = await builtFrom(folder)
  const [park] = v.parse(VectorCollectionSchema, json('green.geojson')).features
  return { corner: (park!.geometry.coordinates as Ring[][])[0]![0]![0]!, layer: layer('green') }
}

const park = (west: number, south: number, side: number) => (path: string) =>
  writeGeoJson(path, [polygon(square(west, south, side), {}, 'park')])

describe('a whole build puts on its place what is told in', () => {
  it.each([
    // The central meridian of zone 48; 0.9996 of the meridian's arc, integrated on its own: 4,207,498.019 m.
    ['EPSG:32648', 500_000, 4_205_815.02, 1000, [105, 38]],
    // Radius times the angle, and radius times ln tan(45° + φ/2).
    ['EPSG:3857', 11_802_092.414, 4_579_425.813, 1000, [106.02, 38]],
    // The published formulas of both, written once more beside this project.
    ['GCJ-02', 106.1045604159, 38.1006576642, 0.01, [106.1, 38.1]],
    ['BD-09', 106.1110276511, 38.1067468716, 0.01, [106.1, 38.1]],
  ] as const)('%s', async (crs, x, y, side, [longitude, latitude]) => {
    const { corner, layer } = await greenFrom('g.geojson', crs, park(x, y, side))
    expect(Math.abs(corner[0] - longitude) * METRES[0]).toBeLessThan(0.05)
    expect(Math.abs(corner[1] - latitude) * METRES[1]).toBeLessThan(0.05)
    expect(layer.crs).toBe(crs)
    expect(layer.steps).toContain(`converted from ${crs} to longitude and latitude`)
  })
})

describe('a whole build refuses by name a file that says otherwise', () => {
  const shapefile = (prj: string) => (path: string) => {
    const ring = square(106.1, 38.1, 0.01).toReversed()
    writeShapefile(path, [{ rings: [ring], row: { BH: Buffer.from('a') } }], { BH: 8 })
    writeFileSync(path.replace('.shp', '.prj'), prj)
  }
  const esri = (meridian: string, easting: string) =>
    `PROJCS["CGCS2000_GK",GEOGCS["GCS"],PARAMETER["False_Easting",${easting}],PARAMETER["Central_Meridian",${meridian}],UNIT["Meter",1.0]]`
  const projected = (code: number) => `PROJCS["zone",GEOGCS["CGCS2000"],AUTHORITY["EPSG","${code}"]]`

  it.each([
    ['EPSG:4490', projected(4544), 'EPSG:4490 is declared, the file says EPSG:4544'],
    ['EPSG:4543', projected(4544), 'EPSG:4543 is declared, the file says EPSG:4544'],
    ['EPSG:4490', 'PROJCS["CGCS2000_3_Degree_GK_CM_105E"]', 'EPSG:4490 is declared, the file is projected'],
    ['EPSG:4544', esri('108.0', '500000.0'), 'EPSG:4544 is declared, whose meridian is 105°'],
    ['EPSG:4544', esri('105.0', '35500000.0'), 'EPSG:4544 is declared, whose meridian is 105°'],
    ['EPSG:4490', 'PROJCRS["zone",ID["EPSG",4544]]', 'EPSG:4490 is declared, the file says EPSG:4544'],
    ['EPSG:4544', 'GEOGCS["GCS_China_2000"]', 'EPSG:4544 is declared, the file is in degrees'],
  ])('%s with the .prj %s', async (crs, prj, said) => {
    const built = greenFrom('g.shp', crs, shapefile(prj))
    await expect(built).rejects.toThrow(`layer green (g.shp) is refused: ${said}`)
  })

  it('with a crs behind its features', async () => {
    const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4544' } }
    const features = [polygon(square(106.1, 38.1, 0.01), {}, 'park')]
    const write = (path: string) =>
      writeFileSync(path, JSON.stringify({ type: 'FeatureCollection', features, crs }))
    await expect(greenFrom('g.geojson', 'EPSG:4490', write)).rejects.toThrow('the file says EPSG:4544')
  })

  it('with heights in another system than the .prj beside them', async () => {
    const folder = cityFolder([boundaries, { kind: 'terrain', file: 'dem.asc', crs: 'EPSG:4490' }])
    writeBoundaries(folder)
    writeFileSync(
      join(folder, 'dem.asc'),
      'ncols 2\nnrows 2\nxllcorner 106\nyllcorner 38\ncellsize 0.1\n1 2\n3 4\n',
    )
    writeFileSync(join(folder, 'dem.prj'), projected(4544))
    await expect(builtFrom(folder)).rejects.toThrow('layer terrain (dem.asc) is refused')
  })
})

it('reads a file of one feature or geometry, and says what else a file is not', async () => {
  const one = polygon(square(106.1, 38.1, 0.01), {}, 'park')
  for (const told of [one, one.geometry]) {
    const write = (path: string) => writeFileSync(path, JSON.stringify(told))
    expect((await greenFrom('g.geojson', 'EPSG:4490', write)).corner).toEqual([106.1, 38.1])
  }
  const topology = greenFrom('g.geojson', 'EPSG:4490', (path) => writeFileSync(path, '{"type":"Topology"}'))
  await expect(topology).rejects.toThrow('g.geojson is no GeoJSON FeatureCollection, Feature or geometry')
})

it('takes a shapefile whose .prj tells the declared zone without an authority', async () => {
  const prj = 'PROJCS["GK",PARAMETER["False_Easting",500000.0],PARAMETER["Central_Meridian",105.0]]'
  const metres = square(106.1, 38.1, 0.01).map((at) => crsNamed('EPSG:4544').fromLonLat(...at))
  const { corner } = await greenFrom('g.shp', 'EPSG:4544', (path) => {
    writeShapefile(path, [{ rings: [metres.toReversed()], row: { BH: Buffer.from('a') } }], { BH: 8 })
    writeFileSync(path.replace('.shp', '.prj'), prj)
  })
  expect(corner).toEqual([106.1, 38.1])
})
