import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { LineItem } from '../../contracts/map-kit.ts'
import type { EnuMetres, RegionShape } from '../../contracts/map-layer.ts'
import type { RegionCollection } from '../../domain/basemap.ts'
import type { Region } from '../../domain/region.ts'
import { mapPalette } from '../../ui/cartography/map-palette.ts'
import { recordingKit as kit } from '../../../tests/support/recording-kit.ts'
import { silentView } from '../../../tests/support/silent-view.ts'
import { regionShapes } from '../region-shapes.ts'
import zoneOutlines from './zone-outlines.ts'

const square = (west: number): EnuMetres[][] => [
  [
    [west, 0, 0],
    [west + 10, 0, 0],
    [west + 10, 10, 0],
    [west, 10, 0],
    [west, 0, 0],
  ],
]
const zone = (code: string, ...wests: number[]): RegionShape => ({
  region: { code, name: { zh: `${code}开发区` }, short: { zh: code.slice(5) }, level: 'zone' },
  polygons: wests.map(square),
  anchor: [wests[0]! + 5, 5, 0],
})
const zones = [zone('zone:one', 0, 10), zone('zone:two', 40)]
const itemsOf = (more: object): LineItem[] =>
  zoneOutlines
    .build({ ...silentView, zones, ...more }, kit)
    .flatMap((drawing) => (drawing as unknown as { items: LineItem[] }).items)

it('goes round all streets of a zone in one dashed line that is picked as the zone', () => {
  const [one, two, ...others] = itemsOf({})
  expect(others).toEqual([])
  expect([one!.feature, two!.feature]).toEqual(['region/zone:one', 'region/zone:two'])
  // Two squares side by side: six corners and back, without the edge between them.
  expect(one!.path).toHaveLength(7)
  expect(one!.dash).toBeDefined()
})

it('is stronger under the pointer and where it is chosen', () => {
  const widths = (more: object): number[] => itemsOf(more).map(({ width }) => width)
  const [plain] = widths({})
  expect(widths({ pointedRegion: 'zone:two' })).toEqual([plain, 2.6])
  expect(widths({ selectedRegion: 'zone:one' })).toEqual([3, plain])
  expect(itemsOf({ selectedRegion: 'zone:one' })[0]!.color.slice(0, 3)).toEqual(mapPalette.dark.selected)
})

it('says on the map that it overlaps', () => {
  expect(zoneOutlines.labels!({ ...silentView, zones }).map(({ text, region }) => [text, region])).toEqual([
    ['one *', 'zone:one'],
    ['two *', 'zone:two'],
  ])
  expect(zoneOutlines.legend!({ ...silentView, zones })[0]!.text.zh).toContain('不加总')
})

it('has every street of 长春’s zones on the shipped map, so that each zone of the list has an outline', () => {
  const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
  const towns = read('public/basemap/changchun/towns.geojson') as RegionCollection
  const regions = read('cities/changchun/regions.json') as Region[]
  const run = regions.filter(({ operatingParent }) => operatingParent !== undefined)
  expect(run).toHaveLength(29)
  const counties = new Set(regions.filter(({ level }) => level === 'county').map(({ code }) => code))
  expect(run.filter(({ parent }) => !counties.has(parent!))).toEqual([])
  const shapes = regionShapes(towns, new Map(run.map((street) => [street.code, street])), (x, y) => [x, y, 0])
  expect(shapes.map(({ region: { code } }) => code).toSorted()).toEqual(
    run.map(({ code }) => code).toSorted(),
  )
})
