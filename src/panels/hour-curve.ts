import { computed, type ComputedRef } from 'vue'
import type { Observation } from '../domain/observation.ts'
import { zonedFields, zonedMs } from '../domain/zone-time.ts'
import { toInstant } from '../domain/instant.ts'
import { useCatalogue } from '../stores/catalogue.ts'
import { useClock } from '../stores/clock.ts'
import { useSeries } from '../stores/useSeries.ts'
import { useRegionalPlace } from './regional.ts'

/** Values of the city's day by the hour they begin in, 24 long; null where an hour has none yet. */
export function byHour(observations: readonly Observation[], zone: string): (number | null)[] {
  const hours: (number | null)[] = Array.from({ length: 24 }, () => null)
  for (const { period, value } of observations) hours[zonedFields(Date.parse(period.start), zone).hour] = value
  return hours
}

/** Today by the hour, and the usual course of such a day. */
export function useHourCurve(
  codes: { today: string; usual: string } | undefined,
  volume: string,
): Record<'today' | 'usual', ComputedRef<(number | null)[]>> {
  const [catalogue, clock] = [useCatalogue(), useClock()]
  const place = useRegionalPlace(codes?.today ?? volume)
  const zone = computed(() => catalogue.city?.timeZone ?? 'UTC')
  const day = computed(() => {
    const { year, month, day } = zonedFields(clock.nowMs, zone.value)
    const at = (offset: number): string => toInstant(zonedMs(zone.value, year, month, day + offset))
    return { from: at(0), to: at(1) }
  })
  const read = (code: string | undefined): ComputedRef<(number | null)[]> => {
    const series = useSeries(code ?? '', () => ({ region: place.region.value }), day)
    return computed(() => byHour(series.observations.value, zone.value))
  }
  return { today: read(codes?.today), usual: read(codes?.usual) }
}
