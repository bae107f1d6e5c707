import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { indicatorWith, observationWith } from '../../tests/support/wire-fixtures.ts'
import type { Indicator } from '../domain/indicator.ts'
import PeriodNote from './PeriodNote.vue'

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-01-15T11:40:00Z') }))
afterEach(() => void vi.useRealTimers())

function noted(
  start: string,
  end: string,
  resultTime: string,
  props: { release?: boolean; brief?: boolean },
  of: Partial<Indicator> = {},
) {
  const figure = {
    indicator: indicatorWith({ code: 'MAC.IND.VAI', freq: 'M', timeBasis: 'sum', ...of }),
    observation: observationWith({ period: { start, end, label: '' }, resultTime }),
    freshness: 'live' as const,
    judgement: undefined,
    state: 'ok' as const,
  }
  return mount(PeriodNote, { props: { figure, ...props } }).text()
}
const [october, november, december] = ['2025-09-30T16:00:00Z', '2025-10-31T16:00:00Z', '2025-11-30T16:00:00Z']

it('says the year once for what was released in the year it speaks of', () => {
  expect(noted(october, november, '2025-11-18T02:00:00Z', { release: true })).toBe('2025年10月·11月18日')
  expect(noted(december, '2025-12-31T16:00:00Z', '2026-01-05T02:00:00Z', { release: true })).toBe(
    '2025年12月·1月5日',
  )
})

it('leaves the year out where it is brief and the period is fresh, never where it is old', () => {
  expect(noted(december, '2025-12-31T16:00:00Z', '2026-01-05T02:00:00Z', { brief: true })).toBe('12月')
  expect(noted('2025-06-30T16:00:00Z', '2025-07-31T16:00:00Z', '2025-08-05T02:00:00Z', { brief: true })).toBe(
    '2025年7月',
  )
})

it('never leaves out the day of an hour that is not of today', () => {
  const hour = (of: Partial<Indicator>): string =>
    noted('2026-01-12T06:00:00Z', '2026-01-12T07:00:00Z', '2026-01-12T07:02:00Z', { brief: true }, of)
  expect(hour({ freq: 'H' })).toBe('1月12日14时')
  expect(hour({ freq: 'M', timeBasis: 'instant' })).toContain('1月12日')
})
