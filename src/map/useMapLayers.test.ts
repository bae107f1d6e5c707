import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { recordingKit } from '../../tests/support/recording-kit.ts'
import { silentView } from '../../tests/support/silent-view.ts'
import { nextTick, ref } from 'vue'
import type { MapLayer } from '../contracts/map-layer.ts'
import type { MapTheme } from '../domain/scene.ts'
import { useMapView } from '../stores/map-view.ts'
import { sidedLayers } from './sided-layers.ts'
import { chosenLayerIds, layerIds, thematicIds, useMapLayers } from './useMapLayers.ts'

const theme: MapTheme = { id: 'safety', name: { zh: '安全' }, layers: ['incident-marks', 'rain'] }
const layer = (zh: string): MapLayer => ({ title: { zh }, build: () => [] })

describe('layerIds', () => {
  it('puts a theme’s own layers above the ground, each once', () => {
    expect(layerIds(theme)).toEqual([
      'district-land',
      'town-outlines',
      'zone-outlines',
      'district-columns',
      'incident-marks',
      'rain',
    ])
  })
})

describe('what a viewer chose', () => {
  it('adds to the theme and takes from it', () => {
    const choice = { layersOn: new Set(['pipes']), layersOff: new Set(['rain']) }
    expect(chosenLayerIds(theme, choice)).toEqual([
      'district-land',
      'town-outlines',
      'zone-outlines',
      'district-columns',
      'incident-marks',
      'pipes',
    ])
    expect(thematicIds(chosenLayerIds(theme, choice))).toEqual(['pipes'])
  })
})

/** Texts follow the language of the page a component stands on. */
function inComponent<Found>(use: () => Found): Found {
  let found: Found | undefined
  mount({
    setup() {
      found = use()
      return () => null
    },
  })
  return found!
}

describe('useMapLayers', () => {
  let reported: ReturnType<typeof vi.fn>
  beforeEach(() => {
    setActivePinia(createPinia())
    reported = vi.fn()
    vi.stubGlobal('reportError', reported)
  })
  afterEach(() => void vi.unstubAllGlobals())

  it('names the layer that cannot draw what it was told, and draws the others', async () => {
    const wanted = ref(['broken', 'whole'])
    const whole: MapLayer = { title: { zh: '好图层' }, build: () => [{ id: 'whole' }] }
    const broken: MapLayer = {
      title: { zh: '坏图层' },
      build: () => {
        throw new TypeError('no ring')
      },
    }
    const plugins = Object.entries({ broken, whole }).map(
      ([id, one]) => [id, () => Promise.resolve({ default: one })] as const,
    )
    const found = inComponent(() =>
      useMapLayers(
        () => wanted.value,
        () => new Map(plugins),
        () => true,
      ),
    )
    await vi.waitFor(() => expect(found.layers.value).toHaveLength(2))
    expect(found.error.value).toBeUndefined()
    const drawn = found.layers.value.flatMap(({ layer: one }) => one.build(silentView, recordingKit))
    expect(drawn).toEqual([{ id: 'whole' }])
    await nextTick()
    expect(found.error.value).toBe('图层未能绘出：坏图层')
    expect(reported).toHaveBeenCalledOnce()
    wanted.value = ['whole']
    await vi.waitFor(() => expect(found.layers.value).toHaveLength(1))
    expect(found.error.value, 'one that is switched off is no news').toBeUndefined()
  })

  it('names once what one half of a comparison cannot draw, as long as that half is there', async () => {
    const strict: MapLayer = {
      title: { zh: '坏图层' },
      build: ({ atMs }) => {
        if (atMs < silentView.atMs) throw new TypeError('no ring')
        return []
      },
    }
    const plugins = new Map([['strict', () => Promise.resolve({ default: strict })]])
    const found = inComponent(() =>
      useMapLayers(
        () => ['strict'],
        () => plugins,
        () => true,
      ),
    )
    await vi.waitFor(() => expect(found.layers.value).toHaveLength(1))
    useMapView().compare({ left: new Set(), right: new Set(), instants: { left: 1 } })
    for (let time = 0; time < 2; time++) {
      const halves = sidedLayers(found.layers.value, useMapView().comparison, {
        left: (base) => ({ ...base, atMs: 1 }),
      })
      for (const half of halves) half.build(silentView, recordingKit)
      await nextTick()
      expect(found.error.value).toBe('图层未能绘出：坏图层')
    }
    expect(reported).toHaveBeenCalledOnce()
    useMapView().compare(undefined)
    expect(found.error.value, 'a half that is gone has nothing left to draw').toBeUndefined()
  })

  it('fetches nothing until wanted, then what there is, and names what there is not', async () => {
    const load = vi.fn(() => Promise.resolve({ default: layer('land') }))
    const wanted = ref(false)
    const found = inComponent(() =>
      useMapLayers(
        () => layerIds(theme),
        () => new Map([['district-land', load]]),
        () => wanted.value,
      ),
    )
    await nextTick()
    expect(load).not.toHaveBeenCalled()
    wanted.value = true
    await vi.waitFor(() => expect(found.layers.value.map((one) => one.layer.title.zh)).toEqual(['land']))
    expect(found.error.value).toContain('rain')
    expect(found.error.value).toMatch(/^图层未能绘出：/)
  })

  it('names the layer whose code did not come, in words, and draws the others', async () => {
    const gone = () => Promise.reject<{ default: MapLayer }>(new TypeError('Failed to fetch'))
    const come = () => Promise.resolve({ default: layer('land') })
    const found = inComponent(() =>
      useMapLayers(
        () => ['gone', 'come'],
        () =>
          new Map([
            ['gone', gone],
            ['come', come],
          ]),
        () => true,
      ),
    )
    await vi.waitFor(() => expect(found.layers.value.map(({ id }) => id)).toEqual(['come']))
    expect(found.error.value).toBe('图层未能绘出：gone')
    expect(reported).toHaveBeenCalledOnce()
  })
})
