import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { expect, it, vi } from 'vitest'
import { defineMapLayer } from '../contracts/map-layer.ts'
import { type CollectionNote, useFeatures } from '../stores/features.ts'
import { useMapView } from '../stores/map-view.ts'
import MapFeatureNotes from './MapFeatureNotes.vue'
import { forgetUnread, tellUnread } from './unread-tiles.ts'

const at = '2026-08-06T06:30:00Z'
const layer = defineMapLayer({
  title: { zh: '避难', en: 'Shelters' },
  collections: ['shelters'],
  build: () => [],
})

function noted(note: Partial<CollectionNote>, offsetMinutes = 0, layers = [layer, layer]): string {
  setActivePinia(createPinia())
  useMapView().standAt(offsetMinutes)
  const answer = {
    collection: 'shelters',
    at,
    source: 'emergency',
    provenance: 'synthetic',
    resultTime: at,
    receivedAt: at,
    hash: '',
    features: [],
    refused: [],
  } as const
  const whole = {
    card: { id: 'shelters', name: { zh: '避难场所' } },
    state: 'ready',
    receivedMs: Date.now() - 18 * 60_000,
    answer: { ...answer, ...note.answer },
    error: undefined,
    ...('state' in note ? { state: note.state } : {}),
  } as unknown as CollectionNote
  vi.spyOn(useFeatures(), 'note').mockReturnValue(whole)
  return mount(MapFeatureNotes, { props: { layers } }).text()
}

it('says nothing of what is on time and whole', () => {
  expect(noted({})).toBe('')
})

it('tells once what is late and since when, what is absent, what was refused, and what is a forecast', () => {
  expect(noted({ state: 'late' })).toMatch(/^◔ 避难场所迟，1[78] 分(钟)?前收到$/)
  expect(noted({ state: 'missing' })).toContain('避难场所无数据')
  const refused = [{ id: 'a', reason: 'ring is open' }]
  expect(noted({ answer: { refused } as never })).toBe('避难场所部分条目未采用')
  expect(noted({ answer: { at: '2026-08-06T09:30:00Z' } as never })).toBe('避难场所为预报')
})

it('names together what is as it is now in a picture of another time', () => {
  const marks = defineMapLayer({ title: { zh: '在办事件' }, standing: 'ahead', build: () => [] })
  const stations = defineMapLayer({ title: { zh: '监测点' }, standing: 'always', build: () => [] })
  expect(noted({}, 0, [marks, stations])).toBe('')
  expect(noted({}, -60, [marks, stations])).toBe('非所选时刻，为现状：监测点')
  expect(noted({}, 60, [marks, stations])).toBe('非所选时刻，为现状：在办事件、监测点')
})

it('names a model whose tiles cannot be read, and why, until another map is shown', () => {
  tellUnread('our-model', 'draco')
  expect(noted({})).toBe('三维模型 our-model 有 Draco 压缩的瓦片，不遮挡后方要素')
  forgetUnread()
  expect(noted({})).toBe('')
})
