import { formatPeriod } from '../domain/period-format.ts'
import type { Language } from '../domain/text.ts'
import type { FigureContext } from './figure-context.ts'
import type { FigureSubject } from './figure-text.ts'

/** The period a figure speaks of; `short` leaves out this year and today, which the wall's clock already says. */
export function periodText(
  { indicator, observation }: FigureSubject,
  context: Pick<FigureContext, 'nowMs' | 'timeZone'>,
  language: Language,
  form: 'short' | 'full' = 'short',
): string {
  if (!indicator || !observation) return ''
  const options = form === 'short' ? { now: context.nowMs() } : {}
  return formatPeriod(
    observation.period,
    indicator.freq,
    indicator.timeBasis,
    context.timeZone(),
    language,
    options,
  )
}
