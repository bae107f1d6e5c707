import { describe, expect, it } from 'vitest'
import type { MapFeature } from '../../../src/domain/map-feature.ts'
import { hourMs } from '../city-time.ts'
import { demoSeed } from '../seed.ts'
import { warningsAt } from '../warnings.ts'
import { ringHolds } from './county-shape.ts'
import type { LonLat } from './plane.ts'
import { projects } from './projects.ts'
import { protectedAreas } from './protected-areas.ts'
import { warningAreas } from './warning-areas.ts'

const nowMs = Date.parse('2026-08-06T14:32:00+08:00')
const ringOf = (feature: MapFeature) => (feature.geometry.coordinates as LonLat[][])[0]!
const weekBefore = Array.from({ length: 56 }, (_, index) => nowMs - index * 3 * hourMs)

describe('projects and protected areas', () => {
  const areas = protectedAreas(demoSeed, nowMs, nowMs).features
  const plots = projects(demoSeed, nowMs, nowMs).features
  const red = ringOf(areas.find(({ id }) => id === 'protected-red-1')!)
  const corners = (id: string) => ringOf(plots.find((plot) => plot.id === id)!)

  it('has one project across a red line: corners inside and outside', () => {
    const inside = corners('project-1').filter((place) => ringHolds(red, place))
    expect(inside.length).toBeGreaterThan(0)
    expect(inside.length).toBeLessThan(corners('project-1').length)
  })

  it('has one that shares a whole side with it and lies outside', () => {
    const [west] = [Math.min(...corners('project-2').map(([x]) => x))]
    expect(Math.max(...red.map(([x]) => x))).toBe(west)
    const shared = corners('project-2').filter(([x, y]) => red.some(([a, b]) => a === x && b === y))
    expect(new Set(shared.map(String)).size).toBe(2)
  })

  it('has one that meets nothing', () => {
    const free = corners('project-3')
    for (const area of areas) {
      expect(free.some((place) => ringHolds(ringOf(area), place))).toBe(false)
      expect(ringOf(area).some((place) => ringHolds(free, place))).toBe(false)
    }
  })
})

describe('warning areas', () => {
  it('are those of the warnings in force, over their county units', () => {
    for (const atMs of weekBefore) {
      const step = Math.floor(atMs / 300_000) * 300_000
      const { features } = warningAreas(demoSeed, step, step)
      expect(features.map(({ properties }) => properties.warning)).toEqual(
        warningsAt(demoSeed, step).map(({ id }) => id),
      )
    }
  })

  it('of the future are those that will not have expired', () => {
    const { features } = warningAreas(demoSeed, nowMs + hourMs, nowMs)
    expect(features.map(({ properties }) => properties.event)).toEqual(['暴雨'])
  })
})
