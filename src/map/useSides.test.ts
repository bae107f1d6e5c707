import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { silentView } from '../../tests/support/silent-view.ts'
import { catalogueWith, indicatorWith } from '../../tests/support/wire-fixtures.ts'
import { readSeries } from '../client/gateway.ts'
import { GatewayError } from '../client/http.ts'
import type { MapKit } from '../contracts/map-kit.ts'
import { type RegionShape, type SituationView, defineMapLayer } from '../contracts/map-layer.ts'
import { useCatalogue } from '../stores/catalogue.ts'
import { useClock } from '../stores/clock.ts'
import { useMapView } from '../stores/map-view.ts'
import { useSides } from './useSides.ts'

vi.mock('../client/gateway.ts')
const asked = vi.mocked(readSeries)
const code = 'MAC.IND.VAI'
const past = Date.parse('2026-07-05T00:00:00Z')
const build = vi.fn((_view: SituationView) => [])
const layer = defineMapLayer({ title: { zh: '层' }, indicators: [code], build })
let scope = effectScope()

beforeEach(() => {
  setActivePinia(createPinia())
  scope = effectScope()
  useClock().nowMs = Date.parse('2026-08-06T06:32:00Z')
  useCatalogue().accept(catalogueWith({ indicators: [indicatorWith({ code })] }))
  asked.mockReset()
  asked.mockResolvedValue({ series: [], asOf: '', serverTime: '' })
  useMapView().compare({ left: new Set(), right: new Set(), instants: { left: past } })
})
afterEach(() => scope.stop())

const shapeOf = (name: string): readonly RegionShape[] => [
  { region: { code: name, name: { zh: name }, level: 'county' }, polygons: [], anchor: [0, 0, 0] },
]
const boundsOf = (atMs: number) => ({
  shapes: shapeOf(`county ${atMs}`),
  units: shapeOf(`town ${atMs}`),
  zones: shapeOf(`zone ${atMs}`),
})
const sides = () =>
  scope.run(() =>
    useSides({
      shown: () => [{ id: 'one', layer }],
      theme: () => undefined,
      boundsAt: boundsOf,
    }),
  )!

it('names the half whose figures could not be read: what it lacks is not known to be missing', async () => {
  asked.mockRejectedValueOnce(new GatewayError('away', 503))
  const { unread } = sides()
  expect(unread.value).toEqual([])
  await flushPromises()
  expect(unread.value).toEqual(['left'])
  useMapView().standSideAt('left', undefined)
  await flushPromises()
  expect(unread.value).toEqual([])
})

it('gives a half of another day the units, towns and zones of that day, and the other half those of the map', async () => {
  const { layers } = sides()
  await flushPromises()
  const now = { ...silentView, ...boundsOf(0) }
  for (const half of layers.value) half.build(now, {} as MapKit)
  const told = build.mock.calls.map(([{ shapes, units, zones = [] }]) =>
    [shapes, units, zones].map(([one]) => one!.region.code),
  )
  expect(told).toEqual([
    [`county ${past}`, `town ${past}`, `zone ${past}`],
    ['county 0', 'town 0', 'zone 0'],
  ])
})
