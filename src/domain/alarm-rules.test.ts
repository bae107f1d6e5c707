import { describe, expect, it } from 'vitest'
import { alarmId, evaluateRule, quietRule, type RuleState, standing } from './alarm-rules.ts'
import type { AlarmRule } from './rule.ts'
import type { Observation } from './observation.ts'
import { indicatorOf, observationOf } from '../../tests/support/domain-samples.ts'

const depth = indicatorOf({ code: 'NAT.WATERLOG', unit: 'cm', freq: 'N', timeBasis: 'instant' })
const rule: AlarmRule = {
  id: 'deep-water',
  name: { zh: '积水超限' },
  level: 2,
  when: { op: '>=', value: 27, clear: 15 },
  for: 'PT3M',
}
const minute = (n: number): string => `2026-08-06T14:${String(n).padStart(2, '0')}`
const water = (n: number, value: number | null, change: Partial<Observation> = {}) =>
  observationOf(depth, minute(n), value, change)
const nowAt = (n: number): number => Date.parse(`${minute(n)}:05+08:00`)

/** Looks at one value after the other, as they arrive. */
function watch(values: [number, number | null][], from: RuleState = quietRule, by: AlarmRule = rule) {
  const events: string[] = []
  let state = from
  for (const [n, value] of values) {
    const outcome = evaluateRule(by, depth, water(n, value), state, nowAt(n))
    state = outcome.state
    if (outcome.fired) events.push(`fired ${n}`)
    if (outcome.ended) events.push(`ended ${n}`)
  }
  return { events, state }
}

describe('evaluateRule', () => {
  it('fires once the condition has held long enough, and only once', () => {
    const { events } = watch([
      [0, 30],
      [1, 30],
      [2, 30],
      [3, 30],
      [4, 31],
      [5, 40],
    ])
    expect(events).toEqual(['fired 3'])
    expect(watch([[0, 30]], quietRule, { ...rule, for: undefined }).events).toEqual(['fired 0'])
  })

  it('ends what stands once the rule is put out of force, and raises nothing more', () => {
    const { state } = watch([[0, 30]], quietRule, { ...rule, for: undefined })
    const off = { ...rule, for: undefined, enabled: false }
    expect(watch([[1, 30]], state, off).events).toEqual(['ended 1'])
    expect(watch([[1, 30]], quietRule, off).events).toEqual([])
  })

  it('starts to count again after a break', () => {
    expect(
      watch([
        [0, 30],
        [1, 30],
        [2, 26],
        [3, 30],
        [4, 30],
        [5, 30],
      ]).events,
    ).toEqual([])
    expect(
      watch([
        [0, 30],
        [1, 30],
        [2, 26],
        [3, 30],
        [4, 30],
        [5, 30],
        [6, 30],
      ]).events,
    ).toEqual(['fired 6'])
  })

  it('ends at the clearing value, not at the threshold', () => {
    const { state } = watch([
      [0, 30],
      [1, 30],
      [2, 30],
      [3, 30],
    ])
    expect(
      watch(
        [
          [4, 26],
          [5, 16],
          [6, 27],
        ],
        state,
      ).events,
    ).toEqual([])
    expect(
      watch(
        [
          [4, 26],
          [5, 15],
        ],
        state,
      ).events,
    ).toEqual(['ended 5'])
    expect(watch([[4, 26]], state, { ...rule, when: { op: '>=', value: 27 } }).events).toEqual(['ended 4'])
  })

  it('says who, what and since when', () => {
    const { state } = watch([
      [0, 30],
      [1, 30],
      [2, 30],
    ])
    expect(evaluateRule(rule, depth, water(3, 33), state, nowAt(3)).fired).toEqual({
      id: 'deep-water@NAT.WATERLOG|220100',
      rule: 'deep-water',
      name: { zh: '积水超限' },
      level: 2,
      indicator: 'NAT.WATERLOG',
      region: '220100',
      dims: {},
      value: 33,
      threshold: 27,
      unit: 'cm',
      provenance: 'real',
      since: '2026-08-06T06:00:00Z',
      firedAt: '2026-08-06T06:03:05Z',
    })
  })

  it('is neither raised nor lowered by silence, by an old value or by history', () => {
    expect(
      watch([
        [0, 30],
        [1, null],
        [2, 30],
        [3, 30],
      ]).events,
    ).toEqual(['fired 3'])
    const { state } = watch([
      [0, 30],
      [1, 30],
      [2, 30],
      [3, 30],
    ])
    expect(evaluateRule(rule, depth, water(4, null), state, nowAt(4))).toEqual({ state })
    expect(evaluateRule(rule, depth, water(4, 1), state, nowAt(10))).toEqual({ state })
    expect(evaluateRule(rule, depth, water(4, 99), quietRule, nowAt(10))).toEqual({ state: quietRule })
    expect(
      evaluateRule({ ...rule, for: undefined }, depth, water(4, 99), quietRule, nowAt(4), { once: true }),
    ).toEqual({ state: quietRule })
    expect(
      evaluateRule({ ...rule, for: undefined }, depth, water(4, 99, { status: 'F' }), quietRule, nowAt(4)),
    ).toEqual({ state: quietRule })
  })

  it('does not count a silence longer than staleAfter as holding', () => {
    expect(
      watch([
        [0, 30],
        [10, 30],
      ]).events,
    ).toEqual([])
    expect(
      watch([
        [0, 30],
        [10, 30],
        [11, 30],
        [12, 30],
        [13, 30],
      ]).events,
    ).toEqual(['fired 13'])
  })

  it('ignores what arrives late and out of order', () => {
    expect(
      watch([
        [0, 30],
        [2, 30],
        [1, 10],
        [3, 30],
      ]).events,
    ).toEqual(['fired 3'])
  })

  it('counts by the clock for an event figure, which speaks only when it changes', () => {
    const event = indicatorOf({ ...depth, freq: 'E' })
    const seen = observationOf(event, `${minute(0)}:00`, 30)
    const still = { ...event, freshness: { staleAfter: 'PT1H' } }
    const first = evaluateRule(rule, still, seen, quietRule, nowAt(0))
    expect(first.fired).toBeUndefined()
    expect(evaluateRule(rule, still, seen, first.state, nowAt(3)).fired).toBeDefined()
  })

  it('works for every operator and goes on from the journal', () => {
    const by = (op: '>' | '>=' | '<' | '<=') =>
      watch([[0, 27]], quietRule, { ...rule, for: undefined, when: { op, value: 27 } }).events.length
    expect((['>', '>=', '<', '<='] as const).map(by)).toEqual([0, 1, 0, 1])
    const low: AlarmRule = { ...rule, for: undefined, when: { op: '<', value: 5, clear: 8 } }
    expect(
      watch(
        [
          [0, 4],
          [1, 6],
          [2, 8],
        ],
        quietRule,
        low,
      ).events,
    ).toEqual(['fired 0', 'ended 2'])
    const again = standing({ id: alarmId(rule, water(0, 30)), since: '2026-08-06T06:00:00Z' })
    expect(
      watch(
        [
          [4, 40],
          [5, 3],
        ],
        again,
      ).events,
    ).toEqual(['ended 5'])
  })

  it('watches only the regions it names, and lets go of one it no longer does', () => {
    const county: AlarmRule = { ...rule, for: undefined, regions: ['220102'] }
    expect(evaluateRule(county, depth, water(0, 99), quietRule, nowAt(0))).toEqual({ state: quietRule })
    expect(
      evaluateRule(county, depth, water(0, 99, { region: '220102' }), quietRule, nowAt(0)).fired,
    ).toBeDefined()
    const left = evaluateRule(county, depth, water(1, 99), { alarm: 'a', sinceMs: 0 }, nowAt(1))
    expect(left).toEqual({ state: quietRule, ended: 'a' })
  })
})
