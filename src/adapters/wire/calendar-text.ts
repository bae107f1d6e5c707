import type { TimeFormat } from './city-time.ts'

type Calendar = Exclude<TimeFormat, 'rfc3339' | 'city-time' | 'compact-time' | 'epoch-s' | 'epoch-ms'>
type Length = Exclude<Calendar, 'period'>

const Y = '((?:19|20|21)\\d\\d)'
const M = '(0?[1-9]|1[0-2])'
const D = '(0?[1-9]|[12]\\d|3[01])'
const dayText = `(?:${Y}[-/.]${M}[-/.]${D}|${Y}年${M}月${D}日)`
const compactDay = `${Y}(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])`
const H = '([01]?\\d|2[0-3])'

/** Spellings of each length of period; groups are filled from the left, absent ones skipped. */
const spellings: Record<Length, RegExp> = {
  year: new RegExp(`^${Y}年?$`),
  half: new RegExp(`^${Y}[-年]?(?:[HhSs]([12])|([上下])半年)$`),
  quarter: new RegExp(`^${Y}[-年]?(?:[Qq]([1-4])|第?([一二三四1-4])季度)$`),
  month: new RegExp(`^(?:${Y}(0[1-9]|1[0-2])|${Y}[-/.]${M}|${Y}年${M}月)$`),
  'ten-day': new RegExp(`^(?:${Y}-?${M}-?[Xx]([1-3])|${Y}年${M}月([上中下])旬)$`),
  week: new RegExp(`^${Y}-?[Ww](0[1-9]|[1-4]\\d|5[0-3])$`),
  day: new RegExp(`^(?:${compactDay}|${dayText})$`),
  hour: new RegExp(`^(?:${compactDay}([01]\\d|2[0-3])|${dayText}[T ]?${H}(?::00(?::00)?|时)?)$`),
  minute: new RegExp(
    `^(?:${compactDay}([01]\\d|2[0-3])([0-5]\\d)|${dayText}[T ]?${H}[:时]([0-5]\\d)(?::00|分)?)$`,
  ),
  ytd: new RegExp(`^(?:${Y}-01/${Y}-(0[1-9]|1[0-2])|${Y}年(?:1|01)月?[-—–~至]${M}月)$`),
}

/** In this order a text is tried when the format is `period`; no text fits two of them. */
const lengths = Object.keys(spellings) as Length[]

const ordinals: Record<string, string> = { 上: '1', 中: '2', 下: '3', 一: '1', 二: '2', 三: '3', 四: '4' }
const pad = (part: string | undefined) => (part ?? '').padStart(2, '0')

/** The machine label of a calendar period (2026, 2026-S1, 2026-Q1, 2026-03, 2026-03-X2, 2026-W12, 2026-08-06, …), or undefined. */
export function readLabel(text: string, format: Calendar, ytd: boolean): string | undefined {
  for (const length of format === 'period' ? lengths : [format]) {
    const parts = spellings[length]
      .exec(text)
      ?.slice(1)
      .filter((part) => part !== undefined)
    if (parts) return labelOf(length, parts, ytd)
  }
  return undefined
}

function labelOf(length: Length, parts: string[], ytd: boolean): string | undefined {
  const [year = '', second = '', third = '', hour, minute] = parts
  const nth = ordinals[length === 'ten-day' ? third : second] ?? (length === 'ten-day' ? third : second)
  switch (length) {
    case 'year':
      return ytd ? fromJanuary(year, 12) : year
    case 'half': {
      const half = second === '下' ? '2' : nth
      return ytd ? fromJanuary(year, Number(half) * 6) : `${year}-S${half}`
    }
    case 'quarter':
      return ytd ? fromJanuary(year, Number(nth) * 3) : `${year}-Q${nth}`
    case 'month':
      return ytd ? fromJanuary(year, Number(second)) : `${year}-${pad(second)}`
    case 'ten-day':
      return `${year}-${pad(second)}-X${nth}`
    case 'week':
      return `${year}-W${second}`
    case 'ytd':
      return ytdLabel(parts)
    default: {
      if (!dayExists(year, second, third)) return undefined
      const day = `${year}-${pad(second)}-${pad(third)}`
      return length === 'day' ? day : `${day}T${pad(hour)}${length === 'minute' ? `:${minute}` : ''}`
    }
  }
}

/** Both spellings of a range: with the year twice, or once. */
function ytdLabel(parts: string[]): string | undefined {
  const [year = '', again = '', month] = parts
  if (month === undefined) return fromJanuary(year, Number(again))
  return year === again ? fromJanuary(year, Number(month)) : undefined
}

function fromJanuary(year: string, month: number): string {
  return `${year}-01/${year}-${pad(String(month))}`
}

function dayExists(year: string, month: string, day: string): boolean {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return date.getUTCDate() === Number(day)
}
