import { describe, expect, it } from 'vitest'
import { minuteMs } from '../city-time.ts'
import { demoSeed } from '../seed.ts'
import { assets } from './assets.ts'
import { journey, placeAt, trackBehind } from './journey.ts'
import { bearing, distance, toMetres } from './plane.ts'

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
