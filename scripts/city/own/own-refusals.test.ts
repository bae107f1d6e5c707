import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { boundaries, builtFrom } from '../fixtures/built-map.ts'
import { cityFolder, polygon, square, writeBoundaries, writeGeoJson } from '../fixtures/city-folder.ts'
import type { Ring } from '../regions/geojson.ts'

describe('a layer is refused by name', () => {
  const refusal = async (layer: object, file: object = {}) => {
    const folder = cityFolder(
      [boundaries, { kind: 'water', file: 'w.geojson', ...layer }],
      file as Record<string, unknown>,
    )
    writeBoundaries(folder)
    writeGeoJson(join(folder, 'w.geojson'), [polygon(square(106.1, 38.1, 0.01), {})])
    return await builtFrom(folder).then(
      () => 'built',
      (error: Error) => error.message,
    )
  }

  it.each([
    [{ license: undefined }, 'layer water (w.geojson) is refused: it names no licence (license:)'],
    [{ crs: undefined }, 'layer water (w.geojson) is refused: it names no coordinate system (crs:)'],
    [{ source: undefined }, 'layer water (w.geojson) is refused: it names no source (source:)'],
    [{ asOf: undefined }, 'layer water (w.geojson) is refused: it names no date (asOf:)'],
    [{ file: 'gone.geojson' }, 'layer water (gone.geojson) is refused: there is no such file'],
    [{ id: 'regions' }, 'layer regions (w.geojson) has the id of another layer: give it its own'],
  ])('%j: %s', async (layer, said) => {
    expect(await refusal(layer)).toBe(said)
  })

  it('without a coordinate system that can be converted, or with coordinates that are not in it', async () => {
    expect(await refusal({ crs: 'EPSG:4610' })).toContain(
      'layer water (w.geojson) is refused: EPSG:4610 (Xian 1980)',
    )
    expect(await refusal({ axisOrder: 'yx' })).toContain('lies outside the earth')
  })

  it('when the file names another coordinate system than was declared', async () => {
    const folder = cityFolder([{ ...boundaries, crs: 'EPSG:4490' }])
    const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::3857' } }
    writeGeoJson(
      join(folder, boundaries.file),
      [polygon(square(106, 38, 0.4), { code: '640104', name: '甲区' })],
      { crs },
    )
    await expect(builtFrom(folder)).rejects.toThrow('EPSG:4490 is declared, the file says EPSG:3857')
  })

  it('when it is for the public and has no 审图号', async () => {
    expect(await refusal({}, { mapUse: 'public' })).toBe(
      'layer regions (boundaries.geojson) is refused: mapUse is public and it has no 审图号 (mapApproval:)\n' +
        'layer water (w.geojson) is refused: mapUse is public and it has no 审图号 (mapApproval:)',
    )
    expect(await refusal({}, { mapUse: 'public', mapApproval: '测试审图号' })).toBe('built')
  })

  it('a GeoPackage, and says how to export it', async () => {
    const folder = cityFolder([boundaries, { kind: 'water', file: 'w.gpkg' }])
    writeBoundaries(folder)
    writeFileSync(join(folder, 'w.gpkg'), 'SQLite format 3')
    await expect(builtFrom(folder)).rejects.toThrow('ogr2ogr water.geojson w.gpkg')
  })
})

describe('sensitive facilities', () => {
  const features = [
    polygon(square(106.1, 38.1, 0.001), { name: '某某变电站' }, 'p'),
    polygon(square(106.12, 38.1, 0.001), { building: 'barracks' }, 'q'),
    polygon(square(106.14, 38.1, 0.001), { building: 'yes', name: '某某小学' }, 'r'),
  ]
  const buildFor = async (mapUse: string) => {
    const folder = cityFolder([boundaries, { kind: 'buildings', file: 'b.geojson' }], {
      mapUse,
      mapApproval: '测试审图号',
    })
    writeBoundaries(folder)
    writeGeoJson(join(folder, 'b.geojson'), features)
    const { layer, out } = await builtFrom(folder)
    return { layer: layer('buildings'), tile: readFileSync(join(out, 'buildings/0.glb'), 'utf8') }
  }

  it('are left out of a public map, and counted', async () => {
    const { layer, tile } = await buildFor('public')
    expect(layer).toMatchObject({ sensitiveDropped: 2, features: 1, mapApproval: '测试审图号' })
    expect(layer.mark).toBeUndefined()
    expect(tile).not.toContain('变电站')
    expect(tile).toContain('某某小学')
  })

  it('are known by the fields that the layer declares, and codes by what the city says', async () => {
    const declared = {
      kind: 'buildings',
      file: 'b.geojson',
      fields: { name: 'JZMC', class: 'YT' },
      sensitive: { YT: ['9'] },
    }
    const folder = cityFolder([boundaries, declared], { mapUse: 'public', mapApproval: '测试审图号' })
    writeBoundaries(folder)
    writeGeoJson(join(folder, 'b.geojson'), [
      polygon(square(106.1, 38.1, 0.001), { JZMC: '某某变电站' }),
      polygon(square(106.12, 38.1, 0.001), { JZMC: '一号楼', YT: '军用' }),
      polygon(square(106.14, 38.1, 0.001), { JZMC: '二号楼', YT: 9 }),
      polygon(square(106.16, 38.1, 0.001), { JZMC: '某某小学', YT: '教育' }),
    ])
    const { layer, out } = await builtFrom(folder)
    expect(layer('buildings')).toMatchObject({ sensitiveDropped: 3, features: 1 })
    expect(readFileSync(join(out, 'buildings/0.glb'), 'utf8')).not.toContain('变电站')
  })

  it('in codes that nobody has judged are told', async () => {
    const declared = { kind: 'buildings', file: 'b.geojson', fields: { class: 'YT' } }
    const folder = cityFolder([boundaries, declared], { mapUse: 'public', mapApproval: '测试审图号' })
    writeBoundaries(folder)
    writeGeoJson(join(folder, 'b.geojson'), [polygon(square(106.1, 38.1, 0.001), { YT: 'H41' })])
    expect((await builtFrom(folder)).layer('buildings').steps.join()).toContain('1 have a class in codes')
  })

  it('stay on an internal one, which is marked', async () => {
    const { layer } = await buildFor('internal')
    expect(layer).toMatchObject({ sensitiveDropped: 0, features: 3, mark: '内部使用' })
  })
})

it('lists by id what it repaired and what it could not', async () => {
  const folder = cityFolder([boundaries, { kind: 'green', file: 'g.geojson' }])
  writeBoundaries(folder)
  const bowTie: Ring = [
    [106.1, 38.1],
    [106.2, 38.2],
    [106.2, 38.1],
    [106.1, 38.2],
    [106.1, 38.1],
  ]
  writeGeoJson(join(folder, 'g.geojson'), [
    polygon(bowTie, {}, 'tie'),
    polygon(square(106.1, 38.1, 0.01).slice(0, 4), {}, 'open'),
    polygon(
      [
        [106, 38],
        [106.1, 38.1],
        [106, 38],
      ],
      {},
      'line',
    ),
  ])
  const { layer, json } = await builtFrom(folder)
  expect(layer('green')).toMatchObject({
    features: 2,
    repaired: ['tie', 'open'],
    refused: [{ id: 'line', reason: 'no ring of it encloses an area' }],
  })
  expect(json('report.json')).toMatchObject({
    green: { repaired: [{ id: 'tie' }, { id: 'open', repairs: ['closed a ring'] }] },
  })
})
