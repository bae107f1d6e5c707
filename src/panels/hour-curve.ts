import { computed, type ComputedRef } from 'vue'
import type { Observation } from '../domain/observation.ts'
import { zonedFields, zonedMs } from '../domain/zone-time.ts'
import { toInstant } from '../domain/instant.ts'
import { useCatalogue } from '../stores/catalogue.ts'
import { useClock } from '../stores/clock.ts'
import { useObservations } from '../stores/observations.ts'
import { useSeries } from '../stores/useSeries.ts'
import { useRegionalPlace } from './regional.ts'

const hourKeys = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))

/** Values of the city's day by the hour they begin in, 24 long; null where an hour has none yet. */
export function byHour(observations: readonly Observation[], zone: string): (number | null)[] {
  const hours: (number | null)[] = Array.from({ length: 24 }, () => null)
  for (const { period, value } of observations)
    hours[zonedFields(Date.parse(period.start), zone).hour] = value
  return hours
}

/** Today by the hour, and the usual course of such a day. */
export function useHourCurve(
  codes: { today: string; usual: string; dim: string } | undefined,
  volume: string,
): Record<'today' | 'usual', ComputedRef<(number | null)[]>> & { ofCity: ComputedRef<boolean> } {
  const [catalogue, clock, observations] = [useCatalogue(), useClock(), useObservations()]
  const place = useRegionalPlace(() => codes?.today ?? volume)
  const zone = computed(() => catalogue.city?.timeZone ?? 'UTC')
  const day = computed(() => {
    const today = zonedFields(clock.nowMs, zone.value)
    const at = (offset: number): string =>
      toInstant(zonedMs(zone.value, today.year, today.month, today.day + offset))
    return { from: at(0), to: at(1) }
  })
  const todays = useSeries(codes?.today ?? '', () => ({ region: place.region.value }), day)
  return {
    ofCity: place.fallback,
    today: computed(() => byHour(todays.observations.value, zone.value)),
    usual: computed(() => {
      if (!codes) return []
      const root = catalogue.city?.root ?? ''
      // A usual day is the city's: a district's course is not published.
      if (place.region.value !== root) return []
      return hourKeys.map((hour) => observations.get(codes.usual, root, { [codes.dim]: hour })?.value ?? null)
    }),
  }
}
