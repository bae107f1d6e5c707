import type { Breakpoints } from './standard-table.ts'

/** GB/T 8170: half to even, at the given number of decimals. */
export function roundedHalfEven(value: number, decimals: number): number {
  const scale = 10 ** decimals
  // Without the dust of the binary product, 60.5 would not always be a half.
  const scaled = Number((value * scale).toPrecision(12))
  const floor = Math.floor(scaled)
  const half = scaled - floor
  const whole = half > 0.5 || (half === 0.5 && floor % 2 !== 0) ? floor + 1 : floor
  return whole / scale
}

/**
 * 空气质量分指数 (IAQI) by the table in force at the observation's date (HJ 633). The concentration is rounded first (CO to
 * one decimal, others to whole μg/m³), the index upwards; above the last step it stays there.
 * @param item pollutant and averaging time as the table names them: PM25-24h, O3-8h
 * @param concentration μg/m³, CO in mg/m³
 * @returns undefined where the table has no such row, or the row ends below and names no index for what lies above
 */
export function subIndex(table: Breakpoints, item: string, concentration: number): number | undefined {
  const row = table.breakpoints[item]
  if (!row || !Number.isFinite(concentration) || concentration < 0) return undefined
  const value = roundedHalfEven(concentration, item.startsWith('CO-') ? 1 : 0)
  const last = row.length - 1
  if (value > row[last]!) return last === table.index.length - 1 ? table.index[last] : table.above[item]
  const high = Math.max(
    1,
    row.findIndex((point) => value <= point),
  )
  const [from, to] = [row[high - 1]!, row[high]!]
  const [low, top] = [table.index[high - 1]!, table.index[high]!]
  // The dust of binary division must not lift 50 to 51, nor make −0 of nothing.
  return Math.ceil(((top - low) / (to - from)) * (value - from) + low - 1e-9) + 0
}

export interface AirQuality {
  aqi: number
  /** 首要污染物: every item of the greatest part index, none while the index is 50 or less. */
  primary: string[]
}

/** AQI of the items told: the greatest part index. Undefined where none of them has one. */
export function airQuality(
  table: Breakpoints,
  concentrations: Readonly<Record<string, number>>,
): AirQuality | undefined {
  const parts = Object.entries(concentrations).flatMap(([item, value]) => {
    const index = subIndex(table, item, value)
    return index === undefined ? [] : [{ item, index }]
  })
  if (parts.length === 0) return undefined
  const aqi = Math.max(...parts.map(({ index }) => index))
  const primary = aqi > 50 ? parts.filter(({ index }) => index === aqi).map(({ item }) => item) : []
  return { aqi, primary }
}
