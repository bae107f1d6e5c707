import type { Side } from './side-tree.ts'

/** West and east of where a horizontal line runs inside. */
export type Stretch = readonly [from: number, to: number]

interface SweptSide {
  polygon: number
  south: number
  north: number
  /** Where the line crosses it. */
  x: number
  at(y: number): number
}

/**
 * A horizontal line that moves north over polygons, from one height to the next of a list that holds every corner and every
 * crossing: only the sides that it crosses are looked at, and they stay in their order from one height to the next.
 */
export class SideSweep {
  private readonly coming: readonly SweptSide[]
  private readonly inside: Uint8Array
  private crossed: SweptSide[] = []
  private next = 0

  constructor(polygons: readonly (readonly Side[])[]) {
    this.coming = polygons
      .flatMap((sides, polygon) => sides.flatMap((side) => sweptSide(side, polygon)))
      .sort((a, b) => a.south - b.south)
    this.inside = new Uint8Array(polygons.length)
  }

  /** To the slab whose southern border that is; never back. */
  moveTo(bottom: number): void {
    this.crossed = this.crossed.filter(({ north }) => north > bottom)
    for (; this.next < this.coming.length && this.coming[this.next]!.south <= bottom; this.next += 1) {
      const side = this.coming[this.next]!
      if (side.north > bottom) this.crossed.push(side)
    }
  }

  /** West to east and apart, at a height within the slab: of each polygon by the even-odd rule, of all what any covers. */
  stretchesAt(y: number): Stretch[] {
    for (const side of this.crossed) side.x = side.at(y)
    sortNearlySorted(this.crossed)
    this.inside.fill(0)
    const found: Stretch[] = []
    let [covering, from] = [0, 0]
    for (const { polygon, x } of this.crossed) {
      const enters = this.inside[polygon] === 0
      this.inside[polygon] = enters ? 1 : 0
      if (enters && covering === 0) from = x
      covering += enters ? 1 : -1
      if (covering === 0 && x > from) found.push([from, x])
    }
    return found
  }
}

function sweptSide([a, b]: Side, polygon: number): SweptSide[] {
  const [south, north] = [Math.min(a[1], b[1]), Math.max(a[1], b[1])]
  if (south === north) return []
  const at = (y: number) => a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0])
  return [{ polygon, south, north, x: 0, at }]
}

/** By insertion: a step for each side that is in its place already. */
function sortNearlySorted(sides: SweptSide[]): void {
  for (let nth = 1; nth < sides.length; nth += 1) {
    const side = sides[nth]!
    let place = nth
    for (; place > 0 && sides[place - 1]!.x > side.x; place -= 1) sides[place] = sides[place - 1]!
    sides[place] = side
  }
}

/** What two lists of stretches have in common, each west to east and apart. */
export function commonWidth(first: readonly Stretch[], second: readonly Stretch[]): number {
  let [width, one, other] = [0, 0, 0]
  while (one < first.length && other < second.length) {
    const [a, b] = [first[one]!, second[other]!]
    width += Math.max(0, Math.min(a[1], b[1]) - Math.max(a[0], b[0]))
    if (a[1] < b[1]) one += 1
    else other += 1
  }
  return width
}
