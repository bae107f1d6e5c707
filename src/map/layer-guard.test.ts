import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { recordingKit } from '../../tests/support/recording-kit.ts'
import { silentView } from '../../tests/support/silent-view.ts'
import { defineMapLayer } from '../contracts/map-layer.ts'
import { layerGuard } from './layer-guard.ts'

const written = vi.fn()
beforeEach(() => {
  written.mockReset()
  vi.stubGlobal('reportError', written)
})
afterEach(() => void vi.unstubAllGlobals())

const broken = defineMapLayer({
  title: { zh: '坏图层', en: 'Broken' },
  build: ({ underground }) => {
    if (underground) throw new TypeError('no ring')
    return [{ id: 'broken-area' }]
  },
  labels: ({ underground }) => {
    if (underground) throw new TypeError('no anchor')
    return [{ id: 'broken-name', at: [0, 0, 0], text: '', kind: 'note', priority: 1 }]
  },
  legend: () => {
    throw new TypeError('no colour')
  },
})
const below = { ...silentView, underground: true }

it('draws nothing of a layer that throws, names it, and writes down why once', async () => {
  const guard = layerGuard()
  const layer = guard.of(broken)
  for (let time = 0; time < 3; time++) {
    expect(layer.build(below, recordingKit)).toEqual([])
    expect(layer.labels!(below)).toEqual([])
  }
  await Promise.resolve()
  expect(guard.failed.value).toEqual([
    { title: { zh: '坏图层', en: 'Broken' }, side: undefined, legend: false },
  ])
  expect(written.mock.calls.map(([error]) => String(error))).toEqual([
    'TypeError: no ring',
    'TypeError: no anchor',
  ])
  expect(layer.legend!(below)).toEqual([])
})

it('takes the name back once the layer draws again, and is the same layer all the while', async () => {
  const guard = layerGuard()
  const layer = guard.of(broken)
  layer.build(below, recordingKit)
  expect(layer.build(silentView, recordingKit)).toEqual([{ id: 'broken-area' }])
  expect(layer.labels!(silentView)).toHaveLength(1)
  await Promise.resolve()
  expect(guard.failed.value).toEqual([])
  expect(guard.of(broken)).toBe(layer)
})

it('keeps apart what one half cannot draw and the other can: named all the while, and written down once', async () => {
  const guard = layerGuard()
  const [left, right] = [guard.of(broken, 'left'), guard.of(broken, 'right')]
  expect(guard.of(broken, 'left')).toBe(left)
  for (let time = 0; time < 3; time++) {
    expect(left.build(below, recordingKit)).toEqual([])
    expect(right.build(silentView, recordingKit)).toHaveLength(1)
    await Promise.resolve()
    expect(guard.failed.value.map(({ side }) => side)).toEqual(['left'])
  }
  expect(written).toHaveBeenCalledTimes(1)
})
