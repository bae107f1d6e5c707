import type { Position } from 'geojson'
import { holds } from './whole-parts.ts'

export interface Assembled {
  polygons: Position[][][]
  /** What could not be used, in words. */
  faults: string[]
}

/**
 * Polygons out of the ways of a multipolygon relation: ways are joined end to end into rings, and each hole goes to the
 * outer ring that holds its first point. What does not close, and holes in no ring, are left out and told.
 */
export function assembleRings(outer: readonly Position[][], inner: readonly Position[][]): Assembled {
  const [around, within] = [joinEnds(outer), joinEnds(inner)]
  const polygons = around.rings.map((ring) => [ring])
  let homeless = 0
  for (const hole of within.rings) {
    const home = polygons.find(([ring]) => holds(ring!, hole[0]!))
    if (home) home.push(hole)
    else homeless += 1
  }
  const open = around.open + within.open
  return {
    polygons,
    faults: [
      ...(open > 0 ? [`left out ${open} rings that do not close`] : []),
      ...(homeless > 0 ? [`left out ${homeless} holes in no outer ring`] : []),
    ],
  }
}

function joinEnds(lines: readonly Position[][]): { rings: Position[][]; open: number } {
  const waiting = lines.filter((line) => line.length > 1).map((line) => [...line])
  const rings: Position[][] = []
  let open = 0
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
    else open += 1
  }
  return { rings, open }
}

function sameEnds(a: Position, b: Position): boolean {
  return a[0] === b[0] && a[1] === b[1]
}
