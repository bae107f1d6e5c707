import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { ref, shallowRef } from 'vue'
import { useClock } from '../../stores/clock.ts'
import { type CollectionNote, useFeatures } from '../../stores/features.ts'
import ConflictSheet from './ConflictSheet.vue'
import SketchResult from './SketchResult.vue'
import { type Sketch, useSketch } from './useSketch.ts'

const at = '2026-08-06T06:30:00Z'
const names: Record<string, string> = { projects: '项目', 'protected-areas': '保护地', pipes: '管线' }
let told: Partial<Record<string, Partial<CollectionNote>>>

beforeEach(() => {
  setActivePinia(createPinia())
  useClock().nowMs = Date.parse(at)
  told = {}
  vi.spyOn(useFeatures(), 'note').mockImplementation((collection) => noteOf(collection))
})

/** A list that is on time and whole but for what the test says of it. */
function noteOf(collection: string): CollectionNote {
  const answer = {
    collection,
    at,
    source: 'geo',
    provenance: 'synthetic',
    resultTime: at,
    receivedAt: at,
    hash: '',
    features: [],
    refused: [],
  }
  return {
    card: { id: collection, name: { zh: names[collection]! } },
    state: 'ready',
    receivedMs: Date.parse(at) - 3 * 3_600_000,
    answer,
    error: undefined,
    ...told[collection],
  } as unknown as CollectionNote
}
const refusing = (collection: string): Partial<CollectionNote> => ({
  answer: { ...noteOf(collection).answer!, refused: [{ id: 'a', reason: 'ring is open' }] },
})

function digSheet(): string {
  const sketch: Sketch = {
    ...useSketch(),
    kind: ref('dig' as const),
    points: shallowRef([
      [125, 43],
      [125.1, 43],
      [125.1, 43.1],
    ] as const),
  }
  return mount(SketchResult, { props: { sketch, selected: undefined } }).text()
}
const conflictSheet = (): string => mount(ConflictSheet).text()

it('lets "none" stand alone where both lists are on time and whole', () => {
  expect(conflictSheet()).toContain('没有发现重叠')
  expect(conflictSheet()).not.toContain('可能不全')
  expect(digSheet()).toContain('范围内没有管线')
  expect(digSheet()).not.toContain('可能不全')
})

it('says in the sheet itself that the list a verdict rests on is late', () => {
  told = { 'protected-areas': { state: 'late' }, pipes: { state: 'late' } }
  expect(conflictSheet()).toMatch(/保护地迟，3 小时前收到 · 结论只按已收到的条目，可能不全/)
  expect(digSheet()).toMatch(/管线迟，3 小时前收到 · 结论只按已收到的条目，可能不全/)
})

it('says in the sheet itself that items of a list were refused', () => {
  told = { projects: refusing('projects'), pipes: refusing('pipes') }
  expect(conflictSheet()).toContain('项目部分条目未采用 · 结论只按已收到的条目，可能不全')
  expect(digSheet()).toContain('管线部分条目未采用 · 结论只按已收到的条目，可能不全')
})

it('names the list that is missing beside the words that there is no verdict', () => {
  told = {
    'protected-areas': { state: 'missing', answer: undefined },
    pipes: { state: 'missing', answer: undefined },
  }
  expect(conflictSheet()).toContain('保护地无数据')
  expect(conflictSheet()).toContain('不能判断')
  expect(conflictSheet()).not.toContain('读取中')
  expect(digSheet()).toContain('管线无数据')
})

it('says that lists are being read only while they are', () => {
  told = { projects: { state: 'loading', answer: undefined } }
  expect(conflictSheet()).toMatch(/不能判断 · 读取中/)
})
