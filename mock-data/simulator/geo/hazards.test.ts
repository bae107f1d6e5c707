import { describe, expect, it } from 'vitest'
import type { MapFeature } from '../../../src/domain/map-feature.ts'
import { hourMs, minuteMs } from '../city-time.ts'
import { demoSeed } from '../seed.ts'
import { ringHolds } from './county-shape.ts'
import { firePerimeter } from './fire-perimeter.ts'
import { countingRain, floodShareOf } from './flood-water.ts'
import { inundation, inundationOf } from './inundation.ts'
import { toLonLat, type LonLat } from './plane.ts'
import { leakSource, plume } from './plume.ts'

const nowMs = Date.parse('2026-08-06T14:32:00+08:00')
const day = (clock: string) => Date.parse(`2026-08-06T${clock}:00+08:00`)
const rings = ({ geometry }: MapFeature) => geometry.coordinates as LonLat[][]

function squareDegrees(feature: MapFeature): number {
  const areas = rings(feature).map((ring) =>
    Math.abs(
      ring.slice(1).reduce((sum, [x, y], index) => sum + ring[index]![0] * y - x * ring[index]![1], 0) / 2,
    ),
  )
  return areas.slice(1).reduce((area, hole) => area - hole, areas[0]!)
}

describe('the leak', () => {
  it('has three areas, each wholly inside the one before, about its source', () => {
    for (const clock of ['13:40', '14:32', '15:30', '16:25']) {
      const areas = plume(demoSeed, day(clock), day(clock)).features
      expect(areas.map(({ properties }) => properties.threshold)).toEqual(['AEGL-1', 'AEGL-2', 'AEGL-3'])
      const [wide, middle, core] = areas.map((area) => rings(area)[0]!)
      expect(middle!.every((place) => ringHolds(wide!, place))).toBe(true)
      expect(core!.every((place) => ringHolds(middle!, place))).toBe(true)
      expect(ringHolds(core!, toLonLat(leakSource))).toBe(true)
    }
  })

  it('exists in its hours only, and is no longer seen by a run before it began', () => {
    for (const clock of ['12:00', '13:29', '16:30', '20:00'])
      expect(plume(demoSeed, day(clock), day(clock)).features).toEqual([])
    expect(plume(demoSeed, day('13:45'), day('13:25')).features).toEqual([])
    expect(plume(demoSeed, day('15:00'), day('14:32')).features).toHaveLength(3)
  })
})

describe('the water', () => {
  it('grows with the rain and with nothing else', () => {
    let before = 0
    for (let rainMm = 0; rainMm <= 60; rainMm += 1) {
      const area = inundationOf(demoSeed, rainMm).reduce((sum, band) => sum + squareDegrees(band), 0)
      const rising = floodShareOf(rainMm) > floodShareOf(rainMm - 1)
      expect(rising ? area > before : area === before).toBe(true)
      before = area
    }
    expect(inundationOf(demoSeed, 13)).toEqual([])
  })

  it('lies in bands, the deeper one filling the hole of the shallower', () => {
    const bands = inundationOf(demoSeed, 30)
    expect(bands.map(({ properties }) => properties.band)).toEqual(['shallow', 'middle', 'deep'])
    for (const [index, band] of bands.slice(0, -1).entries()) {
      const [outer, hole] = rings(band)
      expect(hole).toEqual(rings(bands[index + 1]!)[0])
      expect(hole!.every((place) => ringHolds(outer!, place))).toBe(true)
    }
    expect(rings(bands[2]!)).toHaveLength(1)
  })

  it('rises and falls with the hours of rain, and a run ahead differs from what came', () => {
    const hours = Array.from({ length: 48 }, (_, back) => nowMs - back * hourMs)
    const rain = hours.map((atMs) => countingRain(demoSeed, atMs, atMs))
    expect(Math.max(...rain)).toBeGreaterThan(15)
    expect(Math.min(...rain)).toBeLessThan(12)
    const [ahead, came] = [nowMs, nowMs + 3 * hourMs].map((known) =>
      inundation('changchun', nowMs + 3 * hourMs, known),
    )
    expect(ahead!.features.length).toBeGreaterThan(0)
    expect(ahead!.features).not.toEqual(came!.features)
    expect(ahead!.resultTime).toBe('2026-08-06T06:00:00Z')
  })

  it('is ice in winter', () => {
    const winter = Date.parse('2026-01-15T03:00:00+08:00')
    expect(inundation(demoSeed, winter, winter).features).toEqual([])
  })
})

describe('the fire', () => {
  it('only ever moves outward while it lasts', () => {
    let inner: LonLat[] = []
    for (let atMs = day('12:00'); atMs < day('18:00'); atMs += 30 * minuteMs) {
      const [edge] = firePerimeter(demoSeed, atMs, atMs).features
      const ring = rings(edge!)[0]!
      expect(inner.every((place) => ringHolds(ring, place))).toBe(true)
      inner = ring
    }
    expect(firePerimeter(demoSeed, day('18:00'), day('18:00')).features).toEqual([])
  })

  it('burns on some dry days of the season beside the exercises, and on none in winter', () => {
    const noons = (from: string) =>
      Array.from({ length: 60 }, (_, index) => Date.parse(`${from}T14:00:00+08:00`) + index * 24 * hourMs)
    const named = (from: string, name: string) =>
      noons(from).filter((atMs) => firePerimeter(demoSeed, atMs, atMs).features[0]?.properties.name === name)
        .length
    expect(named('2026-04-01', '林火（示意）')).toBeGreaterThan(2)
    expect(named('2026-12-01', '林火（示意）')).toBe(0)
  })
})
