import { cityMs, cityParts, dayIndex, dayStartMs, zoneOffsetMs } from './city-time.ts'

/** How a series ticks: calendar periods, or a fixed step that starts at the city's midnight. */
export type Cadence = 'A' | 'Q' | 'M' | 'W' | { stepMs: number }

/** Number of the period that holds the instant. Years, quarters and months count from the year 0, steps from 1970. */
export function slotAt(cadence: Cadence, epochMs: number): number {
  if (typeof cadence === 'object') return Math.floor((epochMs + zoneOffsetMs) / cadence.stepMs)
  // 1970 began on a Thursday: the Monday of its week is day −3.
  if (cadence === 'W') return Math.floor((dayIndex(epochMs) + 3) / 7)
  const { year, month } = cityParts(epochMs)
  if (cadence === 'A') return year
  return cadence === 'Q' ? year * 4 + Math.floor((month - 1) / 3) : year * 12 + month - 1
}

export function slotStartMs(cadence: Cadence, slot: number): number {
  if (typeof cadence === 'object') return slot * cadence.stepMs - zoneOffsetMs
  if (cadence === 'W') return dayStartMs(slot * 7 - 3)
  if (cadence === 'A') return cityMs(slot, 1)
  if (cadence === 'Q') return cityMs(Math.floor(slot / 4), (slot % 4) * 3 + 1)
  return cityMs(Math.floor(slot / 12), (slot % 12) + 1)
}

export function slotEndMs(cadence: Cadence, slot: number): number {
  return slotStartMs(cadence, slot + 1)
}

export function slotOfMonth(year: number, month: number): number {
  return year * 12 + month - 1
}

/** Calendar parts of a month's slot. */
export function monthOf(slot: number): { year: number; month: number } {
  return { year: Math.floor(slot / 12), month: (slot % 12) + 1 }
}

export function quarterOf(slot: number): { year: number; quarter: number } {
  return { year: Math.floor(slot / 4), quarter: (slot % 4) + 1 }
}
