import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Frequency, TimeBasis } from './indicator.ts'
import { parsePeriodLabel, periodOf, sameCumulativeWindow, shiftPeriod } from './period.ts'

const shanghai = 'Asia/Shanghai'
const zones = [shanghai, 'America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Pacific/Apia']
const frequencies: Frequency[] = ['A', 'S', 'Q', 'M', 'X', 'W', 'D', 'H', 'N', 'I']
const at = (instant: string): number => Date.parse(instant)
const around = (
  freq: Frequency,
  basis: TimeBasis,
  instant: string,
  zone = shanghai,
  jointFirstPeriods?: number,
) => periodOf(freq, basis, at(instant), zone, { jointFirstPeriods })

describe('periodOf', () => {
  it('cuts at the boundaries of the city and answers in UTC', () => {
    expect(around('D', 'sum', '2026-08-05T16:00:00Z')).toEqual({
      start: '2026-08-05T16:00:00Z',
      end: '2026-08-06T16:00:00Z',
      label: '2026-08-06',
    })
    expect(around('M', 'sum', '2026-07-31T15:59:59Z')).toEqual({
      start: '2026-06-30T16:00:00Z',
      end: '2026-07-31T16:00:00Z',
      label: '2026-07',
    })
    expect(around('A', 'sum', '2025-12-31T16:00:00Z').label).toBe('2026')
    expect(around('H', 'average', '2026-08-06T14:59:59+08:00')).toEqual({
      start: '2026-08-06T06:00:00Z',
      end: '2026-08-06T07:00:00Z',
      label: '2026-08-06T14',
    })
  })

  it('labels each frequency', () => {
    const labels = frequencies.map((freq) => around(freq, 'sum', '2026-03-15T14:32:08+08:00').label)
    expect(labels).toEqual([
      '2026',
      '2026-S1',
      '2026-Q1',
      '2026-03',
      '2026-03-X2',
      '2026-W11',
      '2026-03-15',
      '2026-03-15T14',
      '2026-03-15T14:32',
      '2026-03-15T14:32:08',
    ])
  })

  it('knows that 旬 are ten, ten and the rest, and whose year a week is', () => {
    expect(around('X', 'sum', '2028-02-29T12:00:00+08:00')).toEqual({
      start: '2028-02-20T16:00:00Z',
      end: '2028-02-29T16:00:00Z',
      label: '2028-02-X3',
    })
    expect(around('W', 'sum', '2027-01-03T12:00:00+08:00').label).toBe('2026-W53')
    expect(around('W', 'sum', '2024-12-30T12:00:00+08:00').label).toBe('2025-W01')
  })

  it('cumulates from the start of the year or of the day', () => {
    expect(around('M', 'cumulative-ytd', '2026-06-30T23:59:59+08:00')).toEqual({
      start: '2025-12-31T16:00:00Z',
      end: '2026-06-30T16:00:00Z',
      label: '2026-01/2026-06',
    })
    expect(around('Q', 'cumulative-ytd', '2026-05-01T00:00:00+08:00').label).toBe('2026-01/2026-06')
    expect(around('D', 'cumulative-ytd', '2026-08-06T12:00:00+08:00').label).toBe('2026-01-01/2026-08-06')
    expect(around('N', 'cumulative-day', '2026-08-06T14:32:08+08:00')).toEqual({
      start: '2026-08-05T16:00:00Z',
      end: '2026-08-06T06:33:00Z',
      label: '2026-08-06T00:00/2026-08-06T14:32',
    })
  })

  it('joins 1—2月 where the statistics office does', () => {
    const joint = { start: '2025-12-31T16:00:00Z', end: '2026-02-28T16:00:00Z', label: '2026-01/2026-02' }
    expect(around('M', 'sum', '2026-01-15T00:00:00+08:00', shanghai, 2)).toEqual(joint)
    expect(around('M', 'cumulative-ytd', '2026-02-15T00:00:00+08:00', shanghai, 2)).toEqual(joint)
    expect(around('M', 'sum', '2026-03-01T00:00:00+08:00', shanghai, 2).label).toBe('2026-03')
  })

  it('leaves an instant an instant, to the second', () => {
    expect(around('N', 'instant', '2026-08-06T06:32:00.750Z')).toEqual({
      start: '2026-08-06T06:32:00Z',
      end: '2026-08-06T06:32:00Z',
      label: '2026-08-06T14:32',
    })
    expect(around('E', 'instant', '2026-08-06T14:32:08+08:00').label).toBe('2026-08-06T14:32:08')
    expect(around('H', 'instant', '2026-08-06T14:00:00+08:00').label).toBe('2026-08-06T14')
  })

  it('gives days of 23 and 25 hours, tells a repeated hour apart, and has no day the zone skipped', () => {
    const hours = (instant: string, zone: string): number => {
      const { start, end } = around('D', 'sum', instant, zone)
      return (at(end) - at(start)) / 3_600_000
    }
    expect(hours('2026-03-08T12:00:00Z', 'America/New_York')).toBe(23)
    expect(hours('2026-10-25T12:00:00Z', 'Europe/Berlin')).toBe(25)
    expect(around('H', 'sum', '2026-11-01T05:30:00Z', 'America/New_York').label).toBe('2026-11-01T01')
    expect(around('H', 'sum', '2026-11-01T06:30:00Z', 'America/New_York').label).toBe('2026-11-01T01-05:00')
    expect(parsePeriodLabel('2011-12-30', 'D', 'sum', 'Pacific/Apia')).toBeUndefined()
    expect(around('D', 'sum', '2011-12-30T10:00:00Z', 'Pacific/Apia').label).toBe('2011-12-31')
  })

  it('covers time without gap or overlap, in every zone and frequency', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2040, 0) }),
        fc.constantFrom(...zones),
        fc.constantFrom(...frequencies),
        (ms, zone, freq) => {
          const here = periodOf(freq, 'sum', ms, zone)
          expect(at(here.start) <= ms && ms < at(here.end)).toBe(true)
          expect(periodOf(freq, 'sum', at(here.start), zone)).toEqual(here)
          expect(periodOf(freq, 'sum', at(here.end) - 1, zone)).toEqual(here)
          expect(periodOf(freq, 'sum', at(here.end), zone).start).toBe(here.end)
          expect(parsePeriodLabel(here.label, freq, 'sum', zone)).toEqual(here)
        },
      ),
    )
  })

  it('reads back the label of every cumulation', () => {
    const bases: TimeBasis[] = ['cumulative-ytd', 'cumulative-day']
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2040, 0) }),
        fc.constantFrom(...zones),
        fc.constantFrom<Frequency>('M', 'Q', 'D', 'H', 'N'),
        fc.constantFrom(...bases),
        (ms, zone, freq, basis) => {
          fc.pre(basis === 'cumulative-ytd' || freq === 'H' || freq === 'N')
          const here = periodOf(freq, basis, ms, zone)
          expect(parsePeriodLabel(here.label, freq, basis, zone)).toEqual(here)
          expect(at(here.start) <= ms && ms < at(here.end)).toBe(true)
        },
      ),
    )
  })
})

describe('parsePeriodLabel', () => {
  const parse = (label: string, freq: Frequency, basis: TimeBasis, jointFirstPeriods?: number) =>
    parsePeriodLabel(label, freq, basis, shanghai, { jointFirstPeriods })

  it('reads a single label of a cumulative figure as "until the end of"', () => {
    const half = { start: '2025-12-31T16:00:00Z', end: '2026-06-30T16:00:00Z', label: '2026-01/2026-06' }
    for (const label of ['2026-S1', '2026-Q2', '2026-06', '2026-01/2026-06'])
      expect(parse(label, 'M', 'cumulative-ytd')).toEqual(half)
    expect(parse('2024', 'Q', 'cumulative-ytd')?.label).toBe('2024-01/2024-12')
  })

  it('refuses what is no period of the frequency', () => {
    expect(parse('2026', 'M', 'sum')).toBeUndefined()
    expect(parse('2026-05', 'Q', 'cumulative-ytd')).toBeUndefined()
    expect(parse('2026-03/2026-06', 'M', 'cumulative-ytd')).toBeUndefined()
    expect(parse('2026-01/2026-03', 'M', 'sum')).toBeUndefined()
    expect(parse('2026-08-06T14', 'D', 'sum')).toBeUndefined()
    for (const label of [
      '',
      '2026-13',
      '2026-02-30',
      '2026-W54',
      '2025-W53',
      '2026-Q5',
      '2026-06T1',
      '26-01',
      '2026-06/2026-01',
      '2026-08-06T25',
      '2026-01/2026-02/2026-03',
    ])
      expect(parse(label, 'M', 'sum')).toBeUndefined()
  })

  it('names a joint period by its range or its last month, and never by January', () => {
    expect(parse('2026-02', 'M', 'cumulative-ytd', 2)?.label).toBe('2026-01/2026-02')
    expect(parse('2026-01/2026-02', 'M', 'sum', 2)?.label).toBe('2026-01/2026-02')
    expect(parse('2026-02', 'M', 'sum', 2)?.label).toBe('2026-01/2026-02')
    expect(parse('2026-01', 'M', 'sum', 2)).toBeUndefined()
    expect(parse('2026-01', 'M', 'cumulative-ytd', 2)).toBeUndefined()
  })

  it('reads an instant', () => {
    expect(parse('2026-08-06T14:32', 'N', 'instant')).toEqual({
      start: '2026-08-06T06:32:00Z',
      end: '2026-08-06T06:32:00Z',
      label: '2026-08-06T14:32',
    })
    expect(parse('2026-08-06T14:32/2026-08-06T14:33', 'N', 'instant')).toBeUndefined()
  })
})

describe('shiftPeriod', () => {
  const shift = (
    label: string,
    freq: Frequency,
    timeBasis: TimeBasis,
    by: 'previous' | 'year-ago',
    jointFirstPeriods?: number,
  ) =>
    shiftPeriod(
      parsePeriodLabel(label, freq, timeBasis, shanghai, { jointFirstPeriods })!,
      { freq, timeBasis, jointFirstPeriods },
      shanghai,
      by,
    )?.label

  it('goes to the period before and to the same one a year ago', () => {
    expect(shift('2026-01', 'M', 'sum', 'previous')).toBe('2025-12')
    expect(shift('2026-Q1', 'Q', 'sum', 'previous')).toBe('2025-Q4')
    expect(shift('2026-03-X1', 'X', 'sum', 'previous')).toBe('2026-02-X3')
    expect(shift('2026-03', 'M', 'sum', 'previous', 2)).toBe('2026-01/2026-02')
    expect(shift('2026-01/2026-10', 'M', 'cumulative-ytd', 'year-ago')).toBe('2025-01/2025-10')
    expect(shift('2026-02', 'M', 'cumulative-ytd', 'year-ago', 2)).toBe('2025-01/2025-02')
    expect(shift('2026-08-06T14', 'H', 'average', 'year-ago')).toBe('2025-08-06T14')
    expect(shift('2026-08-06T14:32', 'N', 'instant', 'year-ago')).toBe('2025-08-06T14:32')
    expect(shift('2026-08-06T14:32', 'N', 'instant', 'previous')).toBe('2026-08-06T14:31')
    expect(shift('2026-01-01', 'D', 'sum', 'previous')).toBe('2025-12-31')
  })

  it('defines 29 February and week 53', () => {
    expect(shift('2028-02-29', 'D', 'sum', 'year-ago')).toBe('2027-02-28')
    expect(shift('2028-02-X3', 'X', 'sum', 'year-ago')).toBe('2027-02-X3')
    expect(shift('2026-W53', 'W', 'sum', 'year-ago')).toBeUndefined()
    expect(shift('2026-W12', 'W', 'sum', 'year-ago')).toBe('2025-W12')
  })

  it('knows no predecessor of an event', () => {
    const event = periodOf('E', 'instant', at('2026-08-06T06:32:08Z'), shanghai)
    expect(shiftPeriod(event, { freq: 'E', timeBasis: 'instant' }, shanghai, 'previous')).toBeUndefined()
  })

  it('keeps the window of a cumulation, leap years included', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2001, 0), max: Date.UTC(2040, 0) }),
        fc.constantFrom(...zones),
        fc.constantFrom<Frequency>('M', 'Q', 'D'),
        (ms, zone, freq) => {
          const here = periodOf(freq, 'cumulative-ytd', ms, zone)
          const base = shiftPeriod(here, { freq, timeBasis: 'cumulative-ytd' }, zone, 'year-ago')!
          expect(sameCumulativeWindow(here, base, zone)).toBe(true)
          expect(Number(base.label.slice(0, 4))).toBe(Number(here.label.slice(0, 4)) - 1)
        },
      ),
    )
  })

  it('tells unequal windows apart', () => {
    const window = (label: string) => parsePeriodLabel(label, 'M', 'cumulative-ytd', shanghai)!
    expect(sameCumulativeWindow(window('2026-06'), window('2025-06'), shanghai)).toBe(true)
    expect(sameCumulativeWindow(window('2026-06'), window('2025-05'), shanghai)).toBe(false)
  })
})
