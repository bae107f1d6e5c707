import { formatDuration } from '../domain/duration-format.ts'
import type { Language } from '../domain/text.ts'
import { localText } from '../domain/text.ts'
import type { FigureContext } from './figure-context.ts'
import type { FigureSubject } from './figure-text.ts'
import { displayValue } from '../domain/number-format.ts'
import { coverageText } from './coverage-text.ts'
import { dayText, momentText } from './city-date.ts'
import { periodText } from './period-text.ts'
import type { Words } from './words.ts'

interface Told {
  t: Words['t']
  language: Language
  context: FigureContext
}

/** What a pointer or a screen reader is told of a figure: what, where, which period, from whom, since when, or why not. */
export function figureTitle(subject: FigureSubject, told: Told): string {
  const { t, language, context } = told
  const { indicator, observation } = subject
  if (!indicator) return t('state.noIndicator')
  const name = localText(indicator.name, language)
  if (!observation) return `${name} · ${t('state.missingWhy', { reason: t('state.neverReceived') })}`
  const nowMs = context.nowMs()
  const zone = context.timeZone()
  const lines = [
    [name, context.regionName(observation.region)],
    [t('common.period'), periodText(subject, context, language, 'full')],
    [t('common.source'), context.sourceName(observation.source)],
    [t('common.released'), dayText(Date.parse(observation.resultTime), nowMs, zone, language)],
    [t('common.received'), momentText(Date.parse(observation.receivedAt), nowMs, zone, language)],
    [coverageText(observation, t)],
  ]
  const said = lines
    .map((pair) => pair.join(' '))
    .filter(Boolean)
    .join(' · ')
  const why = reasonOf(subject, told)
  return why ? `${why} · ${said}` : said
}

function reasonOf(
  { indicator, observation, freshness }: FigureSubject,
  { t, language, context }: Told,
): string {
  if (!indicator || !observation) return ''
  if (freshness === 'historic') return t('state.historic')
  if (freshness === 'live') return ''
  if (freshness === 'late') {
    const overdue = formatDuration(context.nowMs() - Date.parse(observation.period.end), 'long', language)
    return t('state.lateBy', { time: overdue })
  }
  if (observation.value === null) return t('state.missingWhy', { reason: t('state.sourceSaysNone') })
  const { text, unit } = displayValue(indicator, observation.value, language)
  return `${t('state.missingWhy', { reason: t('state.tooOld') })} · ${t('state.lastValue', { value: text + unit })}`
}
