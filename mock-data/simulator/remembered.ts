/**
 * A pure function of (seed, number) that keeps its latest answers: a day's history asks for the same hours a thousand
 * times. What is kept never changes an answer, only its price.
 */
export function remembered<T>(
  limit: number,
  compute: (seed: string, x: number) => T,
): (seed: string, x: number) => T {
  let kept = new Map<number, T>()
  let keptSeed: string | undefined
  return (seed, x) => {
    if (seed !== keptSeed) {
      kept = new Map()
      keptSeed = seed
    }
    // `has` and not `get`: an answer may be undefined, and that too is worth keeping.
    if (kept.has(x)) return kept.get(x) as T
    const answer = compute(seed, x)
    if (kept.size >= limit) kept.clear()
    kept.set(x, answer)
    return answer
  }
}
