/** A node keeps the largest of its things and gives the rest to its quarters: what is drawn first matters most. */
export interface QuadNode<T> {
  key: string
  items: T[]
  children: QuadNode<T>[]
  /** Size of the largest thing that only its descendants hold, 0 for a leaf. */
  largestBelow: number
}

export interface Placed<T> {
  item: T
  east: number
  north: number
  /** What orders things: metres of its largest side. */
  size: number
}

interface Square {
  east: number
  north: number
  half: number
}

/**
 * @param capacity things a node holds itself
 */
export function quadtree<T>(things: readonly Placed<T>[], capacity: number): QuadNode<T> {
  const [west, east] = range(things.map((thing) => thing.east))
  const [south, north] = range(things.map((thing) => thing.north))
  const half = Math.max(east - west, north - south, 1) / 2
  const sorted = things.toSorted((a, b) => b.size - a.size)
  return split('0', sorted, { east: (west + east) / 2, north: (south + north) / 2, half }, capacity)
}

function split<T>(key: string, sorted: readonly Placed<T>[], square: Square, capacity: number): QuadNode<T> {
  // Things on one spot cannot be parted by quarters, so a metre ends it.
  const kept = square.half < 1 ? sorted.length : Math.min(capacity, sorted.length)
  const rest = sorted.slice(kept)
  const quarters: Placed<T>[][] = [[], [], [], []]
  for (const thing of rest)
    quarters[(thing.east >= square.east ? 1 : 0) + (thing.north >= square.north ? 2 : 0)]!.push(thing)
  const half = square.half / 2
  return {
    key,
    items: sorted.slice(0, kept).map(({ item }) => item),
    largestBelow: rest[0]?.size ?? 0,
    children: quarters.flatMap((members, quarter) =>
      members.length === 0
        ? []
        : [
            split(
              `${key}${quarter}`,
              members,
              {
                east: square.east + (quarter % 2 === 1 ? half : -half),
                north: square.north + (quarter > 1 ? half : -half),
                half,
              },
              capacity,
            ),
          ],
    ),
  }
}

function range(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  )
}
