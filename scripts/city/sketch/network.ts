import type { RoadClass, VectorCollection } from '../../../src/domain/basemap.ts'
import { BLOCK, degrees, type Metres, type Plan, rotate } from './plan.ts'
import { ringRoad } from './routes.ts'

type VectorFeature = VectorCollection['features'][number]

/** Streets of the middle stop where the built-up area stops; main roads go on to this multiple of it. */
const MAIN_ROADS = 1.7

/** The river and lakes of a sketched city. Widths are the plan's, names there are none: nobody surveyed them. */
export function sketchWater(plan: Plan): VectorFeature[] {
  const { line, halfWidth } = plan.river
  const runs = runsInside(plan, line).map((run, index) =>
    area(plan, `s-river-${index + 1}`, band(run, halfWidth)),
  )
  return [
    ...runs,
    ...plan.lakes
      .filter(([at]) => plan.isInside(at!))
      .map((ring, index) => area(plan, `s-lake-${index + 1}`, ring)),
  ]
}

export function sketchGreen(plan: Plan): VectorFeature[] {
  const banks = runsInside(plan, plan.river.line)
    .map((run) => run.filter(([east, north]) => Math.hypot(east, north) < plan.builtRadius * 1.5))
    .filter((run) => run.length > 3)
    .map((run, index) => area(plan, `s-bank-${index + 1}`, band(run, plan.river.halfWidth + 90)))
  const parks = plan.parks.filter(([at]) => plan.isInside(at!))
  return [...banks, ...parks.map((ring, index) => area(plan, `s-park-${index + 1}`, ring))]
}

/** Ring roads, roads to the other places, and a turned grid of streets that thins out from the middle. */
export function sketchRoads(plan: Plan): VectorFeature[] {
  const roads: VectorFeature[] = []
  const add = (road: RoadClass, lines: Metres[][]) => {
    for (const line of lines.flatMap((whole) => runsInside(plan, whole)))
      roads.push(lineFeature(plan, `s-road-${roads.length + 1}`, line, road))
  }
  const reach = plan.builtRadius * MAIN_ROADS
  add('motorway', [ringRoad(plan, reach * 1.25)])
  add('trunk', [plan.routes.ring, ...plan.routes.roads])
  add('primary', grid(plan, BLOCK * 4, 0, reach))
  add('secondary', grid(plan, BLOCK * 4, BLOCK * 2, reach * 0.8))
  add('tertiary', grid(plan, BLOCK * 2, BLOCK, plan.builtRadius))
  return roads
}

/** Two lines through the middle, to the places farthest from each other. */
export function sketchRail(plan: Plan): VectorFeature[] {
  return plan.routes.rails
    .flatMap((line) => runsInside(plan, line))
    .map((line, index) => lineFeature(plan, `s-rail-${index + 1}`, line))
}

function grid(plan: Plan, step: number, offset: number, radius: number): Metres[][] {
  const lines: Metres[][] = []
  for (let across = offset - Math.ceil(radius / step) * step; across <= radius; across += step) {
    const half = Math.sqrt(Math.max(0, radius ** 2 - across ** 2))
    if (half < step) continue
    lines.push([rotate([-half, across], plan.turn), rotate([half, across], plan.turn)])
    lines.push([rotate([across, -half], plan.turn), rotate([across, half], plan.turn)])
  }
  return lines
}

/** The parts of a line that lie within the city's outline. */
function runsInside(plan: Plan, line: readonly Metres[]): Metres[][] {
  const runs: Metres[][] = [[]]
  for (const point of line) {
    if (plan.isInside(point)) runs.at(-1)!.push(point)
    else if (runs.at(-1)!.length > 0) runs.push([])
  }
  return runs.filter((run) => run.length > 1)
}

function band(line: readonly Metres[], half: number): Metres[] {
  const sides = line.map((point, index) => {
    const [before, after] = [line[Math.max(0, index - 1)]!, line[Math.min(line.length - 1, index + 1)]!]
    const [dx, dy] = [after[0] - before[0], after[1] - before[1]]
    const length = Math.hypot(dx, dy)
    const [across, along] = [(-dy / length) * half, (dx / length) * half]
    return [
      [point[0] + across, point[1] + along],
      [point[0] - across, point[1] - along],
    ] as [Metres, Metres]
  })
  const right = sides.map(([, one]) => one)
  const left = sides.map(([one]) => one).toReversed()
  return [...right, ...left, right[0]!]
}

function area(plan: Plan, id: string, ring: readonly Metres[]): VectorFeature {
  return {
    type: 'Feature',
    id,
    properties: {},
    geometry: { type: 'MultiPolygon', coordinates: [[ring.map((at) => degrees(plan, at))]] },
  }
}

function lineFeature(plan: Plan, id: string, line: readonly Metres[], road?: RoadClass): VectorFeature {
  return {
    type: 'Feature',
    id,
    properties: road ? { class: road } : {},
    geometry: { type: 'MultiLineString', coordinates: [line.map((at) => degrees(plan, at))] },
  }
}
