import type { Position } from 'geojson'

/**
 * Polygons out of the ways of a multipolygon relation: ways are joined end to end into rings, and each hole goes to the
 * outer ring that holds its first point. What does not close is left out.
 */
export function assembleRings(outer: readonly Position[][], inner: readonly Position[][]): Position[][][] {
  const polygons = joinEnds(outer).map((ring) => [ring])
  for (const hole of joinEnds(inner)) polygons.find(([ring]) => holds(ring!, hole[0]!))?.push(hole)
  return polygons
}

function joinEnds(lines: readonly Position[][]): Position[][] {
  const waiting = lines.filter((line) => line.length > 1).map((line) => [...line])
  const rings: Position[][] = []
  while (waiting.length > 0) {
    const ring = waiting.pop()!
    while (!sameEnds(ring[0]!, ring.at(-1)!)) {
      const end = ring.at(-1)!
      const next = waiting.findIndex((line) => sameEnds(line[0]!, end) || sameEnds(line.at(-1)!, end))
      if (next < 0) break
      const [line] = waiting.splice(next, 1) as [Position[]]
      ring.push(...(sameEnds(line[0]!, end) ? line : line.toReversed()).slice(1))
    }
    if (ring.length > 3 && sameEnds(ring[0]!, ring.at(-1)!)) rings.push(ring)
  }
  return rings
}

function sameEnds(a: Position, b: Position): boolean {
  return a[0] === b[0] && a[1] === b[1]
}

function holds(ring: Position[], [x, y]: Position): boolean {
  let inside = false
  for (let index = 0; index + 1 < ring.length; index++) {
    const [a, b] = [ring[index]!, ring[index + 1]!]
    if (a[1]! > y! !== b[1]! > y! && x! < ((b[0]! - a[0]!) * (y! - a[1]!)) / (b[1]! - a[1]!) + a[0]!)
      inside = !inside
  }
  return inside
}
