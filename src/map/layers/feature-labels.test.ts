import { describe, expect, it } from 'vitest'
import type { AreaItem, LineItem } from '../../contracts/map-kit.ts'
import type { MapLayer, SituationView } from '../../contracts/map-layer.ts'
import type { Geometry } from '../../domain/map-feature.ts'
import { featureColours } from '../../ui/cartography/feature-colours.ts'
import { labelRank } from '../../ui/cartography/label-rank.ts'
import { recordingKit as kit } from '../../../tests/support/recording-kit.ts'
import { silentView } from '../../../tests/support/silent-view.ts'
import { toldCity } from '../../../tests/support/told-city.ts'
import { square, tellingView, told, toldObservation } from '../../../tests/support/told-features.ts'
import airStations from './air-stations.ts'
import assets from './assets.ts'
import changeSpots from './change-spots.ts'
import facilities from './facilities.ts'
import forces from './forces.ts'
import inundation from './inundation.ts'
import pipes from './pipes.ts'
import plume from './plume.ts'
import projects from './projects.ts'
import rainGrid from './rain-grid.ts'
import shelters from './shelters.ts'
import warningAreas from './warning-areas.ts'
import warningMarks from './warning-marks.ts'
import waterSections from './water-sections.ts'

const view = tellingView(toldCity)
const textsOf = (layer: MapLayer, of: SituationView = view): string[] =>
  layer.labels!(of).map(({ text }) => text)
type Said = string | readonly [property: string, value: number, unit: string]
/** Words and quantities as they are drawn. */
const saidOf = (layer: MapLayer, of: SituationView = view): Said[][] =>
  layer.labels!(of).map(({ said = [] }) =>
    said
      .filter((part) => part !== '')
      .map((part): Said => (typeof part === 'string' ? part : [part.property, part.value, part.unit])),
  )
const itemsOf = <Item>(layer: MapLayer, of: SituationView = view): Item[] =>
  layer.build(of, kit).flatMap((drawing) => (drawing as unknown as { items?: Item[] }).items ?? [])

it('tells an empty shelter from one where nobody has counted', () => {
  expect(saidOf(shelters)).toEqual([
    [['occupied', 0, '1'], '/', ['capacity', 1200, '{person}']],
    ['未报', '/', ['capacity', 800, '{person}']],
  ])
})

it('says the name of the shelter, the unit and the asset that was picked', () => {
  const chosen = (selectedFeature: string) => ({ ...view, selectedFeature })
  expect(saidOf(shelters, chosen('shelters/s2'))[1]).toEqual([
    '安置点 B',
    '未报',
    '/',
    ['capacity', 800, '{person}'],
  ])
  expect(saidOf(forces, chosen('forces/u1'))).toEqual([
    ['救援队 A', ['people', 12, '{person}'], '在场'],
    [['people', 4, '{person}'], '待命'],
  ])
  expect(forces.labels!(chosen('forces/u2'))[1]!.priority).toBeGreaterThan(forces.labels!(view)[0]!.priority)
})

describe('facilities', () => {
  it('puts one in trouble before forces and calm ones after shelters, with the level as its tone', () => {
    const [calm, troubled] = facilities.labels!(view)
    expect(troubled!.badge).toEqual({ glyph: '轨', tone: 3 })
    expect(calm!.badge).toEqual({ glyph: '医', tone: 'normal' })
    expect(troubled!.priority).toBeGreaterThan(calm!.priority)
  })

  it('names a calm hydrant only when somebody asks', () => {
    expect(textsOf(facilities)).not.toContain('消火栓 A')
    expect(textsOf(facilities, { ...view, selectedFeature: 'facilities/f3' })).toContain('消火栓 A')
  })
})

describe('stations of air and water', () => {
  const latest: SituationView['latest'] = (indicator, region, dims) => {
    if (region !== silentView.city) return undefined
    if (indicator === 'ECO.AIR.STATION' && dims?.['station'] === 'A')
      return toldObservation(indicator, { station: 'A' }, 42)
    if (indicator === 'ECO.WAT.CLASS' && dims?.['section'] === 'b')
      return toldObservation(indicator, { section: 'b' }, 6)
    return undefined
  }

  it('print a figure where the station has spoken, and only its name where not', () => {
    const labels = airStations.labels!({ ...view, latest })
    expect(labels.map(({ kind, text }) => [kind, text])).toEqual([
      ['value', '42'],
      ['place', '监测点 A'],
      ['place', '监测点 B'],
    ])
    expect(labels[0]!.observation?.dims).toEqual({ station: 'A' })
  })

  it('keep the figure and the name of the one that was picked before all others', () => {
    for (const [layer, selectedFeature] of [
      [airStations, 'air-stations/a1'],
      [waterSections, 'water-sections/w2'],
    ] as const) {
      const labels = layer.labels!({ ...view, latest, selectedFeature })
      const [own, others] = [true, false].map((isOwn) =>
        labels
          .filter(({ feature }) => (feature === selectedFeature) === isOwn)
          .map(({ priority }) => priority),
      )
      expect(own).toEqual([labelRank.selected + 1, labelRank.selected])
      expect(Math.max(...others!)).toBeLessThan(labelRank.selected)
    }
  })

  it('never draw missing air as good air', () => {
    const [dots] = airStations.build({ ...view, latest }, kit) as unknown as [{ colors: Uint8Array }]
    expect(Array.from(dots.colors.subarray(4, 7))).toEqual(featureColours.dark.inkFaint)
    expect(Array.from(dots.colors.subarray(0, 3))).toEqual(featureColours.dark.ramp[2])
  })

  it('read a class as a word and go down each river', () => {
    const labels = waterSections.labels!({ ...view, latest })
    expect(labels.filter(({ kind }) => kind === 'value').map(({ words }) => words)).toEqual(['劣Ⅴ类'])
    const names = labels.filter(({ kind }) => kind === 'water').map(({ feature }) => feature)
    expect(names).toEqual(['w1', 'w2', 'w3', 'v1'].map((id) => `water-sections/${id}`))
    const steps = itemsOf<LineItem>(waterSections).map(({ path }) => path.map(([, north]) => north))
    expect(steps).toEqual([
      [43.6, 43.9],
      [43.9, 44.2],
    ])
  })
})

describe('hazards', () => {
  it('lays the widest footprint lowest and writes what to do at the tips', () => {
    expect(itemsOf<AreaItem>(plume).map(({ feature, dash }) => [feature, dash])).toEqual([
      ['plume/p1', [3, 7]],
      ['plume/p2', [12, 6]],
      ['plume/p3', undefined],
    ])
    expect(textsOf(plume)).toEqual(['就地（室内）避险', '立即撤离'])
  })

  it('lays deep water on shallow, brighter, with an edge around the whole only', () => {
    const items = itemsOf<AreaItem & LineItem>(inundation)
    expect(items.flatMap(({ feature }) => feature ?? [])).toEqual([
      'inundation/s',
      'inundation/m',
      'inundation/d',
    ])
    expect(items[2]!.fill!.slice(0, 3)).toEqual(featureColours.dark.flood[2])
    expect(items.filter(({ path }) => path)).toHaveLength(1)
  })

  it('draws an edge around an island in the water too', () => {
    const [sea, island] = [square(125.3, 43.8, 0.1), square(125.33, 43.83, 0.02)].map(
      (one) => (one as { coordinates: [number, number][][] }).coordinates[0]!,
    )
    const holed: Geometry = { type: 'Polygon', coordinates: [sea!, island!.toReversed()] }
    const flood = tellingView({ inundation: [told('inundation', 'f', holed, { band: 'shallow' })] })
    const edges = itemsOf<LineItem>(inundation, flood).flatMap(({ path }) => (path ? [path.length] : []))
    expect(edges).toEqual([5, 5])
  })
})

describe('assets', () => {
  it('stand exactly where the instant finds them, and see from there', () => {
    const [label] = assets.labels!(view)
    expect(label!.at[0]).toBeCloseTo(125.31, 9)
    expect(label!.at[2]).toBeCloseTo(110, 9)
    expect(label!.text).toBe('河道巡查 · 作业')
    const [cone] = itemsOf<AreaItem>(assets)
    expect(cone!.polygons[0]![0]![0]).toEqual([label!.at[0], label!.at[1], 0])
  })

  it('show nothing of one whose track has not begun', () => {
    const before = tellingView(toldCity, { atMs: Date.parse('2026-08-06T06:15:00Z') })
    expect(assets.labels!(before).map(({ feature }) => feature)).toEqual(['assets/k2', 'assets/k3'])
  })
})

describe('land', () => {
  it('marks the project that overlaps protected land, and none that touches it', () => {
    const [conflict, neighbour] = projects.labels!(view)
    expect(conflict!.badge?.glyph).toBe('冲')
    expect(saidOf(projects)[0]).toEqual([
      '项目 A',
      '规划',
      '占用保护范围',
      ['overlap', expect.closeTo(1_787_701, 0), 'm2'],
    ])
    expect(neighbour!.badge).toBeUndefined()
    expect(neighbour!.text).toBe('项目 B · 在建')
  })

  it('shows a change before its second picture as an outline without a name', () => {
    const before = tellingView(toldCity, { atMs: Date.parse('2026-07-01T00:00:00Z') })
    expect(itemsOf<AreaItem>(changeSpots, before).map(({ fill }) => fill)).toEqual([undefined])
    expect(changeSpots.labels!(before)).toEqual([])
    expect(textsOf(changeSpots)).toEqual(['动土 · 疑似'])
  })

  it('looks below the ground only when asked, deepest first, by depth where a line has no height', () => {
    expect(pipes.build(view, kit)).toEqual([])
    const items = itemsOf<LineItem>(pipes, { ...view, underground: true })
    expect(items.map(({ feature, diameter, path }) => [feature, diameter, path[0]![2]])).toEqual([
      ['pipes/t3', 1, -4],
      ['pipes/t1', 0.6, -2],
      ['pipes/t2', 0.3, -1],
    ])
  })
})

describe('legends', () => {
  it('explain strokes only while there are any', () => {
    const forms = (forecast: boolean): string[] =>
      rainGrid.legend!(tellingView(toldCity, { forecast })).map(({ form }) => form)
    expect([forms(false).includes('hatch'), forms(true).includes('hatch')]).toEqual([false, true])
  })

  it('list the levels in force, the severest first', () => {
    expect(warningAreas.legend!(view).map(({ text }) => text.zh)).toEqual(['黄色预警', '蓝色预警'])
    expect(warningAreas.legend!(silentView)).toEqual([])
  })
})

describe('warning glyphs', () => {
  const shape = (code: string, east: number) => ({
    region: { code, name: { zh: code }, level: 'county' as const },
    polygons: [],
    anchor: [east, 0, 0] as [number, number, number],
  })
  const warning = (id: string, level: 1 | 2 | 3 | 4, regions: string[]) => ({
    id,
    event: '暴雨',
    level,
    issuer: '市气象台',
    sentAt: '2026-08-06T06:00:00Z',
    expiresAt: '2026-08-06T12:00:00Z',
    regions,
    headline: '',
    provenance: 'synthetic' as const,
  })
  const shapes = [shape('990101', 0), shape('990102', 100)]

  it('stand over every district named, the severest lowest, none for what has an area or is over', () => {
    const warnings = [
      warning('W-3', 3, ['990101']),
      warning('b', 4, ['990101']),
      warning('a', 2, ['990101', '990102']),
      { ...warning('over', 1, ['990101']), expiresAt: '2026-08-06T06:30:00Z' },
    ]
    const labels = warningMarks.labels!({ ...view, shapes, warnings })
    expect(labels.map(({ id, lift, level }) => [id, lift, level])).toEqual([
      ['warning-marks-a-990101', 16, 2],
      ['warning-marks-a-990102', 16, 2],
      ['warning-marks-b-990101', 50, 4],
    ])
    expect(labels[0]!.text).toBe('暴雨橙色预警')
  })

  it('say nothing while no warning holds, whatever districts there are', () => {
    expect(warningMarks.labels!({ ...view, shapes, warnings: [] })).toEqual([])
    const early = { ...warning('early', 1, ['990101']), sentAt: '2026-08-06T06:33:00Z' }
    expect(warningMarks.labels!({ ...view, shapes, warnings: [early] })).toEqual([])
  })

  it('stand in the middle for the city as a whole, and nowhere without ground', () => {
    const warnings = [warning('c', 1, [silentView.city])]
    expect(warningMarks.labels!({ ...view, shapes, warnings }).map(({ at }) => at)).toEqual([[50, 0, 0]])
    expect(warningMarks.labels!({ ...view, warnings })).toEqual([])
  })
})

it('tells which ground is under water, the same for the same statement, and none where nothing is flooded', () => {
  const [now, ahead] = [false, true].map((forecast) => tellingView(toldCity, { forecast }))
  expect(inundation.wet!(now!)?.polygons).toHaveLength(3)
  expect(inundation.wet!(now!)).toBe(inundation.wet!({ ...now! }))
  expect([inundation.wet!(now!)?.forecast, inundation.wet!(ahead!)?.forecast]).toEqual([false, true])
  expect(inundation.wet!(silentView)).toBeUndefined()
})
