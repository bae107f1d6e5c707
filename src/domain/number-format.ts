import { formatDuration } from './duration-format.ts'
import type { Indicator } from './indicator.ts'
import type { Comparison } from './observation.ts'
import type { Language } from './text.ts'
import { fittingScale, scaleOf, unitOf, type UnitScale } from './unit.ts'

export { formatDuration } from './duration-format.ts'

/** What stands where a figure is missing. Never 0. */
export const missingText = '—'
const minus = '\u2212'

/** Rounded half away from zero as on paper: 1.005 to two decimals is 1.01 whatever its binary form. */
export function roundTo(value: number, decimals: number): number {
  const size = Number(Math.abs(value).toPrecision(15))
  // Exponent notation leaves the shift by ten to the decimal parser, which makes no binary error.
  const shifted = /e/.test(String(size))
    ? Math.round(size * 10 ** decimals) / 10 ** decimals
    : Number(`${Math.round(Number(`${size}e${decimals}`))}e-${decimals}`)
  return value < 0 ? -shifted : shifted
}

/** 1,234.50 with U+2212 for minus; a value that rounds to zero has no sign; null is —. */
export function formatNumber(value: number | null, decimals: number): string {
  if (value === null || !Number.isFinite(value)) return missingText
  const rounded = roundTo(value, decimals)
  const [whole, fraction] = Math.abs(rounded).toFixed(decimals).split('.')
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${rounded < 0 ? minus : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`
}

export interface DisplayedValue {
  text: string
  /** The word beside it: 亿元. Empty for an index. */
  unit: string
  /** Key of the display scale (its Chinese word). */
  scale: string
  /** UCUM of what is shown: 10*8.CNY. */
  ucumScale: string
}

/** A figure as it is printed: scaled by the indicator's own rule, else by the unit's, with thousands commas. */
export function displayValue(
  indicator: Pick<Indicator, 'unit' | 'display'>,
  value: number | null,
  language: Language,
): DisplayedValue {
  const found = unitOf(indicator.unit)
  if (!found) {
    return {
      text: formatNumber(value, indicator.display?.decimals ?? 2),
      unit: indicator.unit,
      scale: '',
      ucumScale: indicator.unit,
    }
  }
  const key = indicator.display?.scale
  const base = value === null ? null : value * found.power
  const scale =
    (key === undefined ? undefined : scaleOf(indicator.unit, key)) ?? fittingScale(found.unit, base)
  const { factor, decimals } = shownBy(scale, indicator.display?.decimals, language)
  const ucumScale = factor === 1 ? found.unit.code : `10*${Math.round(Math.log10(factor))}.${found.unit.code}`
  if (scale.format === 'minutes-seconds') {
    return {
      text: base === null ? missingText : formatDuration(base * 1000, 'prime'),
      unit: '',
      scale: scale.zh,
      ucumScale,
    }
  }
  const text = formatNumber(base === null ? null : base / factor, decimals)
  return { text, unit: language === 'en' ? scale.en : scale.zh, scale: scale.zh, ucumScale }
}

/** English counts in other powers of ten, so it needs other decimals for the same precision. */
function shownBy(
  scale: UnitScale,
  wanted: number | undefined,
  language: Language,
): { factor: number; decimals: number } {
  if (language === 'zh' || scale.enFactor === undefined)
    return { factor: scale.factor, decimals: wanted ?? scale.decimals }
  const shift = Math.round(Math.log10(scale.enFactor / scale.factor))
  const decimals = wanted === undefined ? (scale.enDecimals ?? scale.decimals) : Math.max(0, wanted + shift)
  return { factor: scale.enFactor, decimals }
}

export interface DisplayedChange {
  arrow: '▲' | '▼' | '–'
  /** With its sign: +0.3, −1.1. */
  text: string
  /** Without the sign, for use beside the arrow or after 增长 and 下降. */
  size: string
  unit: string
  /** For narrow places: 百分点. */
  tightUnit: string
}

/** A growth or difference as it is printed; differences of rates in 个百分点, never in %. */
export function formatChange(
  comparison: Pick<Comparison, 'value' | 'unit'>,
  language: Language,
  decimals = 1,
): DisplayedChange {
  const rounded = roundTo(comparison.value, decimals)
  const size = formatNumber(Math.abs(rounded), decimals)
  const sign = rounded > 0 ? '+' : rounded < 0 ? minus : ''
  const points = comparison.unit === 'pp'
  return {
    arrow: rounded > 0 ? '▲' : rounded < 0 ? '▼' : '–',
    text: `${sign}${size}`,
    size,
    unit: !points ? '%' : language === 'zh' ? '个百分点' : 'pp',
    tightUnit: !points ? '%' : language === 'zh' ? '百分点' : 'pp',
  }
}
