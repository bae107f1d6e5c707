import type { RoadClass } from '../../src/domain/basemap.ts'
import { portableSin } from '../../src/domain/portable-math.ts'
import { BLOCK, type Plan, runsInside } from './plan.ts'
import { type Metres, between, ringHolds, rotate } from './plane.ts'

export interface SketchedStreet {
  road: RoadClass
  line: Metres[]
}

/** From the middle of a street to its edge, metres. */
export const halfWidths: Readonly<Record<RoadClass, number>> = {
  motorway: 18,
  trunk: 17,
  primary: 15,
  secondary: 13,
  tertiary: 12,
  local: 6,
}
/** Corners of a straight street that are kept, in blocks: on a round earth a longer line would leave its place by metres. */
const KEPT = 8
/** Every so many metres a main street goes on to the motorway. */
const MAIN = BLOCK * 16

/** Ring roads, roads to the other places with their own few streets, and a turned grid that thins out from the middle. */
export function streetsOf(plan: Plan): SketchedStreet[] {
  const { routes, townRadius, builtRadius } = plan
  const inside = (road: RoadClass, lines: readonly Metres[][]): SketchedStreet[] =>
    lines.flatMap((line) => runsInside(plan, line)).map((line) => ({ road, line }))
  const grid = (step: number, offset: number, radius: (across: number) => number) =>
    gridLines(step, offset, radius)
      .flatMap((line) =>
        pastLakes(
          plan,
          line.map((at) => rotate(at, plan.turn)),
        ),
      )
      .flatMap((line) => runsInside(plan, line))
      .map(thinned)
  return [
    ...inside('motorway', [routes.motorway]),
    ...inside('trunk', [routes.ring, ...routes.roads]),
    ...inside('primary', routes.byways),
    ...grid(BLOCK * 4, 0, (across) => (across % MAIN === 0 ? townRadius * 1.25 : townRadius)).map((line) => ({
      road: 'primary' as const,
      line,
    })),
    ...grid(BLOCK * 4, BLOCK * 2, () => townRadius * 0.8).map((line) => ({
      road: 'secondary' as const,
      line,
    })),
    ...grid(BLOCK * 2, BLOCK, () => builtRadius).map((line) => ({ road: 'tertiary' as const, line })),
    ...plan.townships.flatMap(({ middle, radius, turn }) =>
      gridLines(BLOCK * 2, 0, () => radius).flatMap((line) => {
        const road = isThrough(line) ? 'secondary' : 'tertiary'
        const placed = line.map((at): Metres => {
          const [east, north] = rotate(at, turn)
          return [middle[0] + east, middle[1] + north]
        })
        return inside(road, [placed]).map((street) => ({ ...street, line: thinned(street.line) }))
      }),
    ),
  ]
}

/** Whether a line runs through the middle of its grid. */
function isThrough(line: readonly Metres[]): boolean {
  return line.some(([east, north]) => east === 0 && north === 0)
}

/** Straight lines both ways within a ragged radius, with a corner at every block. */
function gridLines(step: number, offset: number, radiusAt: (across: number) => number): Metres[][] {
  const lines: Metres[][] = []
  const first = offset - Math.ceil(radiusAt(0) / step) * step
  for (let across = first; across <= -first; across += step) {
    const radius = radiusAt(across) * (1 + 0.07 * portableSin(across / 700))
    const half = Math.floor(Math.sqrt(Math.max(0, radius ** 2 - across ** 2)) / BLOCK) * BLOCK
    if (half < step) continue
    const stops = Array.from({ length: (2 * half) / BLOCK + 1 }, (_, index) => index * BLOCK - half)
    lines.push(stops.map((along): Metres => [along, across]))
    lines.push(stops.map((along): Metres => [across, along]))
  }
  return lines
}

/** What is left of a street where lakes lie in its way. */
function pastLakes({ lakes }: Plan, line: readonly Metres[]): Metres[][] {
  const isWet = (a: Metres, b: Metres) =>
    lakes.some((lake) => [0, 0.25, 0.5, 0.75, 1].some((share) => ringHolds(lake, between(a, b, share))))
  const runs: Metres[][] = [[]]
  for (const [index, point] of line.entries()) {
    if (index > 0 && isWet(line[index - 1]!, point)) runs.push([])
    runs.at(-1)!.push(point)
  }
  return runs.filter((run) => run.length > 1)
}

function thinned(line: readonly Metres[]): Metres[] {
  return line.filter((_, index) => index % KEPT === 0 || index === line.length - 1)
}
