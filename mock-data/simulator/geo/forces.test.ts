import { describe, expect, it } from 'vitest'
import { minuteMs } from '../city-time.ts'
import { incidentsOpenAt } from '../incidents.ts'
import { demoSeed } from '../seed.ts'
import { forces } from './forces.ts'
import { distance, toMetres, type LonLat } from './plane.ts'
import { trips } from './trips.ts'

const nowMs = Date.parse('2026-08-06T14:32:00+08:00')

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
        expect(properties.state !== 'on-site' || open.has(properties.task as string)).toBe(true)
        const last = before.get(id) ?? place
        expect(distance(toMetres(last), toMetres(place))).toBeLessThan(610)
      }
      before = places
    }
    expect([...seen].toSorted()).toEqual(['moving', 'on-site', 'standby'])
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
