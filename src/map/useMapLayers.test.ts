import { describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import type { MapLayer } from '../contracts/map-layer.ts'
import type { MapTheme } from '../domain/scene.ts'
import { chosenLayerIds, layerIds, thematicIds, useMapLayers } from './useMapLayers.ts'

const theme: MapTheme = { id: 'safety', name: { zh: '安全' }, layers: ['incident-marks', 'rain'] }
const layer = (zh: string): MapLayer => ({ title: { zh }, build: () => [] })

describe('layerIds', () => {
  it('puts a theme’s own layers above the ground, each once', () => {
    expect(layerIds(theme)).toEqual(['district-land', 'district-columns', 'incident-marks', 'rain'])
  })
})

describe('what a viewer chose', () => {
  it('adds to the theme and takes from it', () => {
    const choice = { layersOn: new Set(['pipes']), layersOff: new Set(['rain']) }
    expect(chosenLayerIds(theme, choice)).toEqual([
      'district-land',
      'district-columns',
      'incident-marks',
      'pipes',
    ])
    expect(thematicIds(chosenLayerIds(theme, choice))).toEqual(['pipes'])
  })
})

describe('useMapLayers', () => {
  it('fetches nothing until wanted, then what there is, and names what there is not', async () => {
    const load = vi.fn(() => Promise.resolve({ default: layer('land') }))
    const wanted = ref(false)
    const scope = effectScope()
    const found = scope.run(() =>
      useMapLayers(
        () => layerIds(theme),
        () => new Map([['district-land', load]]),
        () => wanted.value,
      ),
    )!
    await nextTick()
    expect(load).not.toHaveBeenCalled()
    wanted.value = true
    await vi.waitFor(() => expect(found.layers.value.map((one) => one.layer.title.zh)).toEqual(['land']))
    expect(found.error.value).toContain('rain')
    scope.stop()
  })
})
