import type { VectorCollection } from '../../../src/domain/basemap.ts'
import { type Plan, runsInside } from '../../../mock-data/sketch/plan.ts'
import { type Metres, apart, lengthOf } from '../../../mock-data/sketch/plane.ts'
import { streetsOf } from '../../../mock-data/sketch/streets.ts'

type VectorFeature = VectorCollection['features'][number]

/** The rivers and lakes of a sketched city. Widths are the plan's, names there are none: nobody surveyed them. */
export function sketchWater(plan: Plan): VectorFeature[] {
  const runs = plan.rivers.flatMap(({ line, halfWidth }) =>
    runsInside(plan, line).map((run) => band(run, halfWidth)),
  )
  const lakes = plan.lakes.filter(([at]) => plan.isInside(at!))
  return [
    ...runs.map((ring, index) => area(plan, `s-river-${index + 1}`, ring)),
    ...lakes.map((ring, index) => area(plan, `s-lake-${index + 1}`, ring)),
  ]
}

export function sketchGreen(plan: Plan): VectorFeature[] {
  const { line, halfWidth } = plan.rivers[0]!
  const banks = runsInside(plan, line)
    .map((run) => run.filter((at) => lengthOf(at) < plan.townRadius * 1.1))
    .filter((run) => run.length > 3)
    .map((run, index) => area(plan, `s-bank-${index + 1}`, band(run, halfWidth + 90)))
  const parks = plan.parks.filter(([at]) => plan.isInside(at!))
  return [...banks, ...parks.map((ring, index) => area(plan, `s-park-${index + 1}`, ring))]
}

export function sketchRoads(plan: Plan): VectorFeature[] {
  return streetsOf(plan).map(({ road, line }, index) => ({
    ...lineFeature(plan, `s-road-${index + 1}`, line),
    properties: { class: road },
  }))
}

/** Lines from the middle to the farthest places. */
export function sketchRail(plan: Plan): VectorFeature[] {
  return plan.routes.rails
    .flatMap((line) => runsInside(plan, line))
    .map((line, index) => lineFeature(plan, `s-rail-${index + 1}`, line))
}

function band(line: readonly Metres[], half: number): Metres[] {
  const sides = line.map((point, index) => {
    const [before, after] = [line[Math.max(0, index - 1)]!, line[Math.min(line.length - 1, index + 1)]!]
    const length = apart(before, after)
    const [across, along] = [
      (-(after[1] - before[1]) / length) * half,
      ((after[0] - before[0]) / length) * half,
    ]
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
    geometry: { type: 'MultiPolygon', coordinates: [[ring.map((at) => plan.plane.toLonLat(at))]] },
  }
}

function lineFeature(plan: Plan, id: string, line: readonly Metres[]): VectorFeature {
  return {
    type: 'Feature',
    id,
    properties: {},
    geometry: { type: 'MultiLineString', coordinates: [line.map((at) => plan.plane.toLonLat(at))] },
  }
}
