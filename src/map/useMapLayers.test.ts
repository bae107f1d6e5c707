import { mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { recordingKit } from '../../tests/support/recording-kit.ts'
import { silentView } from '../../tests/support/silent-view.ts'
import { nextTick, ref } from 'vue'
import type { MapLayer } from '../contracts/map-layer.ts'
import type { MapTheme } from '../domain/scene.ts'
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
  it('names the layer that cannot draw what it was told, and draws the others', async () => {
    const reported = vi.fn()
    vi.stubGlobal('reportError', reported)
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
        () => ['broken', 'whole'],
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
    vi.unstubAllGlobals()
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
  })
})
