import { describe, expect, it } from 'vitest'
import { clipCity } from '../regions/clip-city.ts'
import { clearanceOf } from '../regions/inner-point.ts'
import { areaKm2 } from '../regions/ring-area.ts'
import { isSensitive } from '../own/sensitive.ts'
import { isOpen, type Plan, planCity } from '../../../mock-data/sketch/plan.ts'
import { sketchHouses } from './houses.ts'
import { sketchGreen, sketchRail, sketchRoads, sketchWater } from './network.ts'
import { powerCells } from './power-cells.ts'
import { countyPolygons, placesOf, townsOf } from './sources.ts'
import { sketchTowns } from './towns.ts'

const counties = clipCity(countyPolygons(), '640100').features
const places = placesOf('640100')
const plan = (seed = 7): Plan =>
  planCity(
    {
      center: places[0]!.at,
      rings: counties.flatMap(({ geometry }) => geometry.coordinates).flat(),
      places,
      houses: 1200,
    },
    seed,
  )

it('parts a square between two sites by their weights', () => {
  const inside = [
    [
      [
        [0, 0],
        [4, 0],
        [4, 1],
        [0, 1],
        [0, 0],
      ],
    ],
  ] as [number, number][][][]
  const cells = powerCells(
    [
      { at: [1, 0.5], weight: 1 },
      { at: [3, 0.5], weight: 0 },
    ],
    inside,
    1,
  )
  // The border lies where squared distances differ by the weight: 2 + 1/4.
  const easts = cells.map((cell) => cell.flat(2).map(([x]) => x))
  expect(Math.max(...easts[0]!)).toBeCloseTo(2.25, 5)
  expect(Math.min(...easts[1]!)).toBeCloseTo(2.25, 5)
})

describe('towns of 银川', () => {
  const { towns, homeless } = townsOf('640100', new Set(counties.map(({ properties }) => properties.code)))
  const sketched = sketchTowns(towns, counties, 7)

  it('all have a cell, with real names and codes', () => {
    expect(homeless).toBe(0)
    expect(sketched.map(({ properties }) => properties.code)).toEqual(
      expect.arrayContaining(towns.map(({ code }) => code)),
    )
  })

  it('fill their county and nothing more, to a tenth of a percent', () => {
    for (const county of counties) {
      const own = sketched.filter(({ properties }) => properties.code.startsWith(county.properties.code))
      const sum = own.reduce((total, { geometry }) => total + areaKm2(geometry.coordinates), 0)
      expect(Math.abs(sum / areaKm2(county.geometry.coordinates) - 1)).toBeLessThan(0.001)
    }
  })

  it('carry their names inside themselves', () => {
    for (const { geometry, properties } of sketched)
      expect(clearanceOf(geometry.coordinates, properties.anchor)).toBeGreaterThan(0)
  })
})

describe('what is sketched', () => {
  it('is the same for equal seeds and another for another', () => {
    const text = (seed: number) => JSON.stringify([sketchRoads(plan(seed)), sketchHouses(plan(seed), 200)])
    expect(text(7)).toBe(text(7))
    expect(text(7)).not.toBe(text(8))
  })

  it('has no house in the river, a lake or a park, and every house within the city', () => {
    const drawn = plan()
    const houses = sketchHouses(drawn, 1200)
    expect(houses).toHaveLength(1200)
    for (const { rings } of houses)
      for (const corner of rings[0]!) {
        const at = drawn.plane.toMetres(corner)
        expect(isOpen(drawn, at, 0)).toBe(false)
        expect(drawn.isInside(at)).toBe(true)
      }
  })

  it('has no overlapping houses', () => {
    const middles = sketchHouses(plan(), 400).map(({ rings }) => rings[0]![0]!)
    const keys = new Set(middles.map(([x, y]) => `${x.toFixed(5)} ${y.toFixed(5)}`))
    expect(keys.size).toBe(middles.length)
  })

  it('stays inside the city and names nothing, no sensitive place least of all', () => {
    const drawn = plan()
    const features = [sketchWater, sketchGreen, sketchRoads, sketchRail].flatMap((make) => make(drawn))
    expect(features.length).toBeGreaterThan(40)
    for (const { properties, id } of features) {
      expect(id).toMatch(/^s-/)
      expect(properties.name).toBeUndefined()
      expect(isSensitive(properties)).toBe(false)
    }
    const roads = sketchRoads(drawn).map(({ properties }) => properties.class)
    expect(new Set(roads)).toEqual(new Set(['motorway', 'trunk', 'primary', 'secondary', 'tertiary']))
  })
})
