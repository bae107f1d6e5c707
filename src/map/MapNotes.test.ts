import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, it, vi } from 'vitest'
import { type Ref, defineComponent, h, nextTick, ref } from 'vue'
import type { BasemapManifest } from '../domain/basemap.ts'
import type { Language } from '../domain/text.ts'
import { provideWords } from '../ui/words.ts'
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

const refusing = (
  props: Omit<InstanceType<typeof MapNotes>['$props'], 'manifest'>,
  language?: Ref<Language>,
) =>
  mount(
    defineComponent(() => {
      if (language) provideWords(language)
      return () => h(MapNotes, { manifest: undefined, ...props })
    }),
    { global: { plugins: [createPinia()] } },
  )

it('says for what each layer of a base map is refused, in the words of the viewer, and what to do', async () => {
  const refused = {
    map: '甲市',
    refusals: [{ layer: 'roads', reason: 'licence' }, { reason: 'approval' }],
  } as const
  const language = ref<Language>('zh')
  const wrapper = refusing({ error: 'refused', refused }, language)
  await vi.dynamicImportSettled()
  const alerts = () => wrapper.findAll('[role="alert"]').map((line) => line.text())
  expect(alerts()).toEqual([
    '底图未能使用：图层 roads 未注明许可',
    '底图未能使用：甲市底图标为公开使用而无审图号',
  ])
  expect(wrapper.text()).toContain('npm run city')
  expect(written({})).not.toContain('底图未能使用')
  language.value = 'en'
  await nextTick()
  expect(alerts()[0]).toBe('The base map cannot be used: layer roads names no licence')
})

it('tells one that cannot be read from one that is refused', async () => {
  const wrapper = refusing({ error: 'manifest.json answered 404' })
  await vi.dynamicImportSettled()
  const text = wrapper.text()
  expect(text).toContain('底图未能读取')
  expect(text).toContain('answered 404')
  expect(text).not.toContain('npm run city')
})
