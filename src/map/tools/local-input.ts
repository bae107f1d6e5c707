import { zonedFields, zonedMs } from '../../domain/zone-time.ts'

/** An instant as a `datetime-local` field writes it, by the city's clock: 2026-08-06T14:32. */
export function localInput(atMs: number, zone: string): string {
  const { year, month, day, hour, minute } = zonedFields(atMs, zone)
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`
}

/** What such a field says, in epoch ms; undefined for an empty or half-filled one. */
export function fromLocalInput(text: string, zone: string): number | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(text)
  if (!parts) return undefined
  const [year = 0, ...rest] = parts.slice(1).map(Number)
  return zonedMs(zone, year, ...rest)
}
