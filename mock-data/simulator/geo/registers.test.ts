import { describe, expect, it } from 'vitest'
import type { MapFeature } from '../../../src/domain/map-feature.ts'
import { hourMs } from '../city-time.ts'
import { counties } from '../places.ts'
import { demoSeed } from '../seed.ts'
import { closedRoads } from './closed-roads.ts'
import { changeSpots } from './change-spots.ts'
import { countyAt, ringHolds } from './county-shape.ts'
import { facilities } from './facilities.ts'
import { hotlinePoints } from './hotline-points.ts'
import { isochrones } from './isochrones.ts'
import { pipes } from './pipes.ts'
import type { LonLat } from './plane.ts'
import { shelters } from './shelters.ts'

const nowMs = Date.parse('2026-08-06T14:32:00+08:00')
const ringOf = (feature: MapFeature) => (feature.geometry.coordinates as LonLat[][])[0]!
const weekBefore = Array.from({ length: 56 }, (_, index) => nowMs - index * 3 * hourMs)

describe('facilities', () => {
  it('are mostly normal, and some in trouble when the city is', () => {
    const troubled = weekBefore.map(
      (atMs) =>
        facilities(demoSeed, atMs, atMs).features.filter(({ properties }) => properties.state === 'trouble')
          .length,
    )
    expect(Math.max(...troubled)).toBeGreaterThan(2)
    expect(Math.max(...troubled)).toBeLessThan(30)
    expect(facilities(demoSeed, nowMs, nowMs).features.length).toBeGreaterThanOrEqual(120)
  })
})

describe('isochrones', () => {
  it('lie in each other about their station', () => {
    const { features } = isochrones(demoSeed, nowMs, nowMs)
    const stations = new Map(
      facilities(demoSeed, nowMs, nowMs).features.map((station) => [station.id, station]),
    )
    for (let index = 0; index < features.length; index += 3) {
      const three = features.slice(index, index + 3)
      expect(three.map(({ properties }) => properties.minutes)).toEqual([15, 10, 5])
      const [wide, middle, near] = three.map(ringOf)
      expect(middle!.every((place) => ringHolds(wide!, place))).toBe(true)
      expect(near!.every((place) => ringHolds(middle!, place))).toBe(true)
      const station = stations.get(three[0]!.properties.origin as string)!
      expect(ringHolds(near!, station.geometry.coordinates as [number, number])).toBe(true)
    }
  })
})

describe('roads, shelters, spots, pipes', () => {
  it('close more roads in rain', () => {
    const counts = weekBefore.map((atMs) => closedRoads(demoSeed, atMs, atMs).features.length)
    expect(Math.min(...counts)).toBe(2)
    expect(Math.max(...counts)).toBeGreaterThan(3)
  })

  it('fill shelters while the water stands, and say null where nobody counted', () => {
    const occupied = (atMs: number) =>
      shelters(demoSeed, atMs, atMs).features.map(({ properties }) => properties.occupied as number | null)
    const dry = Date.parse('2026-05-20T12:00:00+08:00')
    expect(occupied(dry).filter((count) => count === null)).toHaveLength(6)
    expect(occupied(nowMs).some((count) => count !== null && count > 0)).toBe(true)
    for (const { properties } of shelters(demoSeed, nowMs, nowMs).features)
      expect((properties.occupied as number | null) ?? 0).toBeLessThanOrEqual(properties.capacity as number)
  })

  it('list a dozen change spots between two pictures of the past', () => {
    const { features } = changeSpots(demoSeed, nowMs, nowMs)
    expect(features).toHaveLength(12)
    for (const { properties } of features) {
      expect(Date.parse(properties.after as string)).toBeLessThanOrEqual(nowMs)
      expect(Date.parse(properties.before as string)).toBeLessThan(Date.parse(properties.after as string))
    }
  })

  it('lay three hundred pipes below the ground', () => {
    const { features } = pipes(demoSeed, nowMs, nowMs)
    expect(features).toHaveLength(300)
    for (const { geometry, properties } of features) {
      const heights = (geometry.coordinates as number[][]).map(([, , height]) => height!)
      expect(heights.every((height) => height < 0)).toBe(true)
      expect((heights[0]! + heights[1]!) / 2).toBeCloseTo(-(properties.depth as number), 1)
    }
  })
})

describe('hotline points', () => {
  it('are about two thousand, by the voice of each county unit, told to a two-hundredth of a degree', () => {
    const { features } = hotlinePoints(demoSeed, nowMs, nowMs)
    expect(features.length).toBeGreaterThan(1_500)
    expect(features.length).toBeLessThan(3_000)
    const voices = counties.reduce((sum, { voice }) => sum + voice, 0)
    for (const { code, voice } of counties) {
      const share = features.filter(({ properties }) => properties.region === code).length / features.length
      expect(Math.abs(share - voice / voices)).toBeLessThan(0.02)
    }
    for (const { geometry, properties } of features) {
      const place = geometry.coordinates as [number, number]
      expect(countyAt(place)).toBe(properties.region)
      for (const degrees of place)
        expect(Math.abs(degrees * 200 - Math.round(degrees * 200))).toBeLessThan(1e-6)
    }
  })
})
