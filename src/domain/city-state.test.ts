import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type CityFacts, cityFacts, cityState, CityStateSchema, mayBeCalm } from './city-state.ts'
import { emptySituation } from './situation.ts'

const changchun = v.parse(CityStateSchema, parse(readFileSync('cities/changchun/city-state.yaml', 'utf8')))
const quiet = cityFacts(emptySituation, { nowMs: 0, criticalLateSources: [] })
const warned = (level: 1 | 2 | 3 | 4): CityFacts => ({
  ...quiet,
  worstWarningLevel: level,
  warningsByLevel: { 1: 0, 2: 0, 3: 0, 4: 0, [level]: 1 },
})
const textOf = (facts: CityFacts, language: 'zh' | 'en' = 'zh'): string =>
  cityState(changchun, facts, language)
    .parts.map((part) =>
      'text' in part
        ? part.text
        : 'name' in part
          ? part.name
          : 'figure' in part
            ? `<${part.figure.indicator}=${part.figure.value}>`
            : '',
    )
    .join('')

const count = fc.integer({ min: 0, max: 2 })
const anyFacts: fc.Arbitrary<CityFacts> = fc
  .record({
    mode: fc.constantFrom('peace' as const, 'emergency' as const),
    overdue: count,
    trapped: count,
    missing: count,
    dead: count,
    w1: count,
    w2: count,
    w3: count,
    w4: count,
    late: fc.array(fc.constant('热线'), { maxLength: 1 }),
    alarms: count,
  })
  .map(({ mode, overdue, trapped, missing, dead, w1, w2, w3, w4, late, alarms }) => {
    const warningsByLevel = { 1: w1, 2: w2, 3: w3, 4: w4 }
    const worstWarningLevel = ([1, 2, 3, 4] as const).find((level) => warningsByLevel[level] > 0) ?? null
    return {
      mode,
      overdue,
      incidentsOpen: overdue,
      trapped,
      missing,
      dead,
      warningsByLevel,
      worstWarningLevel,
      criticalLateSources: late,
      alarms,
      alarmsUnacknowledged: alarms,
    }
  })

describe('cityState', () => {
  it('is calm only while nothing forbids it, with the rule in words', () => {
    expect(cityState(changchun, quiet)).toMatchObject({
      id: 'calm',
      word: '全市运行平稳',
      calm: true,
      parts: [],
    })
    expect(cityState(changchun, quiet, 'en')).toMatchObject({
      word: 'All calm',
      rule: expect.stringContaining('Nothing overdue'),
    })
    expect(cityState(changchun, warned(4))).toMatchObject({ calm: true })
    expect(cityState(changchun, warned(3))).toMatchObject({ id: 'attention', word: '需关注', calm: false })
  })

  it('says what is the matter, figures as figures and names as names', () => {
    const facts = { ...warned(3), overdue: 1, criticalLateSources: ['12345热线'] }
    expect(textOf(facts)).toBe(
      '预警<GOV.COCKPIT.WARNINGS=1> · 超时<GOV.COCKPIT.OVERDUE=1> · 关键来源迟到：12345热线',
    )
    const two = { ...facts, criticalLateSources: ['Hotline', 'Rain'] }
    expect(textOf(two, 'en')).toContain('Hotline, Rain')
    expect(cityState(changchun, facts).facts).toBe(facts)
    expect(textOf({ ...quiet, trapped: 2 })).toBe('被困<GOV.COCKPIT.TRAPPED=2>')
    expect(cityState(changchun, { ...quiet, trapped: 2 }).id).toBe('people-at-risk')
    expect(cityState(changchun, { ...quiet, alarms: 1, alarmsUnacknowledged: 1 }).id).toBe('to-verify')
    expect(cityState(changchun, { ...quiet, alarms: 1 }).id).toBe('calm')
    expect(cityState(changchun, { ...quiet, mode: 'emergency' }).id).toBe('emergency')
  })

  it('never calls a city calm against the law, whatever its YAML says', () => {
    const word = { zh: '平稳' }
    const careless = v.parse(CityStateSchema, {
      states: [
        { id: 'lull', word, calm: true, any: [{ fact: 'overdue', atLeast: 1 }], rule: word },
        {
          id: 'watch',
          word: { zh: '需关注' },
          calm: false,
          any: [{ fact: 'alarms', atLeast: 9 }],
          rule: word,
        },
        { id: 'calm', word, calm: true, rule: word },
      ],
    })
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(changchun, careless), (facts, config) => {
        const state = cityState(config, facts)
        const forbidden =
          facts.mode === 'emergency' ||
          facts.overdue + facts.trapped + facts.missing + facts.dead > 0 ||
          facts.criticalLateSources.length > 0 ||
          (facts.worstWarningLevel ?? 4) < 4
        expect(mayBeCalm(facts)).toBe(!forbidden)
        expect(forbidden && (state.calm || state.word.includes('平稳'))).toBe(false)
      }),
    )
  })

  it('never writes a digit as plain text', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom('zh' as const, 'en' as const), (facts, language) => {
        const texts = cityState(changchun, facts, language).parts.filter((part) => 'text' in part)
        expect(texts.map(({ text }) => text).join('')).not.toMatch(/\d/)
      }),
    )
  })
})

describe('CityStateSchema', () => {
  const state = (change: Record<string, unknown>) => ({
    id: 'watch',
    word: { zh: '需关注' },
    calm: false,
    rule: { zh: '规则' },
    ...change,
  })
  const calm = { id: 'calm', word: { zh: '平稳' }, calm: true, rule: { zh: '规则' } }
  const problems = (states: unknown[]) =>
    v.safeParse(CityStateSchema, { states }).issues?.map(({ message }) => message) ?? []

  it('refuses a careless sentence', () => {
    expect(problems([state({}), calm])).toEqual([])
    expect(problems([state({ word: { zh: '总体平稳' } }), calm])).toEqual([
      'only a state with calm: true may say 平稳',
    ])
    expect(
      problems([
        state({ parts: [{ when: { fact: 'overdue', atLeast: 1 }, text: { zh: '1 件超时' } }] }),
        calm,
      ])[0],
    ).toContain('no digit')
    expect(
      problems([
        state({ parts: [{ when: { fact: 'overdue', atLeast: 1 }, text: { zh: '{late}' } }] }),
        calm,
      ])[0],
    ).toContain('a placeholder is one of')
    expect(problems([state({}), state({})])).toContain('every state has its own id')
    expect(problems([calm, { ...calm, id: 'calm-too' }])).toContain('at least one state is not calm')
    expect(
      problems([
        state({ any: [{ fact: 'overdue', atLeast: 1 }] }),
        { ...calm, any: [{ fact: 'alarms', atLeast: 1 }] },
      ]),
    ).toContain('one state without conditions must close the list')
  })
})
