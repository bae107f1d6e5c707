import type { Frequency, TimeBasis } from './indicator.ts'
import type { Period } from './observation.ts'
import type { Language } from './text.ts'
import { zonedFields, type ZonedFields } from './zone-time.ts'

interface Told {
  freq: Frequency
  /** First moment and last moment told of, in the city's zone. */
  from: ZonedFields
  to: ZonedFields
  /** Written only where the reader could doubt them. */
  year: boolean
  day: boolean
}

const pad = (value: number): string => String(value).padStart(2, '0')
const clock = ({ hour, minute, second }: ZonedFields, seconds: boolean): string =>
  `${pad(hour)}:${pad(minute)}${seconds ? `:${pad(second)}` : ''}`

/**
 * A period as people say it: 2026年1—10月, 上半年, 前三季度, 8月6日, 14时, 6月上旬. With `now` (milliseconds) the year is left out
 * when it is the current one and the day when it is today; a cumulation that has not ended is told up to now.
 */
export function formatPeriod(
  period: Period,
  freq: Frequency,
  timeBasis: TimeBasis,
  zone: string,
  language: Language,
  options: { now?: number | undefined } = {},
): string {
  const [start, end] = [Date.parse(period.start), Date.parse(period.end)]
  const from = zonedFields(start, zone)
  const to = zonedFields(end > start ? end - 1 : end, zone)
  const now = options.now === undefined ? undefined : zonedFields(options.now, zone)
  const sameYear = now?.year === to.year && from.year === to.year
  const sameDay = sameYear && now.month === to.month && now.day === to.day
  const told: Told = { freq, from, to, year: !sameYear, day: !sameDay }
  if (timeBasis === 'instant' || freq === 'E') return instantText(told, language)
  if (timeBasis === 'cumulative-day') {
    const until = zonedFields(options.now === undefined ? end : Math.min(end, options.now), zone)
    return dayCumulation(told, until, language)
  }
  const text = language === 'zh' ? chinese(told, timeBasis) : english(told, timeBasis)
  return text
}

const isMonthly = (freq: Frequency): boolean => ['A', 'S', 'Q', 'M'].includes(freq)

function chinese(told: Told, timeBasis: TimeBasis): string {
  const { freq, from, to } = told
  const year = told.year ? `${to.year}年` : ''
  if (isMonthly(freq)) return chineseMonths(told, timeBasis, year)
  if (timeBasis === 'cumulative-ytd') return `${year}1月1日—${to.month}月${to.day}日`
  switch (freq) {
    case 'X':
      return `${year}${from.month}月${from.day < 11 ? '上' : from.day < 21 ? '中' : '下'}旬`
    case 'W':
      return weekChinese(from, to, told.year)
    case 'D':
      return `${year}${from.month}月${from.day}日`
    case 'H':
      return `${chineseDay(told)}${from.hour}时`
    default:
      return `${chineseDay(told, ' ')}${clock(from, freq === 'I')}`
  }
}

function chineseMonths({ freq, from, to }: Told, timeBasis: TimeBasis, year: string): string {
  const months = to.month - from.month + 1
  if (months === 12 && from.year === to.year)
    return freq === 'A' ? `${to.year}年` : freq === 'M' ? `${year}1—12月` : `${to.year}年全年`
  if (freq === 'S') return `${year}${to.month <= 6 ? '上半年' : '下半年'}`
  if (freq === 'Q' && from.month === 1 && months > 3) return `${year}${months === 6 ? '上半年' : '前三季度'}`
  if (freq === 'Q') return `${year}${'一二三四'[to.month / 3 - 1] ?? ''}季度`
  if (months === 1 && timeBasis !== 'cumulative-ytd') return `${year}${to.month}月`
  return months === 1 ? `${year}1月` : `${year}${from.month}—${to.month}月`
}

function chineseDay({ to, year, day }: Told, after = ''): string {
  if (!day) return ''
  return `${year ? `${to.year}年` : ''}${to.month}月${to.day}日${after}`
}

function weekChinese(from: ZonedFields, to: ZonedFields, withYear: boolean): string {
  const first = `${withYear ? `${from.year}年` : ''}${from.month}月${from.day}日`
  return `${first}—${from.month === to.month ? '' : `${to.month}月`}${to.day}日`
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const monthName = ({ month }: ZonedFields): string => monthNames[month - 1]!

function english(told: Told, timeBasis: TimeBasis): string {
  const { freq, from, to } = told
  const year = told.year ? ` ${to.year}` : ''
  if (isMonthly(freq)) return englishMonths(told, year)
  if (timeBasis === 'cumulative-ytd') return `1 Jan – ${to.day} ${monthName(to)}${year}`
  switch (freq) {
    case 'X':
    case 'W':
      return `${from.day}${from.month === to.month ? '' : ` ${monthName(from)} `}–${from.month === to.month ? '' : ' '}${to.day} ${monthName(to)}${year}`
    case 'D':
      return `${from.day} ${monthName(from)}${year}`
    case 'H':
      return `${englishDay(told)}${pad(from.hour)}:00`
    default:
      return `${englishDay(told)}${clock(from, freq === 'I')}`
  }
}

function englishMonths({ freq, from, to }: Told, year: string): string {
  const months = to.month - from.month + 1
  if (months === 12 && from.year === to.year && freq !== 'M') return `${to.year}`
  if (months === 6 && freq !== 'M') return `H${to.month / 6}${year}`
  if (freq === 'Q') return months > 3 ? `Q1–Q3${year}` : `Q${to.month / 3}${year}`
  return months === 1 ? `${monthName(to)}${year}` : `${monthName(from)}–${monthName(to)}${year}`
}

function englishDay({ to, year, day }: Told): string {
  return day ? `${to.day} ${monthName(to)}${year ? ` ${to.year}` : ''}, ` : ''
}

function instantText(told: Told, language: Language): string {
  const seconds = told.freq === 'I' || told.to.second !== 0
  if (told.freq === 'D' || isMonthly(told.freq) || told.freq === 'W' || told.freq === 'X') {
    const date = { ...told, day: true }
    return language === 'zh' ? chineseDay(date) : englishDay(date).slice(0, -2)
  }
  return `${language === 'zh' ? chineseDay(told, ' ') : englishDay(told)}${clock(told.to, seconds)}`
}

/** 截至 14:32; a whole day is simply its date. */
function dayCumulation(told: Told, until: ZonedFields, language: Language): string {
  const { to } = told
  const whole = until.day !== to.day || until.month !== to.month
  const day =
    language === 'zh'
      ? chineseDay({ ...told, day: told.day || whole })
      : englishDay({ ...told, day: told.day || whole })
  if (whole) return language === 'zh' ? day : day.slice(0, -2)
  return language === 'zh' ? `${day}截至${clock(until, false)}` : `${day}until ${clock(until, false)}`
}
