import type { Layer } from '@deck.gl/core'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import {
  type EnuMetres,
  type MapKit,
  type MapLayer,
  type MapLabel,
  type MeshShape,
  type SituationView,
  defineMapLayer,
} from '../../src/contracts/map-layer.ts'
import { layers } from '../../src/runtime/plugins.ts'
import { isWordKey } from '../../src/ui/words.ts'
import { en } from '../../src/ui/words/en.ts'

/** The engine's mesh stands as its own shape, so that what would be drawn can be counted. */
const kit: MapKit = { mesh: (shape) => shape as unknown as Layer }

/** A city with districts and nothing known of them. */
function silentView(): SituationView {
  const ring: EnuMetres[] = [
    [0, 0, 0],
    [100, 0, 0],
    [100, 100, 0],
    [0, 0, 0],
  ]
  return {
    theme: {
      id: 'economy',
      name: { zh: '经济' },
      column: 'MAC.GDP.TOTAL',
      land: { indicator: 'MAC.GDP.TOTAL', by: 'value', bounds: [1, 2, 3] },
      layers: [],
    },
    shapes: [
      {
        region: { code: '990101', name: { zh: '甲区' }, level: 'county' },
        polygons: [[ring]],
        anchor: [50, 50, 0],
      },
    ],
    selectedRegion: undefined,
    latest: () => undefined,
    incidents: [],
    warnings: [],
    project: (longitude: number, latitude: number) => [longitude, latitude, 0],
    pointedRegion: undefined,
    placeName: () => '甲区',
    format: (_, value) => String(value),
    u: (n) => n,
    columnWidth: 10,
  }
}

function drawnOf(layer: Layer): number {
  const mesh = layer as unknown as Partial<MeshShape>
  if (mesh.positions) return mesh.positions.length
  const { data } = layer.props as { data?: unknown }
  return Array.isArray(data) ? data.length : 1
}

const rules: { name: string; keeps(id: string, layer: MapLayer): void }[] = [
  {
    name: 'has a title in both languages',
    keeps(_, { title }) {
      expect(isWordKey(title), `${title} is no key of ui/words`).toBe(true)
      expect(Object.hasOwn(en, title)).toBe(true)
    },
  },
  {
    name: 'starts every id with its own',
    keeps(id, layer) {
      for (const built of layer.build(silentView(), kit)) expect(built.id.startsWith(id), built.id).toBe(true)
    },
  },
  {
    name: 'builds the same from the same and says nothing while it does',
    keeps(_, layer) {
      const said: unknown[][] = []
      for (const level of ['warn', 'error'] as const)
        vi.spyOn(console, level).mockImplementation((...words: unknown[]) => void said.push(words))
      const ids = () => layer.build(silentView(), kit).map(({ id }) => id)
      expect(ids()).toEqual(ids())
      expect(new Set(ids()).size, 'two layers under one id').toBe(ids().length)
      expect(said).toEqual([])
    },
  },
  {
    name: 'prints no figure of what nobody has told',
    keeps(_, layer) {
      const labels: MapLabel[] = layer.labels?.(silentView()) ?? []
      expect(labels.filter(({ kind, text }) => kind === 'value' || /\d/.test(text))).toEqual([])
    },
  },
]

/** Nothing that stands for a value: the ground itself may be drawn in its plain colour. */
function marksOf(layer: MapLayer, view: SituationView): number {
  return layer.build(view, kit).reduce((sum, built) => sum + drawnOf(built), 0)
}

it('finds layers: the registry is not empty', () => {
  expect(layers.size).toBeGreaterThan(0)
})

describe.each([...layers.keys()])('layer %s', (id) => {
  let layer: MapLayer
  beforeAll(async () => {
    layer = (await layers.get(id)!()).default
  }, 60_000)

  it.each(rules)('$name', ({ keeps }) => {
    expect(() => keeps(id, layer)).not.toThrow()
  })

  it('draws nothing where there is neither ground nor news', () => {
    expect(marksOf(layer, { ...silentView(), shapes: [] })).toBe(0)
  })
})

describe('the suite itself', () => {
  const titled = { title: 'panel.economy.title' }
  const label: MapLabel = { id: 'twin-1', at: [0, 0, 0], text: '0 亿元', kind: 'value', priority: 1 }
  const mesh = (id: string) =>
    kit.mesh({
      id,
      positions: new Float32Array(9),
      lifts: new Float32Array(9),
      colors: new Uint8ClampedArray(12),
      solid: false,
    })
  let count = 0
  const twins: Record<string, MapLayer[]> = {
    'has a title in both languages': [
      defineMapLayer({ title: 'layer.of-no-language.title', build: () => [] }),
    ],
    'starts every id with its own': [defineMapLayer({ ...titled, build: () => [mesh('stranger')] })],
    'builds the same from the same and says nothing while it does': [
      defineMapLayer({ ...titled, build: () => [mesh(`twin-${(count += 1)}`)] }),
      defineMapLayer({ ...titled, build: () => [mesh('twin'), mesh('twin')] }),
      defineMapLayer({ ...titled, build: () => (console.warn('no data'), []) }),
    ],
    'prints no figure of what nobody has told': [
      defineMapLayer({ ...titled, build: () => [], labels: () => [label] }),
    ],
  }

  it.each(rules)('catches every twin that breaks the rule: $name', ({ name, keeps }) => {
    expect(twins[name]?.length).toBeGreaterThan(0)
    for (const twin of twins[name] ?? []) expect(() => keeps('twin', twin)).toThrow(Error)
  })

  it('counts what a twin draws out of nothing', () => {
    expect(marksOf(defineMapLayer({ ...titled, build: () => [mesh('twin')] }), silentView())).toBe(9)
  })
})
