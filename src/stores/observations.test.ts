import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { computed } from 'vue'
import { catalogueWith, observationWith } from '../../tests/support/wire-fixtures.ts'
import { useCatalogue } from './catalogue.ts'
import { useObservations } from './observations.ts'

let frames: FrameRequestCallback[]

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  frames = []
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => frames.push(callback))
  setActivePinia(createPinia())
  useCatalogue().accept(catalogueWith())
})

afterEach(() => void vi.useRealTimers())

/** Long enough after the last one for what was gathered since. */
function nextFrame(): void {
  vi.advanceTimersByTime(200)
  for (const callback of frames.splice(0)) callback(0)
}

describe('useObservations', () => {
  it('gathers what arrives within one frame and keeps the newest of a series', () => {
    const store = useObservations()
    store.accept([observationWith({ value: 1 })])
    store.accept([observationWith({ value: 2, revision: 1 })])
    expect(store.get('MAC.GDP.TOTAL', '220100')).toBeUndefined()
    expect(frames).toHaveLength(1)
    nextFrame()
    expect(store.get('MAC.GDP.TOTAL', '220100')?.value).toBe(2)
    expect(store.revision).toBe(1)
  })

  it('paints a first arrival at once, and what follows closely together', () => {
    const store = useObservations()
    store.accept([observationWith({ value: 1 })])
    expect(frames).toHaveLength(1)
    nextFrame()
    store.accept([observationWith({ value: 2, revision: 1 })])
    store.accept([observationWith({ value: 3, revision: 2 })])
    expect(frames).toHaveLength(0)
    nextFrame()
    expect(store.get('MAC.GDP.TOTAL', '220100')?.value).toBe(3)
    expect(store.revision).toBe(2)
  })

  it('goes back to the last whole period of a sum where the gateway says so', () => {
    const store = useObservations()
    const june = { start: '2026-05-31T16:00:00Z', end: '2026-06-30T16:00:00Z', label: '2026-06' }
    store.acceptSnapshot([observationWith({ value: 4, coverage: { have: 2, of: 3 } })])
    store.accept([observationWith({ value: 5, coverage: { have: 3, of: 3 }, period: june })])
    nextFrame()
    expect(store.get('MAC.GDP.TOTAL', '220100')?.value).toBe(5)
  })

  it('never goes back to an older period or an older word about the same one', () => {
    const store = useObservations()
    store.acceptSnapshot([observationWith({ value: 5, revision: 2 })])
    store.accept([
      observationWith({ value: 4, revision: 1 }),
      observationWith({
        value: 3,
        revision: 9,
        period: { start: '2026-05-31T16:00:00Z', end: '2026-06-30T16:00:00Z', label: '2026-06' },
      }),
    ])
    nextFrame()
    expect(store.get('MAC.GDP.TOTAL', '220100')?.value).toBe(5)
    expect(store.revision).toBe(1)
  })

  it('keeps a published and a synthetic value of one series apart', () => {
    const store = useObservations()
    store.acceptSnapshot([
      observationWith({
        value: 5.9,
        source: 'facts',
        provenance: 'real',
        period: { start: '2024-12-31T16:00:00Z', end: '2025-12-31T16:00:00Z', label: '2025' },
      }),
      observationWith({ value: 6.4 }),
    ])
    expect(store.historic('MAC.GDP.TOTAL', '220100')?.value).toBe(5.9)
    expect(store.get('MAC.GDP.TOTAL', '220100')?.value).toBe(6.4)
    expect(store.all('MAC.GDP.TOTAL', '220100').map(({ value }) => value)).toEqual([6.4])
  })

  it('drops what the gateway no longer knows', () => {
    const store = useObservations()
    store.acceptSnapshot([
      observationWith({ dims: { topic: 'heat' } }),
      observationWith({ dims: { topic: 'road' } }),
    ])
    store.acceptSnapshot([observationWith({ dims: { topic: 'road' }, value: 3 })])
    expect(store.all('MAC.GDP.TOTAL', '220100').map(({ value }) => value)).toEqual([3])
    expect(store.get('MAC.GDP.TOTAL', '220100', { topic: 'heat' })).toBeUndefined()
  })

  it('takes comparisons made anew for a value it knows', () => {
    const store = useObservations()
    store.acceptSnapshot([observationWith()])
    store.accept([observationWith({ comparisons: [{ kind: 'yoy', value: 2, unit: '%' }] })])
    nextFrame()
    expect(store.get('MAC.GDP.TOTAL', '220100')?.comparisons).toHaveLength(1)
  })

  it('touches only the figure that changed', () => {
    const store = useObservations()
    store.acceptSnapshot([observationWith(), observationWith({ region: '220102' })])
    let [here, there] = [0, 0]
    const city = computed(() => (here++, store.get('MAC.GDP.TOTAL', '220100')))
    const county = computed(() => (there++, store.get('MAC.GDP.TOTAL', '220102')))
    void [city.value, county.value]
    store.accept([observationWith({ value: 9, revision: 1 })])
    nextFrame()
    expect([city.value?.value, county.value?.value]).toEqual([9, 1])
    expect([here, there]).toEqual([2, 1])
  })

  it('answers every combination of dimension values', () => {
    const store = useObservations()
    store.acceptSnapshot([
      observationWith({ dims: { topic: 'heat' } }),
      observationWith({ dims: { topic: 'road' } }),
    ])
    expect(store.all('MAC.GDP.TOTAL', '220100')).toHaveLength(2)
    expect(store.get('MAC.GDP.TOTAL', '220100', { topic: 'road' })?.dims).toEqual({ topic: 'road' })
  })
})
