import { beforeAll, describe, expect, it, vi } from 'vitest'
import {
  type EnuMetres,
  type MapLayer,
  type SituationView,
  defineMapLayer,
} from '../../src/contracts/map-layer.ts'
import type { LegendEntry, MapLabel } from '../../src/contracts/map-drawing.ts'
import { layers } from '../../src/runtime/plugins.ts'
import { drawnCount, recordingKit as kit } from '../support/recording-kit.ts'
import { silentView } from '../support/silent-view.ts'
import { toldCity } from '../support/told-city.ts'
import { tellingView } from '../support/told-features.ts'

/** A city with districts and nothing known of them. */
function bareView(): SituationView {
  const ring: EnuMetres[] = [
    [0, 0, 0],
    [100, 0, 0],
    [100, 100, 0],
    [0, 0, 0],
  ]
  return {
    ...silentView,
    placeName: () => '甲区',
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
  }
}

const rules: { name: string; keeps(id: string, layer: MapLayer): void }[] = [
  {
    name: 'has a title in both languages',
    keeps(_, { title }) {
      expect(title.zh).toMatch(/\p{Script=Han}/u)
      expect(title.en).toMatch(/[A-Za-z]/)
    },
  },
  {
    name: 'starts every id with its own',
    keeps(id, layer) {
      for (const built of layer.build(bareView(), kit)) expect(built.id.startsWith(id), built.id).toBe(true)
    },
  },
  {
    name: 'builds the same from the same and says nothing while it does',
    keeps(_, layer) {
      const said: unknown[][] = []
      for (const level of ['warn', 'error'] as const)
        vi.spyOn(console, level).mockImplementation((...words: unknown[]) => void said.push(words))
      const ids = () => layer.build(bareView(), kit).map(({ id }) => id)
      expect(ids()).toEqual(ids())
      expect(new Set(ids()).size, 'two layers under one id').toBe(ids().length)
      expect(said).toEqual([])
    },
  },
  {
    name: 'prints no figure of what nobody has told',
    keeps(_, layer) {
      const labels: MapLabel[] = layer.labels?.(bareView()) ?? []
      expect(labels.filter(({ kind, text }) => kind === 'value' || /\d/.test(text))).toEqual([])
    },
  },
  {
    name: 'names places only where there is ground and no news',
    keeps(_, layer) {
      const labels: MapLabel[] = layer.labels?.(bareView()) ?? []
      expect(labels.filter(({ kind, region }) => kind !== 'place' || region === undefined)).toEqual([])
      expect(layer.labels?.({ ...bareView(), shapes: [] }) ?? []).toEqual([])
    },
  },
  {
    name: 'writes quantities as quantities, so that no word of a label holds a digit but a name',
    keeps(_, layer) {
      const view = tellingView(toldCity)
      const names = Object.values(toldCity)
        .flat()
        .flatMap(({ properties }) => properties.name ?? [])
      for (const { observation, incident, text, said = [] } of layer.labels?.(view) ?? []) {
        if (observation || incident) continue
        const words = [text, ...said.filter((part) => typeof part === 'string')].join(' ')
        const unnamed = names.reduce((rest, name) => rest.replaceAll(name, ''), words)
        expect(unnamed).not.toMatch(/\d/)
      }
    },
  },
  {
    name: 'explains its colours in both languages and in both palettes',
    keeps(_, layer) {
      for (const appearance of ['dark', 'light'] as const) {
        for (const { text, colour, form, glyph } of layer.legend?.({ ...bareView(), appearance }) ?? []) {
          expect(text.zh).toMatch(/\p{Script=Han}/u)
          expect(text.en).toMatch(/[A-Za-z]/)
          expect(colour).toMatch(/^(rgb\(|#|var\(--)/)
          if (form === 'badge') expect(glyph).toMatch(/^\p{Script=Han}$/u)
        }
      }
    },
  },
  {
    name: 'states no figure in its legend',
    keeps(_, layer) {
      const texts = (layer.legend?.(bareView()) ?? []).flatMap(({ text }) => [text.zh, text.en ?? ''])
      expect(texts.filter((text) => /\d/.test(withoutBounds(text)))).toEqual([])
    },
  },
]

/** A class says its bounds, `≥ 15` or `0.5–1`, and a threshold its code, `AEGL-2`; any other number would be a figure. */
function withoutBounds(text: string): string {
  return text.replaceAll(/[<>≤≥]\s?[\d.]+|[\d.]+[–—][\d.]+|[A-Z]{2,}-\d/g, '')
}

/** Nothing that stands for a value: the ground itself may be drawn in its plain colour. */
function marksOf(layer: MapLayer, view: SituationView): number {
  return layer.build(view, kit).reduce((sum, built) => sum + drawnCount(built), 0)
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
    expect(marksOf(layer, { ...bareView(), shapes: [] })).toBe(0)
  })
})

describe('the suite itself', () => {
  const titled = { title: { zh: '双生', en: 'Twin' } }
  const label: MapLabel = { id: 'twin-1', at: [0, 0, 0], text: '0 亿元', kind: 'value', priority: 1 }
  const mesh = (id: string) =>
    kit.mesh({
      id,
      positions: new Float32Array(9),
      lifts: new Float32Array(9),
      colors: new Uint8ClampedArray(12),
      solid: false,
    })
  const legendTwin = (entry: LegendEntry): MapLayer =>
    defineMapLayer({ ...titled, build: () => [], legend: () => [entry] })
  let count = 0
  const twins: Record<string, MapLayer[]> = {
    'has a title in both languages': [
      defineMapLayer({ title: { zh: '双生' }, build: () => [] }),
      defineMapLayer({ title: { zh: 'twin', en: 'Twin' }, build: () => [] }),
    ],
    'starts every id with its own': [defineMapLayer({ ...titled, build: () => [mesh('stranger')] })],
    'builds the same from the same and says nothing while it does': [
      defineMapLayer({ ...titled, build: () => [mesh(`twin-${(count += 1)}`)] }),
      defineMapLayer({ ...titled, build: () => [mesh('twin'), mesh('twin')] }),
      defineMapLayer({ ...titled, build: () => (console.warn('no data'), []) }),
    ],
    'explains its colours in both languages and in both palettes': [
      legendTwin({ text: { zh: '柱' }, colour: '#fff', form: 'fill' }),
      legendTwin({ text: { zh: '柱', en: 'Column' }, colour: '', form: 'fill' }),
      legendTwin({ text: { zh: '柱', en: 'Column' }, colour: '#fff', form: 'badge' }),
    ],
    'states no figure in its legend': [
      legendTwin({ text: { zh: '在办 3 件', en: 'Open 3' }, colour: '#fff', form: 'fill' }),
    ],
    'writes quantities as quantities, so that no word of a label holds a digit but a name': [
      defineMapLayer({
        ...titled,
        build: () => [],
        labels: (view) =>
          view.features('forces').features.map(() => ({ ...label, text: '12 人', kind: 'force' })),
      }),
      defineMapLayer({ ...titled, build: () => [], labels: () => [{ ...label, text: '', said: ['8 人'] }] }),
    ],
    'names places only where there is ground and no news': [
      defineMapLayer({
        ...titled,
        build: () => [],
        labels: () => [{ ...label, kind: 'note', text: '预警' }],
      }),
      defineMapLayer({
        ...titled,
        build: () => [],
        labels: () => [{ ...label, kind: 'place', region: '990101', text: '甲区' }],
      }),
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
    expect(marksOf(defineMapLayer({ ...titled, build: () => [mesh('twin')] }), bareView())).toBe(9)
  })
})
