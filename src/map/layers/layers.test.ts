import { describe, expect, it } from 'vitest'
import type { AreaItem, Drawing, LineItem, MeshShape } from '../../contracts/map-kit.ts'
import type { EnuMetres, RegionShape, SituationView } from '../../contracts/map-layer.ts'
import type { Incident } from '../../domain/incident.ts'
import type { Observation } from '../../domain/observation.ts'
import { mapColours } from '../../ui/cartography/map-colours.ts'
import { recordingKit as kit } from '../../../tests/support/recording-kit.ts'
import { silentView } from '../../../tests/support/silent-view.ts'
import districtColumns from './district-columns.ts'
import districtLand from './district-land.ts'
import incidentMarks from './incident-marks.ts'
import townOutlines from './town-outlines.ts'
import zoneOutlines from './zone-outlines.ts'

const CODE = 'GOV.BUDGET.REVENUE'

const meshes = (layers: Drawing[]): MeshShape[] =>
  layers.filter((layer) => 'lifts' in layer) as unknown as MeshShape[]
const quads = (mesh: MeshShape): number => mesh.positions.length / 3 / 6

function square(code: string, west: number): RegionShape {
  const ring: EnuMetres[] = [
    [west, 0, 0],
    [west + 10, 0, 0],
    [west + 10, 10, 0],
    [west, 10, 0],
    [west, 0, 0],
  ]
  return {
    region: { code, name: { zh: code }, level: 'county' },
    polygons: [[ring]],
    anchor: [west + 5, 5, 0],
  }
}

function observed(region: string, value: number | null): Observation {
  return {
    indicator: CODE,
    region,
    dims: {},
    value,
    unit: 'CNY',
    status: 'A',
    flags: [],
    provenance: 'synthetic',
    source: 'demo',
    period: { start: '2026-01-01T00:00:00Z', end: '2026-08-01T00:00:00Z', label: '2026-01/07' },
    resultTime: '2026-08-05T00:00:00Z',
    receivedAt: '2026-08-05T00:00:00Z',
    revision: 0,
    lineage: 'l',
    comparisons: [],
  }
}

function incident(id: string, more: Partial<Incident> = {}): Incident {
  return {
    incident: id,
    title: '示例大桥下穿积水',
    kind: '积水',
    region: '220102',
    urgency: 'urgent',
    origin: 'hotline',
    owner: 'water',
    reportedAt: '2026-08-06T06:00:00Z',
    acceptBy: '2026-08-06T07:00:00Z',
    closeBy: '2026-08-06T08:00:00Z',
    provenance: 'synthetic',
    stage: 'reported',
    sequence: 1,
    place: { longitude: 125.3, latitude: 43.9 },
    ...more,
  }
}

function view(values: Record<string, number | null>, more: Partial<SituationView> = {}): SituationView {
  return {
    ...silentView,
    theme: {
      id: 'economy',
      name: { zh: '经济' },
      column: CODE,
      land: { indicator: CODE, by: 'value', bounds: [2, 4, 6] },
      layers: [],
    },
    shapes: [square('220102', 0), square('220103', 10)],
    latest: (indicator, region) =>
      indicator === CODE && region in values ? observed(region, values[region] ?? null) : undefined,
    format: (_, value) => value.toFixed(1),
    ...more,
  }
}

const silent = view({}, { shapes: [] })

describe.each([
  ['district-land', districtLand],
  ['district-columns', districtColumns],
  ['incident-marks', incidentMarks],
  ['town-outlines', townOutlines],
  ['zone-outlines', zoneOutlines],
])('%s', (id, layer) => {
  it('draws and names nothing when there is nothing', () => {
    expect(layer.build(silent, kit)).toEqual([])
    expect(layer.labels?.(silent)).toEqual([])
  })

  it('gives its layers and labels ids that start with its own', () => {
    const full = view(
      { '220102': 8, '220103': 3 },
      { incidents: [incident('a')], units: view({}).shapes, zones: view({}).shapes },
    )
    const ids = [...layer.build(full, kit), ...(layer.labels?.(full) ?? [])].map((drawn) => drawn.id)
    expect(ids.length).toBeGreaterThan(0)
    expect(ids.every((drawn) => drawn.startsWith(id))).toBe(true)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('district land', () => {
  const itemsOf = <Item>(layers: Drawing[], id: string): Item[] =>
    (layers.find((drawn) => drawn.id === id) as unknown as { items: Item[] }).items
  const fillOf = (layers: Drawing[], index: number): unknown =>
    itemsOf<AreaItem>(layers, 'district-land-area')[index]!.fill?.slice(0, 3)

  it('fills by class, and leaves a unit without a figure bare', () => {
    const layers = districtLand.build(view({ '220102': 5 }), kit)
    expect(fillOf(layers, 0)).toEqual(mapColours.land[2])
    expect(fillOf(layers, 1)).toEqual(mapColours.ground)
  })

  it('hangs the slab from the outer edges only', () => {
    expect(quads(meshes(districtLand.build(view({}), kit))[0]!)).toBe(6)
  })

  it('outlines the picked unit', () => {
    const layers = districtLand.build(view({}, { selectedRegion: '220103' }), kit)
    const outlined = itemsOf<LineItem>(layers, 'district-land-outline')
    expect(outlined.map(({ path, width }) => [path[0], width])).toEqual([[[10, 0, 0], 3]])
  })
})

describe('town outlines', () => {
  const { shapes } = view({})
  const outlined = (more: Partial<SituationView>) =>
    townOutlines
      .build(view({}, { units: shapes, ...more }), kit)
      .flatMap((drawn) => (drawn as unknown as { items: LineItem[] }).items)

  it('outline every unit below the county, and once more the one that is stood in or pointed at', () => {
    expect(outlined({})).toHaveLength(2)
    expect(outlined({ selectedUnit: '220103' }).map(({ width }) => width)).toEqual([1, 1, 3])
    expect(outlined({ pointedRegion: '220102' }).at(-1)!.path).toBe(shapes[0]!.polygons[0]![0])
  })

  it('name each, so that a click on the name goes there', () => {
    const labels = townOutlines.labels!(view({}, { units: shapes }))
    expect(labels.map(({ region, kind }) => [region, kind])).toEqual([
      ['220102', 'place'],
      ['220103', 'place'],
    ])
  })
})

describe('district columns', () => {
  it('stands one prism of five faces per value, none for a missing one', () => {
    const layers = meshes(districtColumns.build(view({ '220102': 8, '220103': null }), kit))
    expect(quads(layers[1]!)).toBe(5)
    expect(districtColumns.labels!(view({ '220102': 8, '220103': null })).map(({ text }) => text)).toEqual([
      '8.0',
    ])
  })

  it('carries the observation that its label prints', () => {
    expect(districtColumns.labels!(view({ '220102': 8 }))[0]!.observation?.region).toBe('220102')
  })

  it('stands nowhere under a theme without columns', () => {
    expect(
      districtColumns.build(
        view({ '220102': 8 }, { theme: { id: 'x', name: { zh: 'x' }, layers: [] } }),
        kit,
      ),
    ).toEqual([])
  })
})

describe('incident marks', () => {
  it('marks running incidents that say where they are', () => {
    const { place: _, ...nowhere } = incident('nowhere')
    const incidents = [
      incident('a'),
      incident('b', { urgency: 'ordinary' }),
      incident('c', { stage: 'closed', closedAt: '2026-08-06T06:20:00Z' }),
      nowhere,
    ]
    expect(incidentMarks.labels!(view({}, { incidents })).map(({ id }) => id)).toEqual([
      'incident-marks-a',
      'incident-marks-b',
    ])
  })

  it('marks of a past instant what ran then, and at once what is reported in the minute that runs', () => {
    const incidents = [
      incident('early', {
        reportedAt: '2026-08-06T03:00:00Z',
        stage: 'closed',
        closedAt: '2026-08-06T05:00:00Z',
      }),
      incident('now', { reportedAt: '2026-08-06T06:32:40Z' }),
    ]
    const marked = (clock: string) => {
      const at = view({}, { incidents, atMs: Date.parse(`2026-08-06T${clock}:00Z`) })
      const labels = incidentMarks.labels!(at)
      const [stems] = incidentMarks.build(at, kit)
      expect(stems ? 'drawn' : 'bare').toBe(labels.length > 0 ? 'drawn' : 'bare')
      return labels.map(({ incident: one }) => [one!.incident, one!.stage])
    }
    expect(marked('02:00')).toEqual([])
    expect(marked('04:00')).toEqual([['early', 'reported']])
    expect(marked('05:30')).toEqual([])
    expect(marked('06:31')).toEqual([])
    expect(marked('06:32')).toEqual([['now', 'reported']])
    expect(marked('09:32')).toEqual([['now', 'reported']])
  })
})
