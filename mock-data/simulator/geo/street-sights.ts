import type { RoadClass } from '../../../src/domain/basemap.ts'
import { demoTown } from './demo-town.ts'
import { distance, type Metres } from './plane.ts'
import { townReach } from './river-reach.ts'
import { streetNetwork } from './street-network.ts'
import { onEdge, type OnStreet } from './street-places.ts'

/** Where streets meet a line, nearest to the middle of the town first. */
function meetings(line: readonly Metres[], isMain: (road: RoadClass) => boolean): OnStreet[] {
  const { nodes, edges } = streetNetwork()
  const met: OnStreet[] = []
  for (const [index, edge] of edges.entries()) {
    if (!isMain(edge.road)) continue
    const [a, b] = [nodes[edge.from]!, nodes[edge.to]!]
    for (let corner = 1; corner < line.length; corner += 1) {
      const share = shareMet(a, b, line[corner - 1]!, line[corner]!)
      if (share !== undefined) met.push(onEdge(index, share))
    }
  }
  return met.sort((one, other) => distance(one.point, [0, 0]) - distance(other.point, [0, 0]))
}

/** Share of a–b at which it crosses c–d. */
function shareMet(a: Metres, b: Metres, c: Metres, d: Metres): number | undefined {
  const [dx, dy, ex, ey] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]]
  const cross = dx * ey - dy * ex
  if (cross === 0) return undefined
  const share = ((c[0] - a[0]) * ey - (c[1] - a[1]) * ex) / cross
  const along = ((c[0] - a[0]) * dy - (c[1] - a[1]) * dx) / cross
  return share >= 0 && share < 1 && along >= 0 && along < 1 ? share : undefined
}

let [over, under]: (OnStreet[] | undefined)[] = []

/** Bridges of the main streets over the river of the town. */
export function bridges(): readonly OnStreet[] {
  return (over ??= meetings(townReach().line, (road) => road === 'primary' || road === 'trunk'))
}

/** Metres from one underpass to the next. */
const apartM = 400

/** Where streets dive under the railway: low, and the first to stand under water. Not at the station in the middle. */
export function underpasses(): readonly OnStreet[] {
  return (under ??= spaced(
    demoTown()
      .routes.rails.flatMap((rail) => meetings(rail, (road) => road !== 'tertiary' && road !== 'motorway'))
      .filter(({ point }) => distance(point, [0, 0]) > apartM)
      .sort((one, other) => distance(one.point, [0, 0]) - distance(other.point, [0, 0])),
  ))
}

function spaced(found: readonly OnStreet[]): OnStreet[] {
  const kept: OnStreet[] = []
  for (const one of found) if (kept.every(({ point }) => distance(point, one.point) > apartM)) kept.push(one)
  return kept
}
