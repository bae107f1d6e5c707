import { describe, expect, it } from 'vitest'
import { minuteMs } from '../city-time.ts'
import { incidentOfId, incidentsOpenAt } from '../incidents.ts'
import { demoSeed } from '../seed.ts'
import { assets } from './assets.ts'
import { forces } from './forces.ts'
import { journey, placeAt, trackBehind } from './journey.ts'
import { bearing, distance, toMetres, type LonLat } from './plane.ts'
import { trips } from './trips.ts'

const nowMs = Date.parse('2026-08-06T14:32:00+08:00')
type Tracked = { track: [number, number, number, number][]; heading: number; state: string; kind: string }
const metresOf = ([longitude, latitude]: readonly number[]) => toMetres([longitude!, latitude!])
const turn = (a: number, b: number) => Math.abs(((a - b + 540) % 360) - 180)

describe('bearing', () => {
  it('is clockwise from north', () => {
    const compass: [[number, number], number][] = [
      [[0, 1], 0],
      [[1, 1], 45],
      [[1, 0], 90],
      [[0, -1], 180],
      [[-1, 0], 270],
      [[-1, 1], 315],
      [[-0.0001, 1], 0],
    ]
    for (const [there, degrees] of compass) expect(bearing([0, 0], there)).toBe(degrees)
    for (let degrees = 0; degrees < 360; degrees += 1) {
      const angle = (degrees * Math.PI) / 180
      expect(bearing([0, 0], [Math.sin(angle), Math.cos(angle)])).toBeCloseTo(degrees, 1)
    }
  })
})

describe('a journey', () => {
  const way = journey(
    [
      [0, 0],
      [100, 0],
      [100, 50],
    ],
    1_000,
    10,
  )
  it('goes evenly from corner to corner', () => {
    expect(way.timesMs).toEqual([1_000, 11_000, 16_000])
    expect(placeAt(way, 6_000)).toEqual([50, 0])
    expect(placeAt(way, 13_500)).toEqual([100, 25])
    expect(placeAt(way, 0)).toEqual([0, 0])
    expect(placeAt(way, 99_000)).toEqual([100, 50])
  })
  it('leaves a track of its corners and its place', () => {
    expect(trackBehind(way, 6_000, 13_500).map(({ timeMs }) => timeMs)).toEqual([6_000, 11_000, 13_500])
    expect(trackBehind(way, 0, 1_000)).toEqual([{ place: [0, 0], timeMs: 1_000 }])
  })
})

describe('assets', () => {
  it('stand where their track ends, head along it, and sit still without one', () => {
    const states = new Set<string>()
    for (let atMs = nowMs - 600 * minuteMs; atMs <= nowMs; atMs += 7 * minuteMs)
      for (const { geometry, properties } of assets(demoSeed, atMs, atMs).features) {
        const { track, heading, state } = properties as unknown as Tracked
        states.add(state)
        expect(track.length === 0).toBe(state === 'standby')
        if (track.length < 2) continue
        const [before, last] = track.slice(-2)
        expect(geometry.coordinates).toEqual(last!.slice(0, 3))
        expect(track.every(([, , , timeMs], index) => index === 0 || timeMs > track[index - 1]![3])).toBe(
          true,
        )
        expect(last![3] <= atMs && (state === 'lost-link' || last![3] > atMs - 5_000)).toBe(true)
        if (distance(metresOf(before!), metresOf(last!)) < 20) continue
        expect(turn(bearing(metresOf(before!), metresOf(last!)), heading)).toBeLessThan(1)
      }
    for (const state of ['standby', 'under-way', 'on-task', 'returning']) expect(states).toContain(state)
  })

  it('never jump: in five seconds nothing goes further than it can', () => {
    const placesAt = (atMs: number) =>
      assets(demoSeed, atMs, atMs).features.map(({ geometry }) => metresOf(geometry.coordinates as number[]))
    let before = placesAt(nowMs - 40 * minuteMs)
    for (let atMs = nowMs - 40 * minuteMs + 5_000; atMs < nowMs + 40 * minuteMs; atMs += 5_000) {
      const places = placesAt(atMs)
      for (const [index, place] of places.entries()) expect(distance(before[index]!, place)).toBeLessThan(70)
      before = places
    }
  })
})

describe('forces', () => {
  it('drive to open incidents, work there until they are closed, and go home', () => {
    const seen = new Set<string>()
    let before = new Map<string, LonLat>()
    for (let atMs = nowMs - 300 * minuteMs; atMs < nowMs; atMs += minuteMs) {
      const open = new Set(incidentsOpenAt(demoSeed, atMs).map(({ report }) => report.title))
      const places = new Map<string, LonLat>()
      for (const { id, geometry, properties } of forces(demoSeed, atMs, atMs).features) {
        const place = geometry.coordinates as [number, number]
        places.set(id, place)
        seen.add(properties.state as string)
        expect(properties.task === undefined).toBe(properties.state === 'standby')
        if (properties.state === 'on-site') expect(open.has(properties.task as string)).toBe(true)
        const last = before.get(id)
        if (last) expect(distance(toMetres(last), toMetres(place))).toBeLessThan(610)
      }
      before = places
    }
    expect([...seen].toSorted()).toEqual(['moving', 'on-site', 'standby'])
    expect(incidentOfId(demoSeed, 'none')).toBeUndefined()
  })
})

describe('trips', () => {
  it('are some hundred and fifty, one time for each corner, about the half hour before', () => {
    const { features } = trips(demoSeed, nowMs, nowMs)
    expect(features.length).toBeGreaterThan(100)
    expect(features.length).toBeLessThan(220)
    const step = nowMs - 2 * minuteMs
    for (const { geometry, properties } of features) {
      const times = properties.times as number[]
      expect(times).toHaveLength(geometry.coordinates.length)
      expect(times.every((time, index) => index === 0 || time > times[index - 1]!)).toBe(true)
      expect(times[0]).toBeLessThanOrEqual(step)
      expect(times.at(-1)).toBeGreaterThan(step - 30 * minuteMs)
    }
  })

  it('begun by one step are the same at the next', () => {
    const first = trips(demoSeed, nowMs, nowMs).features
    const next = new Map(
      trips(demoSeed, nowMs + 5 * minuteMs, nowMs + 5 * minuteMs).features.map((trip) => [trip.id, trip]),
    )
    const common = first.filter(({ id }) => next.has(id))
    expect(common.length).toBeGreaterThan(80)
    for (const trip of common) expect(next.get(trip.id)).toEqual(trip)
  })
})
