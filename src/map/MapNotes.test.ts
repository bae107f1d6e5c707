import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, it } from 'vitest'
import type { BasemapManifest } from '../domain/basemap.ts'
import MapNotes from './MapNotes.vue'

const manifest: BasemapManifest = {
  city: '990100',
  name: '甲市',
  center: [106, 38],
  mapUse: 'demo',
  mapApproval: null,
  groundHeight: 0,
  layers: [],
}
const written = (changed: Partial<BasemapManifest>) =>
  mount(MapNotes, {
    props: { manifest: { ...manifest, ...changed } },
    global: { plugins: [createPinia()] },
  }).text()

it('marks a map for office use, and says of any other whether it was approved', () => {
  expect(written({})).toContain('演示底图，未送审')
  expect(written({})).not.toContain('内部使用')
  expect(written({ mapUse: 'internal' })).toMatch(/^内部使用/)
  expect(written({ mapUse: 'public', mapApproval: '测试审图号' })).toContain('审图号：测试审图号')
})

it('names whose data it shows, each once', () => {
  const layer = {
    kind: 'water',
    features: 1,
    provenance: 'synthetic',
    license: 'Apache-2.0',
    crs: 'EPSG:4490',
  }
  const layers = ['water', 'road'].map((id) => ({ ...layer, id, file: `${id}.geojson`, credit: '某局 2023' }))
  const text = written({ layers: layers as unknown as BasemapManifest['layers'] })
  expect(text.match(/某局 2023/g)).toHaveLength(1)
})

it('names the layers for which a base map is refused, and what to do', () => {
  const error = 'layer roads is refused: it names no licence\nlayer water is refused: it names no source'
  const wrapper = mount(MapNotes, {
    props: { manifest: undefined, error },
    global: { plugins: [createPinia()] },
  })
  const alerts = wrapper.findAll('[role="alert"]').map((line) => line.text())
  expect(alerts).toHaveLength(2)
  expect(alerts[0]).toContain('底图未能使用：layer roads is refused')
  expect(alerts[1]).toContain('water')
  expect(wrapper.text()).toContain('npm run city')
  expect(written({})).not.toContain('底图未能使用')
})
