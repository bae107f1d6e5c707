import { join } from 'node:path'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { RegionCollectionSchema } from '../../../src/domain/basemap.ts'
import { builtFrom } from '../fixtures/built-map.ts'
import { cityFolder, type FixtureLayer } from '../fixtures/city-folder.ts'
import { writePbf } from '../fixtures/pbf.ts'

const file = 'city.osm.pbf'

/** Two counties that share a border, the eastern with a hole; a town; a province, which is neither. */
function extract(codeTag: string): Parameters<typeof writePbf>[1] {
  const unit = (level: string, name: string, code: string) => ({
    type: 'boundary',
    boundary: 'administrative',
    admin_level: level,
    name,
    [codeTag]: code,
  })
  const outer = (...ways: number[]) => ways.map((way) => ({ way, role: 'outer' }))
  return {
    nodes: {
      1: [106, 38],
      2: [106.2, 38],
      3: [106.2, 38.2],
      4: [106, 38.2],
      5: [106.4, 38],
      6: [106.4, 38.2],
      7: [106.25, 38.05],
      8: [106.3, 38.05],
      9: [106.3, 38.1],
    },
    ways: [
      { id: 1, refs: [2, 3] },
      { id: 2, refs: [3, 4, 1, 2] },
      { id: 3, refs: [2, 5, 6, 3] },
      { id: 4, refs: [7, 8, 9, 7] },
      { id: 5, refs: [1, 3] },
    ],
    relations: [
      { id: 10, tags: unit('6', '甲区', '640104'), members: outer(1, 2) },
      {
        id: 11,
        tags: unit('6', '乙县', '640122000000'),
        members: [...outer(1, 3), { way: 4, role: 'inner' }, { way: 5, role: 'label' }],
      },
      { id: 12, tags: unit('8', '丙镇', '640122100'), members: outer(4) },
      { id: 13, tags: unit('4', '某省', '640000'), members: outer(2, 3) },
    ],
  }
}

async function builtWith(codeTag: string, layers: FixtureLayer[]) {
  const folder = cityFolder(layers)
  writePbf(join(folder, file), extract(codeTag))
  return await builtFrom(folder)
}
const layer = (kind: string, more: object = {}) => ({ kind, file, crs: 'EPSG:4326', ...more })

it('reads units out of boundary relations, by their level and the usual keys of their codes', async () => {
  const { json } = await builtWith('ref:admin:CN', [layer('boundaries'), layer('towns')])
  const read = (name: string) =>
    v
      .parse(RegionCollectionSchema, json(name))
      .features.map(({ properties, geometry }) => [
        properties.code,
        properties.name,
        geometry.coordinates[0]!.length,
      ])
  expect(read('regions.geojson')).toEqual([
    ['640104', '甲区', 1],
    ['640122', '乙县', 2],
  ])
  expect(read('towns.geojson')).toEqual([['640122100', '丙镇', 1]])
})

it('takes the code from the key that the layer declares', async () => {
  const declared = layer('boundaries', { fields: { code: 'code:own' } })
  const { json } = await builtWith('code:own', [declared])
  expect(v.parse(RegionCollectionSchema, json('regions.geojson')).features).toHaveLength(2)
  await expect(builtWith('code:own', [layer('boundaries')])).rejects.toThrow(
    'layer regions (city.osm.pbf) has no unit with a code and a name',
  )
})
