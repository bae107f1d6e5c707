import { describe, expect, it } from 'vitest'
import type { AreaItem, Drawing, LineItem } from '../../contracts/map-kit.ts'
import type { MapLayer, SituationView } from '../../contracts/map-layer.ts'
import { drawnCount, recordingKit as kit } from '../../../tests/support/recording-kit.ts'
import { silentView } from '../../../tests/support/silent-view.ts'
import { toldCity } from '../../../tests/support/told-city.ts'
import { line, tellingView, told } from '../../../tests/support/told-features.ts'

const modules = import.meta.glob<{ default: MapLayer }>(['./*.ts', '!./*.test.ts'], { eager: true })

function layerOf(id: string): MapLayer {
  return modules[`./${id}.ts`]!.default
}

/** How many things of each drawing stand for the told city, and how many labels. */
const counts: Record<string, { drawn: Record<string, number>; labels: number; underground?: true }> = {
  heat: { drawn: { 'heat-points': 4 }, labels: 0 },
  hexagons: { drawn: { 'hexagons-count': 4 }, labels: 0 },
  flows: { drawn: { 'flows-far': 2 }, labels: 0 },
  trips: { drawn: { 'trips-way': 1 }, labels: 0 },
  'warning-areas': { drawn: { 'warning-areas-extent': 2 }, labels: 2 },
  facilities: { drawn: { 'facilities-normal': 2, 'facilities-trouble': 1 }, labels: 2 },
  forces: { drawn: { 'forces-place': 2 }, labels: 2 },
  shelters: { drawn: { 'shelters-place': 2 }, labels: 2 },
  'air-stations': { drawn: { 'air-stations-place': 2 }, labels: 2 },
  'water-sections': {
    drawn: { 'water-sections-order': 2, 'water-sections-arrow': 18, 'water-sections-place': 4 },
    labels: 4,
  },
  'closed-roads': { drawn: { 'closed-roads-line': 1 }, labels: 1 },
  isochrones: { drawn: { 'isochrones-reach': 3 }, labels: 0 },
  plume: { drawn: { 'plume-footprint': 3 }, labels: 2 },
  inundation: { drawn: { 'inundation-depth': 3, 'inundation-shore': 1 }, labels: 0 },
  'fire-perimeter': { drawn: { 'fire-perimeter-area': 1 }, labels: 1 },
  'wind-streaks': { drawn: { 'wind-streaks-air': 36 }, labels: 0 },
  radar: { drawn: { 'radar-echo': 2 }, labels: 0 },
  'rain-grid': { drawn: { 'rain-grid-hour': 2 }, labels: 0 },
  assets: {
    drawn: { 'assets-sight': 1, 'assets-track': 2, 'assets-place': 3, 'assets-heading': 27 },
    labels: 3,
  },
  cameras: { drawn: { 'cameras-sight': 1, 'cameras-place': 2 }, labels: 0 },
  pipes: { drawn: { 'pipes-tube': 3 }, labels: 0, underground: true },
  'protected-areas': { drawn: { 'protected-areas-land': 2 }, labels: 2 },
  projects: { drawn: { 'projects-site': 2 }, labels: 2 },
  'change-spots': { drawn: { 'change-spots-ground': 1 }, labels: 1 },
  enterprises: { drawn: { 'enterprises-place': 2 }, labels: 0 },
}

/** Every name a drawing can be picked by. */
function picksOf(drawing: Drawing): string[] {
  const { items = [], features = [] } = drawing as Drawing & {
    items?: { feature?: string }[]
    features?: string[]
  }
  return [...features, ...items.flatMap(({ feature }) => feature ?? [])]
}

function itemsOf(layer: MapLayer, view: SituationView): (Partial<AreaItem> & Partial<LineItem>)[] {
  return layer.build(view, kit).flatMap((drawing) => (drawing as { items?: AreaItem[] }).items ?? [])
}

it('counts every layer of features there is', () => {
  const files = Object.keys(modules).map((path) => path.slice(2, -3))
  const others = new Set([
    'district-land',
    'town-outlines',
    'zone-outlines',
    'district-columns',
    'incident-marks',
    'warning-marks',
  ])
  expect(files.filter((id) => !others.has(id)).toSorted()).toEqual(Object.keys(counts).toSorted())
})

describe.each(Object.keys(counts))('%s', (id) => {
  const layer = layerOf(id)
  const { drawn, labels, underground = false } = counts[id]!
  const view = tellingView(toldCity, { underground })

  it('draws, names and asks for nothing of a silent city', () => {
    const silent = { ...silentView, underground: true }
    expect(layer.build(silent, kit)).toEqual([])
    expect(layer.labels?.(silent) ?? []).toEqual([])
    expect(layer.collections?.length).toBeGreaterThan(0)
  })

  it('draws as many as the city tells', () => {
    const found = layer.build(view, kit).map((drawing) => [drawing.id, drawnCount(drawing)])
    expect(Object.fromEntries(found)).toEqual(drawn)
    expect(layer.labels?.(view) ?? []).toHaveLength(labels)
  })

  it('gives drawings and labels ids that start with its own, each once', () => {
    const ids = [...layer.build(view, kit), ...(layer.labels?.(view) ?? [])].map((one) => one.id)
    expect(ids.filter((one) => !one.startsWith(`${id}-`))).toEqual([])
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('names what can be picked by collection and id', () => {
    const known = new Set(
      Object.entries(toldCity).flatMap(([collection, features]) =>
        features.map((feature) => `${collection}/${feature.id}`),
      ),
    )
    const picks = [
      ...layer.build(view, kit).flatMap(picksOf),
      ...(layer.labels?.(view) ?? []).flatMap(({ feature }) => feature ?? []),
    ]
    expect(picks.filter((pick) => !known.has(pick))).toEqual([])
    expect(picks.filter((pick) => !layer.collections!.includes(pick.split('/')[0]!))).toEqual([])
  })

  it('wears other colours on paper', () => {
    const light = { ...view, appearance: 'light' as const }
    const colours = (of: SituationView): unknown[] => [layer.legend!(of), layer.build(of, kit)]
    expect(colours(light)).not.toEqual(colours(view))
    expect(layer.build(light, kit).map((one) => one.id)).toEqual(Object.keys(drawn))
  })
})

describe.each(['warning-areas', 'plume', 'inundation', 'fire-perimeter', 'radar', 'rain-grid'])(
  '%s of a time to come',
  (id) => {
    const layer = layerOf(id)
    const [now, later] = [tellingView(toldCity), tellingView(toldCity, { forecast: true })]

    it('hatches what it fills, and fills what is told of its own time', () => {
      const filled = (view: SituationView) => itemsOf(layer, view).filter(({ fill }) => fill)
      expect(filled(now).filter(({ hatch }) => hatch)).toEqual([])
      expect(filled(later).length).toBeGreaterThan(0)
      expect(filled(later).filter(({ hatch }) => !hatch)).toEqual([])
    })

    it('says so in a label', () => {
      expect(layer.labels!(now).filter(({ text }) => text.includes('预报'))).toEqual([])
      expect(layer.labels!(later).some(({ text }) => text.includes('预报'))).toBe(true)
    })
  },
)

it('says of the wind to come that it is a forecast', () => {
  const labels = layerOf('wind-streaks').labels!(tellingView(toldCity, { forecast: true }))
  expect(labels.some(({ text }) => text.includes('预报'))).toBe(true)
})

// What their sources tell is of now: a map that stands at a time to come has nothing else of them.
describe.each([
  'closed-roads',
  'forces',
  'shelters',
  'isochrones',
  'assets',
  'facilities',
  'change-spots',
  'projects',
])('%s in a picture of a time to come', (id) => {
  it('says that it is as it is now, and hatches and dashes nothing', () => {
    const [now, later] = [false, true].map((standing) => tellingView(toldCity, { standing }))
    const words = (view: SituationView) =>
      layerOf(id).labels!(view).map(({ text, said = [] }) => JSON.stringify([text, said]))
    expect(words(now!).filter((text) => text.includes('现状'))).toEqual([])
    expect(words(later!).some((text) => text.includes('现状'))).toBe(true)
    expect(layerOf(id).build(later!, kit)).toEqual(layerOf(id).build(now!, kit))
  })
})

it('lets dashes run only to places so far apart that their heads do not cover them', () => {
  const flows = [0, 0.001, 2].map((east, index) =>
    told('flows', `to${index}`, line([126, 43], [125 + east, 44]), { people: 100 }),
  )
  const drawn = layerOf('flows').build(tellingView({ flows }), kit)
  expect(drawn.map((one) => [one.id, drawnCount(one)])).toEqual([
    ['flows-near', 2],
    ['flows-far', 1],
  ])
})

it('dashes the shore and, where a source foretells closures, the road of a time to come', () => {
  const dashed = (id: string, forecast: boolean): unknown[] =>
    itemsOf(layerOf(id), tellingView(toldCity, { forecast })).filter(({ path, dash }) => path && dash)
  expect([dashed('inundation', false).length, dashed('inundation', true).length]).toEqual([0, 1])
  expect([dashed('closed-roads', false).length, dashed('closed-roads', true).length]).toEqual([0, 1])
})
