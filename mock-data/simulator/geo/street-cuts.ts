import type { Metres } from './plane.ts'

interface Segment {
  line: number
  index: number
  a: Metres
  b: Metres
  west: number
  east: number
  south: number
  north: number
}

/** How far beyond its end a segment still meets another, metres: a road that ends on a street. */
const reachM = 0.5

/** Where other lines cross each segment of each line: shares of its length, in no order. */
export function cutsOf(lines: readonly (readonly Metres[])[]): number[][][] {
  const cuts = lines.map((line) => line.slice(1).map((): number[] => []))
  const segments = lines
    .flatMap((line, number) =>
      line.slice(1).map((b, index): Segment => {
        const a = line[index]!
        const [west, east] = [Math.min(a[0], b[0]) - reachM, Math.max(a[0], b[0]) + reachM]
        const [south, north] = [Math.min(a[1], b[1]) - reachM, Math.max(a[1], b[1]) + reachM]
        return { line: number, index, a, b, west, east, south, north }
      }),
    )
    .sort((one, other) => one.west - other.west)
  for (const [place, one] of segments.entries())
    for (let next = place + 1; next < segments.length && segments[next]!.west <= one.east; next += 1) {
      const other = segments[next]!
      if (other.line === one.line || other.south > one.north || other.north < one.south) continue
      const met = meeting(one, other)
      if (!met) continue
      cuts[one.line]![one.index]!.push(met[0])
      cuts[other.line]![other.index]!.push(met[1])
    }
  return cuts
}

/** Shares of both segments at which they meet. */
function meeting({ a, b }: Segment, { a: c, b: d }: Segment): [number, number] | undefined {
  const [dx, dy, ex, ey] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]]
  const cross = dx * ey - dy * ex
  const [long, other] = [Math.sqrt(dx * dx + dy * dy), Math.sqrt(ex * ex + ey * ey)]
  if (Math.abs(cross) < 1e-6 * long * other) return undefined
  const share = ((c[0] - a[0]) * ey - (c[1] - a[1]) * ex) / cross
  const along = ((c[0] - a[0]) * dy - (c[1] - a[1]) * dx) / cross
  const isOn = (at: number, length: number) => at >= -reachM / length && at <= 1 + reachM / length
  if (!isOn(share, long) || !isOn(along, other)) return undefined
  return [Math.min(1, Math.max(0, share)), Math.min(1, Math.max(0, along))]
}
