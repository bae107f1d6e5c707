import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { BasemapManifest } from '../domain/basemap.ts'
import { useBaseUnits } from './base-units.ts'
import { useBaseVectors } from './base-vectors.ts'

/** By file: what a reading of it comes to. */
const answers = new Map<string, () => Promise<unknown>>()
const asked: string[] = []

vi.mock('../client/basemap.ts', () => {
  const read = (_city: string, file: string) => {
    asked.push(file)
    return answers.get(file)?.() ?? Promise.reject(new Error(`no ${file}`))
  }
  return { readBasemapRegions: read, readBasemapVector: read }
})

const layersOf = (...layers: { id: string; kind: string; file: string }[]) =>
  ({ layers }) as unknown as BasemapManifest
const towns = (file: string) => layersOf({ id: 'towns', kind: 'regions', file })
const outline = (name: string) => async () => ({ type: 'FeatureCollection', features: [name] })

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
  answers.clear()
  asked.length = 0
})
afterEach(() => void vi.useRealTimers())

it('keeps the claim of the newer base map when the units of the older one fail to come', async () => {
  const units = useBaseUnits()
  let fail = (): void => undefined
  answers.set('old', () => new Promise((_, rejected) => (fail = () => rejected(new Error('gone')))))
  answers.set('new', outline('new'))
  const [older, newer] = [towns('old'), towns('new')]
  const first = units.load('c', older, 'towns')
  await units.load('c', newer, 'towns')
  fail()
  await first
  await units.load('c', newer, 'towns')
  expect(asked).toEqual(['old', 'new'])
  expect(units.collections.get('towns')?.features).toEqual(['new'])
})

it('shows no units of the base map before where the new one has none, or none that can be read', async () => {
  const units = useBaseUnits()
  answers.set('old', outline('old'))
  await units.load('c', towns('old'), 'towns')
  await units.load('c', layersOf(), 'towns')
  expect(units.collections.has('towns')).toBe(false)
  await units.load('c', towns('old'), 'towns')
  await units.load('c', towns('missing'), 'towns')
  expect(units.collections.has('towns')).toBe(false)
})

it('reads a layer that failed again, after a while or when the next map asks, and no other', async () => {
  const ground = useBaseVectors()
  const manifest = layersOf(
    { id: 'water', kind: 'vector', file: 'water' },
    { id: 'roads', kind: 'vector', file: 'roads' },
    { id: 'rail', kind: 'vector', file: 'rail' },
  )
  const shown = () => ground.vectors.map(({ id }) => id)
  answers.set('roads', outline('roads'))
  await ground.load('c', manifest)
  expect(shown()).toEqual(['roads'])
  answers.set('rail', outline('rail'))
  await vi.advanceTimersByTimeAsync(5_000)
  expect(shown()).toEqual(['roads', 'rail'])
  answers.set('water', outline('water'))
  await ground.load('c', manifest)
  expect(shown()).toEqual(['water', 'roads', 'rail'])
  await ground.load('c', manifest)
  expect(asked).toEqual(['water', 'roads', 'rail', 'water', 'rail', 'water'])
})

it('asks no more for a layer that stays away, nor for one of a base map that is gone', async () => {
  const ground = useBaseVectors()
  await ground.load('c', layersOf({ id: 'water', kind: 'vector', file: 'water' }))
  await vi.advanceTimersByTimeAsync(600_000)
  expect(asked).toHaveLength(4)
  await ground.load('c', layersOf({ id: 'roads', kind: 'vector', file: 'roads' }))
  await ground.load('c', layersOf())
  await vi.advanceTimersByTimeAsync(600_000)
  expect(asked).toHaveLength(5)
})
