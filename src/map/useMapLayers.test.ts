import { describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import type { MapLayer } from '../contracts/map-layer.ts'
import type { MapTheme } from '../domain/scene.ts'
import { layerIds, useMapLayers } from './useMapLayers.ts'

const theme: MapTheme = { id: 'safety', name: { zh: '安全' }, layers: ['incident-marks', 'rain'] }
const layer = (zh: string): MapLayer => ({ title: { zh }, build: () => [] })

describe('layerIds', () => {
  it('puts a theme’s own layers above the ground, each once', () => {
    expect(layerIds(theme)).toEqual(['district-land', 'district-columns', 'incident-marks', 'rain'])
  })
})

describe('useMapLayers', () => {
  it('fetches nothing until wanted, then what there is, and names what there is not', async () => {
    const load = vi.fn(() => Promise.resolve({ default: layer('land') }))
    const wanted = ref(false)
    const scope = effectScope()
    const found = scope.run(() =>
      useMapLayers(
        () => theme,
        () => new Map([['district-land', load]]),
        () => wanted.value,
      ),
    )!
    await nextTick()
    expect(load).not.toHaveBeenCalled()
    wanted.value = true
    await vi.waitFor(() => expect(found.layers.value.map(({ title }) => title.zh)).toEqual(['land']))
    expect(found.error.value).toContain('rain')
    scope.stop()
  })
})
