import type { Words } from './words.ts'

const bounds = [50, 100, 150, 200, 300]
const words = [
  'panel.ecology.aqi1',
  'panel.ecology.aqi2',
  'panel.ecology.aqi3',
  'panel.ecology.aqi4',
  'panel.ecology.aqi5',
  'panel.ecology.aqi6',
] as const

/** Class of an AQI in words: 优 to 50, 良 to 100 … 严重污染 above 300 (HJ 633). Empty for no value. */
export function aqiClass(value: number | null | undefined, t: Words['t']): string {
  if (value === null || value === undefined) return ''
  return t(words[bounds.filter((bound) => value > bound).length]!)
}

/** Ink of a station's dot: data ink while the air is good; the reserved hues only from polluted air up. */
export function aqiInk(value: number): string {
  if (value <= 50) return 'var(--acc)'
  if (value <= 100) return 'var(--s2)'
  return value <= 150 ? 'var(--w3)' : value <= 200 ? 'var(--w2)' : 'var(--w1)'
}
