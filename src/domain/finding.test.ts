import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { CommandSchema } from './command.ts'
import { type FindingRule, FindingRuleSchema, findingsOf, reportCommand } from './finding.ts'
import { FeatureAnswerSchema, type MapFeature } from './map-feature.ts'
import { decide, emptySituation, evolve } from './situation.ts'

const nowMs = Date.parse('2026-08-06T06:32:00Z')
const shared = {
  kind: '占用保护范围',
  urgency: 'ordinary',
  owner: 'natural-resources',
  acceptWithin: 'P1D',
  closeWithin: 'P10D',
}
const overlap = v.parse(FindingRuleSchema, {
  ...shared,
  id: 'protected-overlap',
  on: 'overlap',
  collection: 'projects',
  within: 'protected-areas',
  title: '{name}占用{other}',
  owners: { 'permanent-farmland': 'agriculture' },
})
const spots = v.parse(FindingRuleSchema, {
  ...shared,
  id: 'change-spot',
  on: 'spot',
  collection: 'change-spots',
  title: '{name}疑似违法用地',
  automaticFrom: 0.9,
})

/** Degrees of one metre at this place. */
const [metreEast, metreNorth] = [1 / 80_455, 1 / 111_100]
function box(
  id: string,
  [west, south, east, north]: number[],
  properties: MapFeature['properties'] = {},
): MapFeature {
  const at = (x: number, y: number): [number, number] => [125.3 + x * metreEast, 43.8 + y * metreNorth]
  const ring = [at(west!, south!), at(east!, south!), at(east!, north!), at(west!, north!), at(west!, south!)]
  return { type: 'Feature', id, geometry: { type: 'Polygon', coordinates: [ring] }, properties }
}
const told = (collection: string, features: MapFeature[]) =>
  v.parse(FeatureAnswerSchema, {
    collection,
    at: '2026-08-06T06:32:00Z',
    source: 'geo',
    provenance: 'synthetic',
    resultTime: '2026-08-06T06:00:00Z',
    receivedAt: '2026-08-06T06:31:00Z',
    hash: 'h',
    features,
    refused: [],
  })
const farm = told('protected-areas', [
  box('farm', [0, 0, 1000, 1000], { kind: 'permanent-farmland', name: '示意农田01', region: '220104' }),
])

function reported(rule: FindingRule, answers: ReturnType<typeof told>[]): string[] {
  let situation = emptySituation
  // Looked at three times over, as a register that is polled is.
  for (const finding of [1, 2, 3].flatMap(() => findingsOf(rule, answers))) {
    const command = reportCommand(finding, { nowMs: nowMs + situation.sequence, region: '220100' })
    const decision = decide(situation, v.parse(CommandSchema, command) as typeof command)
    if (!('records' in decision)) continue
    for (const record of decision.records)
      situation = evolve(situation, {
        ...record,
        sequence: situation.sequence + 1,
        at: '2026-08-06T06:32:00Z',
        actor: 'gateway',
        stream: command.stream,
        command: command.id,
        previous: '',
        hash: '',
      })
  }
  return [...situation.incidents.keys()]
}

describe('a project against protected land', () => {
  it('is exactly one incident from a square metre on, however often it is looked at', () => {
    expect(reported(overlap, [told('projects', [box('over', [-100, 500, 1.05, 501])]), farm])).toHaveLength(1)
  })

  it('is none where the two only touch, and none below a square metre', () => {
    const beside = [box('touch', [-500, 0, 0, 1000]), box('less', [-100, 500, 0.9, 501])]
    expect(reported(overlap, [told('projects', beside), farm])).toEqual([])
  })

  it('is one for each pair, whatever their order, and says of what, whose, where and by how much', () => {
    const projects = [box('b', [-100, 0, 10, 10], { name: '示意项目02' }), box('a', [-50, 500, 20, 520])]
    const ids = (list: MapFeature[]) => reported(overlap, [told('projects', list), farm])
    expect(ids(projects).toSorted()).toEqual(ids(projects.toReversed()).toSorted())
    expect(new Set(ids(projects)).size).toBe(2)
    const finding = findingsOf(overlap, [told('projects', projects), farm]).find(
      ({ of }) => of[0]!.id === 'b',
    )!
    expect(finding.automatic).toBe(true)
    expect(reportCommand(finding, { nowMs, region: '220100' }).payload).toMatchObject({
      title: '示意项目02占用示意农田01',
      owner: 'agriculture',
      region: '220104',
      origin: 'sensor',
      acceptBy: '2026-08-07T06:32:00Z',
      closeBy: '2026-08-16T06:32:00Z',
      provenance: 'synthetic',
      finding: {
        rule: 'protected-overlap',
        features: ['projects/b', 'protected-areas/farm'],
        resultTime: '2026-08-06T06:00:00Z',
        squareMetres: expect.closeTo(100, 0),
      },
    })
  })

  it('is titled with names as they are written, whatever stands in them', () => {
    const titled = (name: string): string => {
      const [finding] = findingsOf(overlap, [told('projects', [box('a', [0, 0, 9, 9], { name })]), farm])
      return reportCommand(finding!, { nowMs, region: '220100' }).payload.title
    }
    expect(titled('甲$&{other}$1')).toBe('甲$&{other}$1占用示意农田01')
    expect(titled(`${'甲'.repeat(59)}𠀀`)).toBe('甲'.repeat(59))
  })
})

describe('a change spot', () => {
  const spot = (id: string, confidence: number, state = 'found') =>
    box(id, [0, 0, 50, 50], { confidence, state, kind: 'earthwork', name: '示意图斑001' })
  const found = findingsOf(spots, [
    told('change-spots', [spot('sure', 0.9), spot('unsure', 0.89), spot('no', 0.99, 'dismissed')]),
  ])

  it('is raised by the rule from the confidence the city sets, by hand below it, never once dismissed', () => {
    expect(found.map(({ of, automatic }) => [of[0]!.id, automatic])).toEqual([
      ['sure', true],
      ['unsure', false],
    ])
  })

  it('carries its confidence and its source record, and lies in the city where it names no region', () => {
    const { payload, id } = reportCommand(found[1]!, { nowMs, region: '220100' })
    expect(id).toBe(`finding:${payload.incident}`)
    expect(payload).toMatchObject({
      region: '220100',
      origin: 'screen',
      owner: 'natural-resources',
      finding: { features: ['change-spots/unsure'], source: 'geo', confidence: 0.89 },
    })
    expect(payload.place!.longitude).toBeCloseTo(125.3 + 25 * metreEast, 6)
  })
})
