import * as v from 'valibot'
import { expect, it } from 'vitest'
import { AlarmRuleSchema, thresholdOf } from './rule.ts'

const rule = (when: unknown) => ({ id: 'rule-1', name: { zh: '规则' }, level: 3, when })

it('reads a rule without a kind as a threshold, as files have it', () => {
  const when = { op: '>=', value: 27, clear: 15 }
  expect(thresholdOf(v.parse(AlarmRuleSchema, rule(when)))).toEqual(when)
  expect(v.parse(AlarmRuleSchema, rule({ ...when, type: 'threshold' })).when).toMatchObject(when)
})

it('takes every kind, and draws a line for a threshold only', () => {
  for (const when of [
    { type: 'band', table: 'aqi', atLeast: 4 },
    { type: 'rate', window: 'PT1H', op: '>', value: 20, relative: true },
    { type: 'yoy', op: '<', value: -5 },
    { type: 'absence', for: 'PT10M' },
    { type: 'model', process: 'queue-length', op: '>', score: 0.9 },
    { type: 'any', of: ['deep-water', 'heavy-rain'] },
    { type: 'all', of: ['deep-water', { op: '>', value: 3 }, { type: 'mom', op: '>', value: 3 }] },
  ]) {
    const read = v.parse(AlarmRuleSchema, rule(when))
    expect(read.when).toEqual(when)
    expect(thresholdOf(read)).toBeUndefined()
  }
})

it('refuses what is of no kind, or of two', () => {
  for (const when of [
    { type: 'band', op: '>', value: 1 },
    { type: 'guess' },
    { value: 3 },
    { type: 'all', of: ['deep-water'] },
    { type: 'all', of: ['deep-water', { type: 'any', of: ['a', 'b'] }] },
  ])
    expect(v.is(AlarmRuleSchema, rule(when)), JSON.stringify(when)).toBe(false)
})
