import { clamp, drift, fraction, rounded } from './chance.ts'
import { hourMs, zoneOffsetMs } from './city-time.ts'

/** Posts sampled in the 24 hours up to the hour's end. */
export function sampleSize(seed: string, hour: number): number {
  return Math.floor(38_000 + 6_000 * drift(seed, hour / 30, 'opinion', 'sample'))
}

/** Shares of positive, neutral and negative posts in that sample, per cent to one decimal; they sum to 100. */
export function shares(seed: string, hour: number): { positive: number; neutral: number; negative: number } {
  const negative = rounded(clamp(13 + 4 * drift(seed, hour / 36, 'opinion', 'negative'), 4, 30), 1)
  const positive = rounded(clamp(29 + 4 * drift(seed, hour / 50, 'opinion', 'positive'), 15, 45), 1)
  return { positive, neutral: rounded(100 - positive - negative, 1), negative }
}

/** 95 % interval of a share from a sample of n (normal approximation), in per cent, to one decimal. */
export function intervalOf(share: number, n: number): [lower: number, upper: number] {
  const p = share / 100
  const half = 196 * Math.sqrt((p * (1 - p)) / n)
  return [rounded(share - half, 1), rounded(share + half, 1)]
}

/** Heat of the day's hottest subject, index 0–100. */
export function heat(seed: string, epochMs: number): number {
  const hour = (epochMs + zoneOffsetMs) / hourMs
  return Math.floor(
    clamp(
      38 +
        22 * drift(seed, hour / 9, 'opinion', 'heat') +
        4 * (fraction(seed, 'heat', Math.floor(hour * 12)) - 0.5),
      5,
      100,
    ),
  )
}
