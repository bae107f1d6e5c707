import type { Language } from './text.ts'

const pad = (value: number): string => String(value).padStart(2, '0')

/**
 * A stretch of time. `clock` 05:12, 1:08:20 (colons only where seconds are told) · `overdue` 超 03:12 · `prime` 7′48″ ·
 * `long` 74 分, 2 小时 27 分, 3 天 4 小时. Minutes are cut, not rounded: "剩 2 分" is never less than two.
 */
export function formatDuration(
  durationMs: number,
  style: 'clock' | 'overdue' | 'prime' | 'long',
  language: Language = 'zh',
): string {
  const seconds =
    style === 'prime' ? Math.round(Math.abs(durationMs) / 1000) : Math.floor(Math.abs(durationMs) / 1000)
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60), seconds % 60]
  if (style === 'prime') return `${minutes}′${pad(rest)}″`
  if (style === 'long') return longForm(seconds, language)
  const clock = hours > 0 ? `${hours}:${pad(minutes % 60)}:${pad(rest)}` : `${pad(minutes)}:${pad(rest)}`
  if (style === 'clock') return clock
  return language === 'zh' ? `超 ${clock}` : `over by ${clock}`
}

function longForm(seconds: number, language: Language): string {
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600),
    Math.floor(seconds / 60),
  ]
  const word =
    language === 'zh' ? { d: '天', h: '小时', m: '分', s: '秒' } : { d: 'd', h: 'h', m: 'min', s: 's' }
  if (minutes < 1) return `${seconds} ${word.s}`
  if (minutes < 120) return `${minutes} ${word.m}`
  if (days < 2) return joined(hours, word.h, minutes % 60, word.m)
  return joined(days, word.d, hours % 24, word.h)
}

function joined(large: number, largeWord: string, small: number, smallWord: string): string {
  return small === 0 ? `${large} ${largeWord}` : `${large} ${largeWord} ${small} ${smallWord}`
}
