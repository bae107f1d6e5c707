import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { indicatorOf } from '../../tests/support/domain-samples.ts'
import { IndicatorCodeSchema, IndicatorSchema } from './indicator.ts'
import { DurationSchema, durationMs, InstantSchema, toInstant } from './instant.ts'
import { seriesKey } from './observation.ts'
import { localText } from './text.ts'

describe('IndicatorSchema', () => {
  const problem = (change: Parameters<typeof indicatorOf>[0]) =>
    v.safeParse(IndicatorSchema, { ...indicatorOf(), ...change }).issues?.[0].message

  it('knows which frequencies can be cumulated', () => {
    expect(problem({})).toBeUndefined()
    expect(problem({ freq: 'W', timeBasis: 'cumulative-ytd' })).toContain('weeks do not add up')
    expect(problem({ freq: 'M', timeBasis: 'cumulative-day' })).toContain('cumulation of the day')
    expect(problem({ freq: 'D', jointFirstPeriods: 2 })).toContain('jointFirstPeriods')
  })

  it('knows a code of two or three segments by its domain', () => {
    for (const code of ['MAC.GDP.TOTAL', 'HEA.RT', 'PUB.12345.VOL', 'GOV.COCKPIT.SOURCES_OK'])
      expect(v.is(IndicatorCodeSchema, code)).toBe(true)
    for (const code of ['MAC', 'XYZ.GDP', 'MAC.gdp', 'MAC.G', 'MAC.GDP.TOTAL.X', 'MAC.GDP.'])
      expect(v.is(IndicatorCodeSchema, code)).toBe(false)
  })
})

describe('instants and durations', () => {
  it('have an offset and are told in UTC', () => {
    expect(toInstant(Date.parse('2026-08-06T14:32:00+08:00'))).toBe('2026-08-06T06:32:00Z')
    expect(toInstant(1)).toBe('1970-01-01T00:00:00.001Z')
    expect(v.is(InstantSchema, '2026-08-06T14:32:00+08:00')).toBe(true)
    for (const naive of ['2026-08-06T14:32:00', '2026-08-06', '2026-08-06 14:32:00Z'])
      expect(v.is(InstantSchema, naive)).toBe(false)
  })

  it('measure lags', () => {
    expect(['PT1S', 'PT5M', 'P1D', 'P1DT2H', 'P2W'].map(durationMs)).toEqual([
      1000, 300_000, 86_400_000, 93_600_000, 1_209_600_000,
    ])
    expect(durationMs('P1Y')).toBe(12 * durationMs('P1M'))
    for (const bad of ['P', 'PT', '5M', 'P1H', 'PT1.5S']) expect(v.is(DurationSchema, bad)).toBe(false)
    expect(() => durationMs('5 minutes')).toThrow('not an ISO 8601 duration')
  })
})

describe('seriesKey', () => {
  it('is equal for equal series, whatever the order of dimensions', () => {
    expect(seriesKey('A.BC', '220100', { b: '2', a: '1' })).toBe(
      seriesKey('A.BC', '220100', { a: '1', b: '2' }),
    )
    expect(seriesKey('A.BC', '220100', { a: '1' })).not.toBe(seriesKey('A.BC', '220100'))
  })
})

describe('localText', () => {
  it('falls back to Chinese', () => {
    expect([
      localText({ zh: '市', en: 'City' }, 'en'),
      localText({ zh: '市' }, 'en'),
      localText({ zh: '市', en: 'City' }, 'zh'),
    ]).toEqual(['City', '市', '市'])
  })
})
