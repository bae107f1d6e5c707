import type { DatedPoint } from '../simulator/catalogue.ts'
import { monthOf, quarterOf } from '../simulator/cadence.ts'
import { cityParts, cityText, dayMs } from '../simulator/city-time.ts'

const two = (value: number): string => String(value).padStart(2, '0')

export function isDaily({ cadence }: DatedPoint): boolean {
  return typeof cadence === 'object' && cadence.stepMs === dayMs
}

/** 202606, 2026Q2, 2026, 2026-W31, 2026-08-05: as statistics offices key their tables; finer steps by their start. */
export function compactPeriod(point: DatedPoint): string {
  const { cadence, slot, startMs } = point
  if (cadence === 'A') return String(slot)
  if (cadence === 'Q') return `${quarterOf(slot).year}Q${quarterOf(slot).quarter}`
  if (cadence === 'M') return `${monthOf(slot).year}${two(monthOf(slot).month)}`
  if (cadence === 'W') return weekText(startMs)
  return isDaily(point) ? cityText(startMs).slice(0, 10) : cityText(startMs)
}

/** 2026年6月, 2026年第2季度, 2026年. */
export function chinesePeriod(point: DatedPoint): string {
  const { cadence, slot } = point
  if (cadence === 'M') return `${monthOf(slot).year}年${monthOf(slot).month}月`
  if (cadence === 'Q') return `${quarterOf(slot).year}年第${quarterOf(slot).quarter}季度`
  return cadence === 'A' ? `${slot}年` : compactPeriod(point)
}

/** 20260806143200; days without their time. */
export function digitsOnly(point: DatedPoint): string {
  const digits = cityText(point.startMs).replace(/\D/g, '')
  return isDaily(point) ? digits.slice(0, 8) : digits
}

/** ISO week of its Monday. */
function weekText(mondayMs: number): string {
  const thursday = cityParts(mondayMs + 3 * dayMs)
  const dayOfYear = Math.round(
    (Date.UTC(thursday.year, thursday.month - 1, thursday.day) - Date.UTC(thursday.year, 0, 1)) / dayMs,
  )
  return `${thursday.year}-W${two(Math.floor(dayOfYear / 7) + 1)}`
}

/** 1,234,567.8 as an accountant writes it; a dash for what there is none of. */
export function grouped(value: number | null | undefined): string {
  if (value === null || value === undefined) return '—'
  const [whole, fraction] = String(Math.abs(value)).split('.')
  return `${value < 0 ? '-' : ''}${whole!.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction === undefined ? '' : `.${fraction}`}`
}
