/** The header has whole seconds, so half a second is added and less than one second means nothing. */
export function skewOf(date: string | undefined, nowMs: number): number | undefined {
  const skew = Date.parse(date ?? '') + 500 - nowMs
  if (!Number.isFinite(skew)) return undefined
  return Math.abs(skew) < 1_000 ? 0 : skew
}
