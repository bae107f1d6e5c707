import { zonedFields } from '../domain/zone-time.ts'
import type { Language } from '../domain/text.ts'

const pad = (value: number): string => String(value).padStart(2, '0')

/** 8月6日, or 2025年2月25日 when the year differs from the clock's; English 6 Aug. */
export function dayText(instantMs: number, nowMs: number, zone: string, language: Language): string {
  const { year, month, day } = zonedFields(instantMs, zone)
  const thisYear = year === zonedFields(nowMs, zone).year
  if (language === 'en') {
    const name = englishMonth(month)
    return thisYear ? `${day} ${name}` : `${day} ${name} ${year}`
  }
  return thisYear ? `${month}月${day}日` : `${year}年${month}月${day}日`
}

/** 7月 on an axis that counts by `step` months; a year stands for its first month, and alone where the step is whole years. */
export function monthText(instantMs: number, step: number, zone: string, language: Language): string {
  const { year, month } = zonedFields(instantMs, zone)
  if (month === 1 || step >= 12) return language === 'en' ? `${year}` : `${year}年`
  return language === 'en' ? englishMonth(month) : `${month}月`
}

function englishMonth(month: number): string {
  return new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' }).format(
    Date.UTC(2000, month - 1, 1),
  )
}

/** 14:32, in the city's zone. */
export function clockText(instantMs: number, zone: string): string {
  const { hour, minute } = zonedFields(instantMs, zone)
  return `${pad(hour)}:${pad(minute)}`
}

/** The clock time of today, else the day: as short as it can be without being ambiguous. */
export function momentText(instantMs: number, nowMs: number, zone: string, language: Language): string {
  const [then, now] = [zonedFields(instantMs, zone), zonedFields(nowMs, zone)]
  const sameDay = then.year === now.year && then.month === now.month && then.day === now.day
  return sameDay ? clockText(instantMs, zone) : dayText(instantMs, nowMs, zone, language)
}

/** Seconds of the wall clock, two digits. */
export function secondsText(instantMs: number, zone: string): string {
  return pad(zonedFields(instantMs, zone).second)
}

const weekdays = new Map<string, Intl.DateTimeFormat>()

export function weekdayText(instantMs: number, zone: string, language: Language): string {
  const key = `${language} ${zone}`
  let format = weekdays.get(key)
  if (!format) {
    // Making one takes longer than all else the clock does in its second.
    format = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
      weekday: 'short',
      timeZone: zone,
    })
    weekdays.set(key, format)
  }
  return format.format(instantMs)
}
