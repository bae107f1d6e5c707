import { expect, it } from 'vitest'
import { heatColour, heatGrid } from './heat-grid.ts'
import { binHexagons, hexagonAreas } from './hexagon-bins.ts'

const everywhere = { west: -1e6, south: -1e6, east: 1e6, north: 1e6 }

it('is densest where the points are and fades evenly around a lone one', () => {
  const grid = heatGrid(new Float32Array([500, 300, 0]), undefined, 100, everywhere)!
  const cell = (grid.box.east - grid.box.west) / grid.columns
  const at = (east: number, north: number): number =>
    grid.density[
      Math.floor((north - grid.box.south) / cell) * grid.columns + Math.floor((east - grid.box.west) / cell)
    ]!
  expect(at(500, 300)).toBe(1)
  expect(at(540, 300)).toBeGreaterThan(0)
  expect(at(540, 300)).toBeLessThan(0.9)
  expect(at(540, 300)).toBeCloseTo(at(500, 340), 5)
  expect(at(500 + 140, 300)).toBeLessThan(0.02)
})

it('weighs points, leaves out what lies elsewhere, and knows nothing of nowhere', () => {
  const positions = new Float32Array([0, 0, 0, 1000, 0, 0, 9e6, 0, 0])
  const grid = heatGrid(positions, new Float32Array([1, 3, 99]), 50, everywhere)!
  expect(grid.box.east).toBeLessThan(2000)
  const column = (east: number): number =>
    Math.max(
      ...Array.from({ length: grid.rows }, (_, row) => {
        const cell = (grid.box.east - grid.box.west) / grid.columns
        return grid.density[row * grid.columns + Math.floor((east - grid.box.west) / cell)]!
      }),
    )
  expect(column(1000)).toBe(1)
  expect(column(0)).toBeCloseTo(1 / 3, 2)
  expect(heatGrid(new Float32Array([9e6, 0, 0]), undefined, 50, everywhere)).toBeUndefined()
})

it('runs through one hue, transparent where nothing is', () => {
  expect(heatColour(0)).toEqual([18, 38, 43, 0])
  expect(heatColour(1)).toEqual([213, 245, 236, 217])
  expect(heatColour(0.75).slice(0, 3)).toEqual([92, 201, 181])
})

it('counts every point in the hexagon whose centre is nearest', () => {
  const points = Array.from({ length: 400 }, (_, at) => [(at % 20) * 37, Math.floor(at / 20) * 41, 0]).flat()
  const bins = binHexagons(new Float32Array(points), 100)
  expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(400)
  for (let at = 0; at < points.length; at += 3) {
    const own = bins
      .map(({ center }) => Math.hypot(center[0] - points[at]!, center[1] - points[at + 1]!))
      .reduce((least, far) => Math.min(least, far), Infinity)
    expect(own).toBeLessThanOrEqual(100.001)
  }
})

it('stands the fullest hexagon at the full height and the others in proportion', () => {
  const areas = hexagonAreas(new Float32Array([0, 0, 0, 1, 1, 0, 900, 0, 0]), 100, 500)
  expect(areas.map(({ height }) => height).toSorted((a, b) => a - b)).toEqual([250, 500])
})
