import { type VueWrapper, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { defineMapLayer } from '../contracts/map-layer.ts'
import type { MapTheme } from '../domain/scene.ts'
import { useClock } from '../stores/clock.ts'
import { type CollectionNote, useFeatures } from '../stores/features.ts'
import { type Comparison, useMapView } from '../stores/map-view.ts'
import columns from './layers/district-columns.ts'
import land from './layers/district-land.ts'
import MapFeatureNotes from './MapFeatureNotes.vue'
import { forgetUnread, tellUnread } from './unread-tiles.ts'

const at = '2026-08-06T06:30:00Z'
const layer = defineMapLayer({
  title: { zh: '避难', en: 'Shelters' },
  collections: ['shelters'],
  build: () => [],
})

const theme = { id: 'flood', name: { zh: '防汛' }, layers: [] } as MapTheme

function noted(
  note: Partial<CollectionNote>,
  offsetMinutes = 0,
  layers = [layer, layer],
  shown: Partial<MapTheme> = {},
  instants: Comparison['instants'] = {},
): string {
  setActivePinia(createPinia())
  if (Object.keys(instants).length > 0) useMapView().compare({ left: new Set(), right: new Set(), instants })
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
  page = mount(MapFeatureNotes, { props: { layers, theme: { ...theme, ...shown } } })
  return page.text()
}
let page: VueWrapper

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

it('names columns and classes of land in a picture of another time, where the theme has any', () => {
  const classed = { land: { indicator: 'GDP', by: 'yoy', bounds: [2, 4, 6] } } as Partial<MapTheme>
  const standing = (minutes: number, shown: Partial<MapTheme>) => noted({}, minutes, [columns, land], shown)
  expect(standing(0, { column: 'GDP', ...classed })).toBe('')
  expect(standing(-60, { column: 'GDP', ...classed })).toBe(
    '非所选时刻，为现状：县（市）区柱、县（市）区地面分级',
  )
  expect(standing(60, { column: 'GDP' })).toBe('非所选时刻，为现状：县（市）区柱')
  expect(standing(60, {})).toBe('')
})

it('tells of halves at instants of their own what is as it is now there', () => {
  const marks = defineMapLayer({ title: { zh: '在办事件' }, standing: 'ahead', build: () => [] })
  const [past, ahead] = [Date.now() - 3_600_000, Date.now() + 3_600_000]
  const halves = (instants: Comparison['instants'], minutes = 0) =>
    noted({}, minutes, [marks, columns], { column: 'GDP' }, instants)
  expect(halves({ left: past })).toBe('')
  expect(halves({ left: past, right: ahead })).toBe('非所选时刻，为现状：在办事件')
  expect(halves({ left: past }, 60)).toBe('非所选时刻，为现状：在办事件、县（市）区柱')
  expect(halves({ left: past, right: past }, 60)).toBe('')
})

it('names a model whose tiles cannot be read, and why, until another map is shown', () => {
  tellUnread('our-model', 'draco')
  expect(noted({})).toBe('三维模型 our-model 有 Draco 压缩的瓦片，不遮挡后方要素')
  forgetUnread()
  expect(noted({})).toBe('')
})

it('keeps what runs by the minute out of what is read out, and each note where it stands', async () => {
  noted({ state: 'late' })
  const [line, before] = [page.get('li').element, page.text()]
  useClock().nowMs += 5 * 60_000
  await nextTick()
  expect(page.text()).not.toBe(before)
  expect(page.get('li').element).toBe(line)
  expect(page.get('[role="status"] [aria-live="off"]').text()).toMatch(/前收到$/)
  for (const passing of page.findAll('[aria-live="off"]')) passing.element.remove()
  expect(page.text()).toBe('◔ 避难场所迟')
})

it('tells of two collections of one name apart', async () => {
  const twin = { ...layer, collections: ['shelters-north'] }
  noted({ state: 'missing' }, 0, [layer, twin])
  const [, second] = page.findAll('li')
  await page.setProps({ layers: [twin] })
  expect(page.findAll('li')).toHaveLength(1)
  expect(page.get('li').element).toBe(second!.element)
})

it('says of which half figures could not be read, because they are not known to be missing', async () => {
  noted({})
  await page.setProps({ unread: ['left'] })
  expect(page.text()).toBe('左侧时点的指标未能读取')
})
