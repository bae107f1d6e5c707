import type { NewObservation } from './store.ts'

export const forever = '2100-01-01T00:00:00Z'
/** A window over everything, as known at the end of time. */
export const everything = { from: '1900-01-01T00:00:00Z', to: forever, asOf: forever, limit: 1_000_000 }

export function month(number: number): NewObservation['period'] {
  const at = (months: number) => new Date(Date.UTC(2024, months, 1)).toISOString().replace('.000Z', 'Z')
  return { start: at(number), end: at(number + 1), label: at(number).slice(0, 7) }
}

/** An instant that many minutes after 2026-08-01. */
export function minute(number: number): string {
  return new Date(Date.UTC(2026, 7, 1, 0, number)).toISOString().replace('.000Z', 'Z')
}

export function observed(change: Partial<NewObservation> = {}): NewObservation {
  return {
    indicator: 'MAC.GDP.TOTAL',
    region: '220102',
    dims: {},
    period: month(0),
    value: 1,
    unit: 'CNY',
    status: 'A',
    flags: [],
    provenance: 'real',
    source: 'statistics',
    resultTime: minute(0),
    receivedAt: minute(0),
    lineage: 'l-1',
    comparisons: [],
    ...change,
  }
}
