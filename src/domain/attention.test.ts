import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Alarm } from './alarm.ts'
import { attention, type AttentionFacts, AttentionSchema } from './attention.ts'
import { judge } from './judgement.ts'
import type { Segment } from './segment.ts'
import { localText } from './text.ts'
import { indicatorOf, observationOf, shanghai } from '../../tests/support/domain-samples.ts'
import { anyIncident, anyWarning, nowMs } from '../../tests/support/arbitrary-situation.ts'

const changchun = v.parse(AttentionSchema, parse(readFileSync('cities/changchun/attention.yaml', 'utf8')))
const source = { title: '政府工作报告', provenance: 'real' as const }
const target = (value: number) => ({ region: '220100', period: '2026', op: '>=' as const, value, source })
const industry = indicatorOf({
  code: 'MAC.IND.VAI',
  name: { zh: '规上工业增加值增速' },
  unit: '%',
  timeBasis: 'cumulative-ytd',
  department: 'industry-it',
  targets: [target(6.5)],
})
const hotline = indicatorOf({
  code: 'PUB.12345.CONN',
  name: { zh: '12345接通率' },
  unit: '%',
  freq: 'D',
  timeBasis: 'average',
  department: 'hotline',
  targets: [target(95)],
})
const alarm: Alarm = {
  id: 'deep-water@NAT.WATERLOG|220102',
  rule: 'deep-water',
  name: { zh: '道路积水超限', en: 'Street flooded' },
  level: 2,
  indicator: 'NAT.WATERLOG',
  region: '220102',
  dims: {},
  value: 33,
  threshold: 27,
  unit: 'cm',
  provenance: 'synthetic',
  since: '2026-08-06T06:00:00Z',
  firedAt: '2026-08-06T06:20:00Z',
}
const indicators = new Map(
  [industry, hotline, indicatorOf({ code: 'NAT.WATERLOG', unit: 'cm', department: 'city-management' })].map(
    (one) => [one.code, one],
  ),
)

function factsOf(change: Partial<AttentionFacts> = {}): AttentionFacts {
  return {
    nowMs,
    zone: shanghai,
    judged: [],
    alarms: [],
    incidents: [],
    warnings: [],
    indicator: (code) => indicators.get(code),
    regionName: (code, language) =>
      localText({ zh: `区${code === '220102' ? '南关' : '甲'}`, en: 'District' }, language),
    departmentName: (id) => `部门·${id}`,
    ...change,
  }
}
const judged = (
  indicator: typeof industry,
  label: string,
  value: number,
  provenance: 'real' | 'synthetic' = 'real',
) => {
  const observation = observationOf(indicator, label, value, { provenance })
  return { indicator, observation, judgement: judge(indicator, observation) }
}
const said = (segments: Segment[]): string =>
  segments
    .map((part) =>
      'text' in part
        ? part.text
        : 'name' in part
          ? `[${part.name}]`
          : 'until' in part
            ? `(${part.until})`
            : `<${part.figure.value} ${part.figure.unit}>`,
    )
    .join('')

describe('attention', () => {
  it('puts a missed target before leaders, its gap as a figure with the observation behind it', () => {
    const [item] = attention(changchun, factsOf({ judged: [judged(industry, '2026-06', 5.9)] }))
    expect(item).toMatchObject({
      id: 'missed-growth:MAC.IND.VAI|220100@2026-01/2026-06',
      rule: 'missed-growth',
      lead: 'development-reform',
      assist: ['statistics', 'industry-it'],
      deadline: '2026-08-09T09:00:00Z',
      synthetic: false,
    })
    expect(said(item!.title)).toBe('[规上工业增加值增速]<5.9 %>，与目标差<0.6 pp>')
    const gap = item!.title.find((part) => 'figure' in part && part.figure.kind === 'gap')
    expect(gap).toMatchObject({
      figure: { indicator: 'MAC.IND.VAI', region: '220100', observation: { value: 5.9 } },
    })
  })

  it('leaves out what is met, too small to matter, or takes no rule', () => {
    expect(
      attention(
        changchun,
        factsOf({ judged: [judged(industry, '2026-06', 6.5), judged(industry, '2026-06', 6.3)] }),
      ).map(({ rule }) => rule),
    ).toEqual(['missed-other'])
    expect(attention({ ...changchun, rules: [] }, factsOf({ alarms: [alarm] }))).toEqual([])
  })

  it('says an alarm with its place, value and the department that answers', () => {
    const [item] = attention(changchun, factsOf({ alarms: [alarm] }))
    expect(item).toMatchObject({
      rule: 'alarm-grave',
      lead: 'city-management',
      deadline: '2026-08-06T06:50:00Z',
      synthetic: true,
    })
    expect(said(item!.title)).toBe('[区南关][道路积水超限]，现值<33 cm>')
    expect(said(item!.ask)).toContain('[部门·city-management]')
    const acknowledged = { ...alarm, acknowledgedBy: 'operator' }
    expect(attention(changchun, factsOf({ alarms: [acknowledged] }))[0]!.score).toBeLessThan(item!.score)
  })

  it('ranks people in danger before everything, and more severe before less', () => {
    const incident = (id: string, change: object) => ({
      ...fc.sample(anyIncident, { numRuns: 1, seed: 1 })[0]!,
      incident: id,
      stage: 'reported' as const,
      urgency: 'urgent' as const,
      ...change,
    })
    const late = '2026-08-06T06:00:00Z'
    const incidents = [
      incident('late', { acceptBy: late, people: { trapped: 0, missing: 0, dead: 0 } }),
      incident('trapped', { acceptBy: '2026-08-06T08:00:00Z', people: { trapped: 1, missing: 0, dead: 0 } }),
      incident('both', { acceptBy: late, people: { trapped: 1, missing: 0, dead: 0 } }),
      incident('fine', { acceptBy: '2026-08-06T08:00:00Z', people: { trapped: 0, missing: 0, dead: 0 } }),
    ]
    const items = attention(
      changchun,
      factsOf({ incidents, alarms: [alarm], judged: [judged(industry, '2026-06', 0)] }),
    )
    expect(items.map(({ rule }) => rule)).toEqual([
      'people-overdue',
      'people-near',
      'incident-overdue-urgent',
      'missed-growth',
      'alarm-grave',
    ])
    expect(items[0]).toMatchObject({ deadline: late, lead: 'emergency' })
  })

  it('asks for a decision only on warnings of 黄 or worse that are in force', () => {
    const warning = {
      id: 'w',
      event: '暴雨',
      issuer: '长春市气象台',
      sentAt: '2026-08-06T06:00:00Z',
      expiresAt: '2026-08-06T12:00:00Z',
      regions: ['220100'],
      headline: '',
      provenance: 'synthetic' as const,
    }
    const rules = (level: 1 | 2 | 3 | 4, change = {}) =>
      attention(changchun, factsOf({ warnings: [{ ...warning, level, ...change }] })).map(({ rule }) => rule)
    expect(([1, 2, 3, 4] as const).map((level) => rules(level))).toEqual([
      ['warning-grave'],
      ['warning-grave'],
      ['warning-moderate'],
      [],
    ])
    expect(rules(1, { expiresAt: '2026-08-06T06:10:00Z' })).toEqual([])
  })

  it('moves to the next day once the hour has passed', () => {
    const rule = {
      ...changchun.rules.find(({ id }) => id === 'missed-hotline')!,
      deadline: { at: '14:00', days: 0 },
    }
    const [item] = attention(
      { ...changchun, rules: [rule] },
      factsOf({ judged: [judged(hotline, '2026-08-05', 90)] }),
    )
    expect(item!.deadline).toBe('2026-08-07T06:00:00Z')
  })

  it('answers the same whatever the order of its facts, never with a bare digit or an unfilled brace', () => {
    const facts = fc.record({
      incidents: fc.uniqueArray(anyIncident, { selector: ({ incident }) => incident }),
      warnings: fc.uniqueArray(anyWarning, { selector: ({ id }) => id }),
      value: fc.double({ min: 0, max: 10, noNaN: true }),
      language: fc.constantFrom('zh' as const, 'en' as const),
    })
    fc.assert(
      fc.property(facts, ({ incidents, warnings, value, language }) => {
        const all = [judged(industry, '2026-06', value), judged(hotline, '2026-08-05', value * 10)]
        const forward = attention(
          changchun,
          factsOf({ incidents, warnings, alarms: [alarm], judged: all }),
          language,
        )
        const backward = attention(
          changchun,
          factsOf({
            incidents: incidents.toReversed(),
            warnings: warnings.toReversed(),
            alarms: [alarm],
            judged: all.toReversed(),
          }),
          language,
        )
        expect(backward).toEqual(forward)
        expect(new Set(forward.map(({ id }) => id)).size).toBe(forward.length)
        const texts = forward.flatMap(({ title, ask }) => [...title, ...ask]).filter((part) => 'text' in part)
        expect(texts.map(({ text }) => text).join('')).not.toMatch(/[\d{}]/)
      }),
    )
  })
})

describe('AttentionSchema', () => {
  const good = { limit: 3, nearDeadline: 'PT30M', rules: [changchun.rules[0]] }
  const problem = (change: object) =>
    v.safeParse(AttentionSchema, { ...good, rules: [{ ...good.rules[0], ...change }] }).issues?.[0].message

  it('refuses digits and unknown placeholders in templates, and equal ids', () => {
    expect(problem({})).toBeUndefined()
    expect(problem({ title: { zh: '差0.6个百分点' } })).toContain('no digit')
    expect(problem({ ask: { zh: '请{leader}定' } })).toContain('a placeholder is one of')
    expect(problem({ deadline: { at: '25:00', days: 0 } })).toBeDefined()
    expect(
      v.safeParse(AttentionSchema, { ...good, rules: [good.rules[0], good.rules[0]] }).issues?.[0].message,
    ).toBe('every rule has its own id')
  })
})
