import { afterEach, expect, it, vi } from 'vitest'
import type { BasemapLayer, BasemapManifest, RegionCollection } from '../domain/basemap.ts'
import { BasemapRefused, readBasemap } from './basemap.ts'

const layer = (changed: Partial<BasemapLayer>): BasemapLayer => ({
  id: 'regions',
  kind: 'regions',
  file: `${changed.id ?? 'regions'}.geojson`,
  sha256: '',
  bytes: 0,
  features: 1,
  provenance: 'real',
  source: { title: '测试数据' },
  credit: '测试数据',
  license: 'test',
  crs: 'EPSG:4490',
  asOf: '2024-05',
  mapUse: 'internal',
  mapApproval: null,
  sensitiveDropped: 0,
  steps: [],
  ...changed,
})
const manifest = (layers: BasemapLayer[], changed: Partial<BasemapManifest> = {}): BasemapManifest => ({
  city: '990100',
  name: '测试市',
  center: [106, 38],
  mapUse: 'internal',
  mapApproval: null,
  groundHeight: 0,
  layers,
  ...changed,
})
const unit = (code: string): RegionCollection => ({
  type: 'FeatureCollection',
  features: [
    {
      properties: { code, name: code, anchor: [106, 38] },
      geometry: { type: 'MultiPolygon', coordinates: [] },
    },
  ],
})

function serve(files: Record<string, unknown>): void {
  vi.stubGlobal('fetch', (address: string) =>
    Promise.resolve(Response.json(files[address.split('/').at(-1)!] ?? null)),
  )
}
afterEach(() => vi.unstubAllGlobals())

it('reads outlines by what a layer shows, whatever its id, and joins several', async () => {
  const layers = [layer({ id: 'counties', shows: 'boundaries' }), layer({ id: 'zones', shows: 'boundaries' })]
  serve({
    'manifest.json': manifest(layers),
    'counties.geojson': unit('640104'),
    'zones.geojson': unit('640171'),
  })
  const { regions } = await readBasemap('990100')
  expect(regions.features.map(({ properties }) => properties.code)).toEqual(['640104', '640171'])
  // A manifest of old says it by the id.
  serve({ 'manifest.json': manifest([layer({})]), 'regions.geojson': unit('640104') })
  expect((await readBasemap('990100')).regions.features).toHaveLength(1)
})

const refusalsOf = async (): Promise<readonly unknown[]> => {
  const refused = await readBasemap('990100').catch((cause: unknown) => cause)
  if (!(refused instanceof BasemapRefused)) throw new Error(`not refused: ${String(refused)}`)
  return refused.refusals
}

it.each([
  [{ license: ' ' }, 'licence'],
  [{ crs: '' }, 'crs'],
  [{ source: { title: '' } }, 'source'],
  [{ mapUse: 'public' }, 'approval'],
] as [Partial<BasemapLayer>, string][])('refuses a layer with %j', async (changed, reason) => {
  const water = layer({ id: 'water', kind: 'vector', ...changed })
  serve({ 'manifest.json': manifest([layer({}), water]), 'regions.geojson': unit('640104') })
  expect(await refusalsOf()).toEqual([{ layer: 'water', reason }])
})

it('refuses a map without outlines', async () => {
  serve({ 'manifest.json': manifest([layer({ id: 'water', kind: 'vector' })]) })
  expect(await refusalsOf()).toEqual([{ reason: 'boundaries' }])
})

it('shows a map for the public with the number it was granted, and refuses one without', async () => {
  const approved = { mapUse: 'public', mapApproval: '测试审图号' } as const
  serve({ 'manifest.json': manifest([layer(approved)], approved), 'regions.geojson': unit('640104') })
  expect((await readBasemap('990100')).manifest.mapApproval).toBe('测试审图号')
  serve({ 'manifest.json': manifest([layer(approved)], { ...approved, mapApproval: null }) })
  expect(await refusalsOf()).toEqual([{ reason: 'approval' }])
})
