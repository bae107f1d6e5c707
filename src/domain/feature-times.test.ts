import { describe, expect, it } from 'vitest'
import { answerAge, covers, holdsAt, onStep, standsAt } from './feature-times.ts'

const [minute, hour] = [60_000, 3_600_000]
const nowMs = Date.parse('2026-08-06T06:32:40Z')
const radar = { poll: 'PT1M', step: 'PT6M', past: 'PT1H', ahead: 'PT2H' }
const shelters = { poll: 'PT1M' }

describe('instants of a collection', () => {
  it('fall on its step', () => {
    expect(new Date(onStep(radar, nowMs)).toISOString()).toBe('2026-08-06T06:30:00.000Z')
    expect(new Date(onStep(shelters, nowMs)).toISOString()).toBe('2026-08-06T06:32:00.000Z')
  })

  it('of a timed one are covered from past to ahead of the step of now', () => {
    const step = onStep(radar, nowMs)
    expect(covers(radar, step - hour, nowMs)).toBe(true)
    expect(covers(radar, step - hour - 1, nowMs)).toBe(false)
    expect(covers(radar, step + 2 * hour, nowMs)).toBe(true)
    expect(covers(radar, step + 2 * hour + 6 * minute, nowMs)).toBe(false)
  })

  it('of a timed one without past and ahead are the step of now alone', () => {
    const bare = { poll: 'PT1M', step: 'PT5M' }
    expect([-5, 0, 5].map((minutes) => covers(bare, nowMs + minutes * minute, nowMs))).toEqual([
      false,
      true,
      false,
    ])
  })

  it('of a standing one are answered by what stands now, or were long ago', () => {
    expect(standsAt(shelters, nowMs + hour, nowMs)).toBe(true)
    expect(standsAt(shelters, nowMs - 30_000, nowMs)).toBe(true)
    expect(standsAt(shelters, nowMs - 2 * minute, nowMs)).toBe(false)
    expect(covers(shelters, 0, nowMs)).toBe(true)
    expect(covers({ ...shelters, past: 'PT6H' }, nowMs - 7 * hour, nowMs)).toBe(false)
    expect(standsAt(radar, nowMs, nowMs)).toBe(false)
  })
})

describe('holdsAt', () => {
  it('is half-open, and true of what has no time', () => {
    const interval: [string, string] = ['2026-08-06T06:00:00Z', '2026-08-06T07:00:00Z']
    const at = (text: string) => holdsAt({ time: { interval } }, Date.parse(text))
    expect([at('2026-08-06T06:00:00Z'), at('2026-08-06T07:00:00Z'), holdsAt({}, 0)]).toEqual([
      true,
      false,
      true,
    ])
  })
})

describe('answerAge', () => {
  it('is ready until poll + 10 s, late until three times two polls, then missing', () => {
    const age = (ms: number) => answerAge('PT1M', nowMs - ms, nowMs)
    expect([0, 70_000, 70_001, 360_000, 360_001].map(age)).toEqual([
      'ready',
      'ready',
      'late',
      'late',
      'missing',
    ])
  })
})
