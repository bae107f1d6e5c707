export interface ValueAxis {
  min: number
  max: number
  /** Round numbers from `min` to `max`, both ends included. */
  ticks: readonly number[]
  /** What the ticks need to be told apart. */
  decimals: number
}

/** A scale of about `wanted` round steps (1, 2 or 5 times a power of ten) around all values; a flat line stands in its middle. */
export function valueAxis(values: readonly number[], wanted: number): ValueAxis {
  const [low, high] = values.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)] as const,
    [Infinity, -Infinity] as const,
  )
  if (low > high) return { min: 0, max: 1, ticks: [], decimals: 0 }
  const room = low === high ? Math.abs(high) * 0.1 || 1 : 0
  const step = roundStep((high - low + 2 * room) / Math.max(1, wanted))
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  // A hair's breadth, so that 0.3 is not above the third step of 0.1.
  const first = Math.floor((low - room) / step + 1e-9)
  const last = Math.max(first + 1, Math.ceil((high + room) / step - 1e-9))
  const ticks = Array.from({ length: last - first + 1 }, (_, nth) =>
    Number(((first + nth) * step).toFixed(decimals)),
  )
  return { min: ticks[0]!, max: ticks.at(-1)!, ticks, decimals }
}

function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  const factor = [1, 2, 5].find((size) => size * power >= least * (1 - 1e-9)) ?? 10
  return factor * power
}
