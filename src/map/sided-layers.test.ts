import { describe, expect, it } from 'vitest'
import type { MapKit } from '../contracts/map-kit.ts'
import type { MapLayer, SituationView } from '../contracts/map-layer.ts'
import { type SidedLabel, sidedLayers } from './sided-layers.ts'

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

  it('tint no building for one half: it would be of that colour on the other too', () => {
    const wet = () => ({ polygons: [], forecast: false })
    const flood = [{ id: 'flood', layer: { ...layer, wet } }]
    const one = { left: new Set(['flood']), right: new Set<string>() }
    expect(sidedLayers(flood, undefined)[0]!.wet).toBe(wet)
    expect(sidedLayers(flood, one)[0]!.wet).toBeUndefined()
  })

  it('stay the same objects, so that a moved divider builds nothing', () => {
    const comparison = { left: new Set(['plan']), right: new Set<string>() }
    expect(sidedLayers(shown, comparison)[0]).toBe(sidedLayers(shown, comparison)[0])
  })

  it('are untouched without a comparison', () => {
    expect(sidedLayers(shown, undefined).map((one) => one)).toEqual(shown.map((one) => one.layer))
  })

  it('are drawn by each half for itself where one stands at an instant of its own', () => {
    const dated: MapLayer = {
      ...layer,
      build: ({ atMs }, on) => [on.areas({ id: `plan-${atMs}`, items: [] })],
      labels: ({ atMs }) => [{ ...layer.labels!(view)[0]!, text: String(atMs) }],
    }
    const named = { areas: ({ id }: { id: string }) => ({ id }) } as unknown as MapKit
    const now = { atMs: 2 } as SituationView
    const comparison = { left: new Set<string>(), right: new Set<string>(), instants: { left: 1 } }
    const halves = sidedLayers([{ id: 'plan', layer: dated }], comparison, {
      left: (base) => ({ ...base, atMs: 1 }),
    })
    expect(halves.flatMap((half) => half.build(now, named))).toEqual([
      { id: 'plan-1@left', side: 'left' },
      { id: 'plan-2@right', side: 'right' },
    ])
    const labels = halves.flatMap((half) => half.labels!(now) as SidedLabel[])
    expect(labels.map(({ id, text, side, past }) => [id, text, side, past])).toEqual([
      ['plan-1@left', '1', 'left', true],
      ['plan-1@right', '2', 'right', undefined],
    ])
  })

  it('move on no half that stands at an instant, so that it is not built again for one that runs', () => {
    const comparison = { left: new Set<string>(), right: new Set<string>(), instants: { left: 1 } }
    const moving = [{ id: 'plan', layer: { ...layer, moves: true } }]
    const halves = sidedLayers(moving, comparison, { left: (base) => base })
    expect(halves.map(({ moves }) => moves)).toEqual([false, true])
  })

  it('that stand on one side keep to it, at that side’s instant', () => {
    const comparison = { left: new Set<string>(), right: new Set(['plan']), instants: { left: 1 } }
    const views = { left: (base: SituationView) => base }
    const sides = sidedLayers(shown, comparison, views).flatMap((half) => half.build(view, kit))
    expect(sides.map((drawing) => (drawing as { side?: string }).side)).toEqual(['right', 'left', 'right'])
  })
})
