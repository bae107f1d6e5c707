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
