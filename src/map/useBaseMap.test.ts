import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { catalogueWith } from '../../tests/support/wire-fixtures.ts'
import type { BasemapManifest } from '../domain/basemap.ts'
import { useBaseVectors } from '../stores/base-vectors.ts'
import { useBasemap } from '../stores/basemap.ts'
import { useCatalogue } from '../stores/catalogue.ts'
import type { MapHost } from './engine/map-host.ts'
import { loadRelief } from './relief.ts'
import { tellUnread, unreadTiles } from './unread-tiles.ts'
import { useBaseMap } from './useBaseMap.ts'

vi.mock('./relief.ts', async () => {
  const { ref } = await import('vue')
  return { loadRelief: vi.fn<typeof loadRelief>(), relief: ref() }
})
const asked = vi.mocked(loadRelief)
const host = { setBaseMap: vi.fn() } as unknown as MapHost
const manifestOf = (name: string, layers: string[]): BasemapManifest =>
  ({
    name,
    layers: layers.map((id) => ({ id, kind: '3dtiles', file: `${id}.json` })),
  }) as unknown as BasemapManifest
let scope = effectScope()

function show(manifest: BasemapManifest): void {
  useBasemap().basemap = { manifest } as never
}
beforeEach(() => {
  setActivePinia(createPinia())
  scope = effectScope()
  asked.mockReset()
  useCatalogue().accept(catalogueWith())
})
afterEach(() => scope.stop())
const begin = () =>
  scope.run(() =>
    useBaseMap(
      host,
      () => 'dark',
      () => undefined,
    ),
  )

it('reads no relief of a base map that another has taken the place of, however late its outlines come', async () => {
  const [old, now] = [manifestOf('old', []), manifestOf('now', [])]
  let comeLate!: () => void
  vi.spyOn(useBaseVectors(), 'load').mockImplementation((_, manifest) =>
    manifest === old ? new Promise((done) => (comeLate = done)) : Promise.resolve(),
  )
  show(old)
  begin()
  show(now)
  await flushPromises()
  comeLate()
  await flushPromises()
  expect(asked.mock.calls.map(([manifest]) => manifest.name)).toEqual(['now'])
})

it('keeps what was told of tilesets that stay open when the catalogue is heard again, and forgets those that go', async () => {
  vi.spyOn(useBaseVectors(), 'load').mockResolvedValue()
  show(manifestOf('both', ['houses', 'towers']))
  begin()
  tellUnread('houses', 'draco')
  tellUnread('towers', 'meshopt')
  useCatalogue().accept(catalogueWith({ hash: 'h2' }))
  await flushPromises()
  expect([...unreadTiles.value.keys()]).toEqual(['houses', 'towers'])
  show(manifestOf('one', ['houses']))
  await flushPromises()
  expect([...unreadTiles.value.keys()]).toEqual(['houses'])
  scope.stop()
  expect(unreadTiles.value.size).toBe(0)
})
