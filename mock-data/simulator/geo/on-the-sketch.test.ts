import { describe, expect, it } from 'vitest'
import type { MapFeature } from '../../../src/domain/map-feature.ts'
import { apart, ringHolds } from '../../sketch/plane.ts'
import { halfWidths, streetsOf } from '../../sketch/streets.ts'
import { hourMs, minuteMs } from '../city-time.ts'
import { incidentsOpenAt } from '../incidents.ts'
import { demoSeed } from '../seed.ts'
import { assets } from './assets.ts'
import { closedRoads } from './closed-roads.ts'
import { demoTown } from './demo-town.ts'
import { drawnRoads, drawnWater, isInDrawnWater, nearestDrawn } from './drawn-map.ts'
import { enterprises } from './enterprises.ts'
import { facilities } from './facilities.ts'
import { forces } from './forces.ts'
import { inundationOf } from './inundation.ts'
import { pipes } from './pipes.ts'
import { between, toMetres, type LonLat, type Metres } from './plane.ts'
import { riverCourses, townReach } from './river-reach.ts'
import { shelters } from './shelters.ts'
import { trips } from './trips.ts'
import { waterSections } from './water-sections.ts'

const nowMs = Date.parse('2026-08-06T14:32:00+08:00')
const weekBefore = Array.from({ length: 28 }, (_, index) => nowMs - index * 6 * hourMs)
const lineOf = ({ geometry }: MapFeature) => (geometry.coordinates as LonLat[]).map(toMetres)
const pointOf = ({ geometry }: MapFeature) => toMetres(geometry.coordinates as unknown as LonLat)

describe('the sketch of the demo', () => {
  it('has the streets of the base map, class by class and corner by corner', () => {
    const streets = streetsOf(demoTown())
    expect(streets.map(({ road }) => road)).toEqual(drawnRoads.map(({ road }) => road))
    for (const [index, { line }] of streets.entries()) {
      expect(line).toHaveLength(drawnRoads[index]!.line.length)
      for (const [corner, at] of line.entries())
        expect(apart(at, drawnRoads[index]!.line[corner]!)).toBeLessThan(0.2)
    }
  })

  it('has its rivers and lakes', () => {
    for (const { line, halfWidth } of riverCourses()) {
      const drawn = drawnWater.find(({ ring }) => line.slice(1, -1).every((at) => ringHolds(ring, at)))!
      const bank = drawn.ring.map((at) => Math.min(...line.map((corner) => apart(at, corner))))
      expect(Math.max(...bank)).toBeLessThan(halfWidth + 1)
    }
    const lakes = drawnWater.filter(({ id }) => id.startsWith('s-lake'))
    expect(lakes.map(({ ring }) => ring.length)).toEqual(demoTown().lakes.map((ring) => ring.length))
    for (const [index, { ring }] of lakes.entries())
      for (const [corner, at] of ring.entries())
        expect(apart(at, demoTown().lakes[index]![corner]!)).toBeLessThan(0.2)
  })
})

describe('on the streets', () => {
  it('drive the vehicles: every corner and the way between lies on a drawn street', () => {
    for (const atMs of [nowMs, nowMs - 7 * hourMs]) {
      const { features } = trips(demoSeed, atMs, atMs)
      for (const [index, trip] of features.entries()) {
        if (index % 4 !== 0) continue
        const way = lineOf(trip)
        const halves = way.slice(1).map((at, leg) => between(way[leg]!, at, 0.5))
        for (const at of [...way, ...halves]) expect(nearestDrawn(at).farM, trip.id).toBeLessThan(1)
      }
    }
  })

  it('go the rounds of patrol cars', () => {
    const { features } = assets(demoSeed, nowMs, nowMs)
    const tracks = features
      .filter(({ properties }) => properties.kind === 'vehicle')
      .flatMap(({ properties }) => properties.track as [number, number, number, number][])
    expect(tracks.length).toBeGreaterThan(10)
    for (const [x, y] of tracks) expect(nearestDrawn(toMetres([x, y])).farM).toBeLessThan(1)
  })

  it('move the forces, but for the way from their yard and to the spot', () => {
    let seen = 0
    for (let atMs = nowMs - 3 * hourMs; atMs < nowMs; atMs += 5 * minuteMs)
      for (const force of forces(demoSeed, atMs, atMs).features) {
        if (force.properties.state !== 'moving') continue
        seen += 1
        expect(nearestDrawn(pointOf(force)).farM).toBeLessThan(60)
      }
    expect(seen).toBeGreaterThan(10)
  })

  it('are roads closed, a stretch of one street each', () => {
    for (const atMs of weekBefore)
      for (const road of closedRoads(demoSeed, atMs, atMs).features) {
        const line = lineOf(road)
        const length = line.slice(1).reduce((sum, at, index) => sum + apart(line[index]!, at), 0)
        expect(length, road.id).toBeGreaterThan(80)
        expect(length, road.id).toBeLessThan(601)
        for (const at of line) expect(nearestDrawn(at).farM, road.id).toBeLessThan(1)
      }
  })

  it('lie the pipes: within the width of the drawn street all along', () => {
    for (const pipe of pipes(demoSeed, nowMs, nowMs).features) {
      const [from, to] = lineOf(pipe)
      for (const share of [0, 0.3, 0.5, 0.8, 1]) {
        const { road, farM } = nearestDrawn(between(from!, to!, share))
        expect(farM, pipe.id).toBeLessThan(halfWidths[road])
        expect(isInDrawnWater(between(from!, to!, share)), pipe.id).toBe(false)
      }
    }
  })

  it('go the pipes of one street on at the depth at which the last one ended', () => {
    const ends = new Map<string, number>()
    let met = 0
    for (const { geometry, properties } of pipes(demoSeed, nowMs, nowMs).features)
      for (const [x, y, height] of geometry.coordinates as [number, number, number][]) {
        const place = `${properties.kind as string} ${x} ${y}`
        if (ends.has(place)) met += 1
        expect(ends.get(place) ?? height).toBe(height)
        ends.set(place, height)
      }
    expect(met).toBeGreaterThan(60)
  })
})

describe('beside the streets', () => {
  it('stands what has a door, and nothing in the water', () => {
    const standing = [facilities, shelters, enterprises].flatMap(
      (tell) => tell(demoSeed, nowMs, nowMs).features,
    )
    const bases = forces(demoSeed, nowMs, nowMs).features.filter(
      ({ properties }) => properties.state === 'standby',
    )
    for (const thing of [...standing, ...bases]) {
      if (thing.properties.kind === 'bridge') continue
      const { farM } = nearestDrawn(pointOf(thing))
      expect(farM, thing.id).toBeGreaterThan(18)
      expect(farM, thing.id).toBeLessThan(60)
      expect(isInDrawnWater(pointOf(thing)), thing.id).toBe(false)
    }
  })

  it('happens what is reported', () => {
    for (const { report } of incidentsOpenAt(demoSeed, nowMs)) {
      const { farM } = nearestDrawn(toMetres([report.place!.longitude, report.place!.latitude]))
      expect(farM).toBeGreaterThan(18)
      expect(farM).toBeLessThan(60)
    }
  })

  it('is a bridge where a street crosses the river', () => {
    const bridges = facilities(demoSeed, nowMs, nowMs).features.filter(
      ({ properties }) => properties.kind === 'bridge',
    )
    expect(bridges).toHaveLength(11)
    for (const bridge of bridges) {
      expect(nearestDrawn(pointOf(bridge)).farM).toBeLessThan(1)
      expect(isInDrawnWater(pointOf(bridge))).toBe(true)
    }
  })
})

describe('along the rivers', () => {
  it('lie the water sections in the order in which the water passes them', () => {
    const { features } = waterSections(demoSeed, nowMs, nowMs)
    for (const name of ['伊通河', '饮马河', '松花江']) {
      const own = features
        .filter(({ properties }) => properties.river === name)
        .toSorted((a, b) => (a.properties.order as number) - (b.properties.order as number))
      const course = riverCourses().find(({ line }) =>
        own.every((section) => line.some((at) => apart(at, pointOf(section)) < 450)),
      )
      const passed = own.map((section) => {
        const far = course!.line.map((at) => apart(at, pointOf(section)))
        return far.indexOf(Math.min(...far))
      })
      expect(passed).toEqual(passed.toSorted((a, b) => a - b))
      expect(own.every((section) => isInDrawnWater(pointOf(section)))).toBe(true)
    }
  })

  it('run from the higher ground to the lower', () => {
    const { line } = riverCourses()[0]!
    // 公主岭 lies at 211 m, 榆树 at 196 m: north-east is down.
    expect(line.at(-1)![1] - line[0]![1]).toBeGreaterThan(50_000)
    expect(line.at(-1)![0]).toBeGreaterThan(line[0]![0])
  })

  it('spreads the flood from the town’s reach, deepest at the river', () => {
    const edges = inundationOf(demoSeed, 20).map(({ geometry }) =>
      (geometry.coordinates as LonLat[][])[0]!.map(toMetres),
    )
    const { line, halfWidth } = townReach()
    const farOf = (ring: readonly Metres[]) =>
      ring.map((at) => Math.min(...line.map((corner) => apart(at, corner))))
    const middle = line.slice(40, -40)
    const [shallow, , deep] = edges
    expect(middle.every((at) => edges.every((ring) => ringHolds(ring, at)))).toBe(true)
    expect(Math.max(...farOf(deep!))).toBeGreaterThan(halfWidth)
    expect(Math.max(...farOf(shallow!))).toBeGreaterThan(Math.max(...farOf(deep!)) * 1.5)
  })
})
