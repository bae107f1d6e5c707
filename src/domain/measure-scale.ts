/** The longest round length that fits: 1, 2 or 5 times a power of ten, in metres. */
export function roundLength(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most))
  const share = most / power
  return (share >= 5 ? 5 : share >= 2 ? 2 : 1) * power
}

/**
 * True when an outline crosses itself, so that it has no area to speak of. Neighbouring sides share a corner and do not cross.
 * @param crosses whether two sides cross, given by their indices
 */
export function crossesItself(sides: number, crosses: (first: number, second: number) => boolean): boolean {
  for (let first = 0; first < sides; first++)
    for (let second = first + 2; second < sides; second++)
      if (!(first === 0 && second === sides - 1) && crosses(first, second)) return true
  return false
}
