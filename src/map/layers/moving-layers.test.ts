import { describe, expect, it } from 'vitest'
import type { AreaItem, MapKit } from '../../contracts/map-kit.ts'
import type { EnuMetres, SituationView } from '../../contracts/map-layer.ts'
import type { MapFeature } from '../../domain/map-feature.ts'
import { recordingKit as kit } from '../../../tests/support/recording-kit.ts'
import { line, point, tellingView, told } from '../../../tests/support/told-features.ts'
import { EnuFrame } from '../engine/enu-frame.ts'
import { type FlatCamera, toScreen } from '../flat/flat-camera.ts'
import assets from './assets.ts'
import cameras from './cameras.ts'
import trips from './trips.ts'

const frame = new EnuFrame(125.32, 43.88)
const project: SituationView['project'] = (longitude, latitude, height) =>
  frame.project(longitude, latitude, height)
/** Street level: half a metre a pixel. */
const street: FlatCamera = { east: 0, north: 0, metresPerPixel: 0.5, width: 1920, height: 1080 }
const startMs = Date.parse('2026-08-06T06:30:00Z')

/** Metres of a degree at a latitude, by the usual series for WGS 84: a way to know the truth that no layer uses. */
const phi = (43.88 * Math.PI) / 180
const degreeNorth = 111_132.954 - 559.822 * Math.cos(2 * phi) + 1.175 * Math.cos(4 * phi)
const degreeEast = 111_412.84 * Math.cos(phi) - 93.5 * Math.cos(3 * phi) + 0.118 * Math.cos(5 * phi)

/** A drone at 12 m/s that flies each minute on another course, and where it truly is after so many seconds. */
const courses = [60, 150, 150, 275, 10, 330, 200, 90]
function truth(seconds: number): [number, number] {
  let [east, north] = [0, 0]
  courses.forEach((course, minute) => {
    const metres = 12 * Math.min(60, Math.max(0, seconds - 60 * minute))
    east += metres * Math.sin((course * Math.PI) / 180)
    north += metres * Math.cos((course * Math.PI) / 180)
  })
  return [125.32 + east / degreeEast, 43.88 + north / degreeNorth]
}
/** Told once a minute, up to that minute, with the course it came by. */
function drone(minutes: number): MapFeature {
  const track = Array.from({ length: minutes + 1 }, (_, minute) => [
    ...truth(60 * minute),
    120,
    startMs + 60_000 * minute,
  ])
  return told('assets', 'k', point(...truth(60 * minutes)), {
    kind: 'drone',
    heading: courses[minutes - 1],
    mission: '巡查',
    state: 'on-task',
    track,
    view: { angle: 60, range: 400 },
  })
}
const viewOf = (asset: MapFeature, more: Partial<SituationView>) =>
  tellingView({ assets: [asset] }, { project, ...more })
const dotOf = (view: SituationView): EnuMetres => {
  const dots = assets.build(view, kit).find(({ id }) => id === 'assets-place')
  return [...(dots as unknown as { positions: Float32Array }).positions] as EnuMetres
}
/** Opening, range and bearing of a cone as it is drawn, from its apex and the two ends of its rim. */
function coneOf(items: readonly AreaItem[]): { bearing: number; opening: number; range: number } {
  const ring = items[0]!.polygons[0]![0]!
  const [apex, first, last] = [ring[0]!, ring[1]!, ring.at(-2)!]
  const turn = (to: EnuMetres): number =>
    ((Math.atan2(to[0] - apex[0], to[1] - apex[1]) * 180) / Math.PI + 360) % 360
  const opening = (turn(last) - turn(first) + 360) % 360
  return {
    bearing: (turn(first) + opening / 2) % 360,
    opening,
    range: Math.hypot(first[0] - apex[0], first[1] - apex[1]),
  }
}
const sightOf = (view: SituationView) =>
  coneOf((assets.build(view, kit)[0] as unknown as { items: AreaItem[] }).items)

describe('assets', () => {
  it('are less than a pixel from the truth at every second between two statements', () => {
    let worst = 0
    for (let second = 0; second <= 60 * courses.length; second++) {
      const drawn = dotOf(viewOf(drone(courses.length), { atMs: startMs + 1000 * second }))
      const [seen, meant] = [drawn, project(...truth(second), 120)].map((at) => toScreen(street, at))
      worst = Math.max(worst, Math.hypot(seen!.x - meant!.x, seen!.y - meant!.y))
    }
    expect(worst).toBeLessThan(1)
  })

  it('head and look along the leg they are on, with the opening and the range they are told', () => {
    courses.forEach((course, minute) => {
      const cone = sightOf(viewOf(drone(courses.length), { atMs: startMs + 60_000 * minute + 20_000 }))
      expect(Math.abs(((cone.bearing - course + 540) % 360) - 180)).toBeLessThan(0.2)
      expect(cone.opening).toBeCloseTo(60, 6)
      expect(cone.range).toBeCloseTo(400, 6)
    })
  })

  it('move on without a jump while the page lives, from one statement to the next', () => {
    let before: EnuMetres | undefined
    for (let second = 130; second < 400; second++) {
      // What was told of a minute comes some seconds after it.
      const minute = Math.floor((second - 9) / 60)
      const [atMs, playMs] = [startMs + 60_000 * Math.floor(second / 60), startMs + 1000 * second]
      const at = dotOf(viewOf(drone(minute), { atMs, playMs }))
      const step = before ? Math.hypot(at[0] - before[0], at[1] - before[1]) : 12
      // A second at 12 m/s; a turn cuts its corner.
      expect(step).toBeGreaterThan(8)
      expect(step).toBeLessThan(12.1)
      before = at
    }
  })

  it('wait where they set off until the picture comes to it', () => {
    const view = viewOf(drone(1), { atMs: startMs + 60_000, playMs: startMs + 62_000 })
    expect(dotOf(view)[0]).toBeCloseTo(0, 3)
  })
})

it('draws a camera by its heading, its opening and its range, in this order', () => {
  const sight = { heading: 200, angle: 40, range: 90, state: 'online' }
  const view = tellingView({ cameras: [told('cameras', 'c', point(125.32, 43.88), sight)] }, { project })
  const drawn = cameras.build(view, kit)[0] as unknown as { items: AreaItem[] }
  const cone = coneOf(drawn.items)
  expect(cone.bearing).toBeCloseTo(200, 6)
  expect(cone.opening).toBeCloseTo(40, 6)
  expect(cone.range).toBeCloseTo(90, 6)
})

describe('vehicles under way', () => {
  const trip = told('trips', 'n', line([125.3, 43.8], [125.31, 43.8]), { times: [startMs, startMs + 60_000] })
  const view = tellingView({ trips: [trip] }, { project, atMs: startMs })
  const wayOf = (more: Partial<SituationView>) =>
    trips.build({ ...view, ...more }, kit)[0] as unknown as Parameters<MapKit['trips']>[0]

  it('run on with the running instant, and stand with the map where nothing runs', () => {
    expect(wayOf({}).atMs).toBe(startMs)
    expect(wayOf({ playMs: startMs + 7_300 }).atMs).toBe(startMs + 7_300)
  })

  it('keep their ways from one moment to the next, and can be picked', () => {
    expect(wayOf({ playMs: startMs + 2 }).items).toBe(wayOf({ playMs: startMs + 1 }).items)
    expect(wayOf({}).items.map(({ feature }) => feature)).toEqual(['trips/n'])
  })
})

it('lays the same drives anew once the ground they are on is another', () => {
  const trip = told('trips', 'r', line([125.3, 43.8], [125.31, 43.8]), { times: [startMs, startMs + 60_000] })
  const view = tellingView({ trips: [trip] }, { atMs: startMs })
  const drives = [trip]
  const heightOn = (up: number): number => {
    const on = (longitude: number, latitude: number): EnuMetres => [longitude, latitude, up]
    const features = () => ({ ...view.features('trips'), features: drives })
    const [drawn] = trips.build({ ...view, project: on, features: features as never }, kit)
    return (drawn as unknown as Parameters<MapKit['trips']>[0]).items[0]!.path[0]![2]
  }
  expect([heightOn(0), heightOn(210)]).toEqual([0, 210])
})
