import { describe, expect, it } from 'vitest'
import type { MapKit } from '../contracts/map-kit.ts'
import type { MapLayer, SituationView } from '../contracts/map-layer.ts'
import { sidedLayers } from './sided-layers.ts'

const layer: MapLayer = {
  title: { zh: '规划', en: 'Plan' },
  build: () => [{ id: 'plan-area' }],
  labels: () => [{ id: 'plan-1', at: [0, 0, 0], text: 'x', kind: 'note', priority: 1 }],
}
const view = {} as SituationView
const kit = {} as MapKit
const shown = [
  { id: 'plan', layer },
  { id: 'ground', layer: { ...layer } },
]

describe('layers compared', () => {
  it('mark what they draw and write with their side', () => {
    const [plan, ground] = sidedLayers(shown, { left: new Set(['plan']), right: new Set() })
    expect(plan!.build(view, kit)).toEqual([{ id: 'plan-area', side: 'left' }])
    expect(plan!.labels!(view)[0]).toMatchObject({ id: 'plan-1', side: 'left' })
    expect(ground).toBe(shown[1]!.layer)
  })

  it('stay the same objects, so that a moved divider builds nothing', () => {
    const comparison = { left: new Set(['plan']), right: new Set<string>() }
    expect(sidedLayers(shown, comparison)[0]).toBe(sidedLayers(shown, comparison)[0])
  })

  it('are untouched without a comparison', () => {
    expect(sidedLayers(shown, undefined).map((one) => one)).toEqual(shown.map((one) => one.layer))
  })
})
