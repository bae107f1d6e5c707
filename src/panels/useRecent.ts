import { computed, type ComputedRef, type MaybeRefOrGetter, toValue } from 'vue'
import { useCatalogue } from '../stores/catalogue.ts'
import { useClock } from '../stores/clock.ts'
import { useSeries } from '../stores/useSeries.ts'
import { recentValues, recentWindow } from './recent-window.ts'

/** The last periods of a series for a sparkline. A cumulative level is drawn by its growth, anything else by its value. */
export function useRecent(
  code: MaybeRefOrGetter<string>,
  where: MaybeRefOrGetter<{ region?: string; dims?: Record<string, string> }>,
): ComputedRef<(number | null)[]> {
  const [catalogue, clock] = [useCatalogue(), useClock()]
  const indicator = computed(() => catalogue.indicators.get(toValue(code)))
  const { observations } = useSeries(
    () => indicator.value?.code ?? '',
    where,
    () => recentWindow(indicator.value?.freq ?? 'M', clock.nowMs),
  )
  return computed(() => {
    if (!indicator.value) return []
    const { freq, unit, timeBasis, jointFirstPeriods } = indicator.value
    const wanted = timeBasis === 'cumulative-ytd' && unit !== '%' ? 'growth' : 'value'
    return recentValues(observations.value, freq, wanted, jointFirstPeriods)
  })
}
