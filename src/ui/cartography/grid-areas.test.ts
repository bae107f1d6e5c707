import { expect, it } from 'vitest'
import type { Geometry } from '../../domain/map-feature.ts'
import { gridAreas } from './grid-areas.ts'

const geometry: Geometry = {
  type: 'Polygon',
  coordinates: [
    [
      [0, 0],
      [2, 0],
      [2, 1],
      [0, 1],
      [0, 0],
    ],
  ],
}
const classes = [
  { from: 1, color: [1, 1, 1], opacity: 0.2 },
  { from: 5, color: [2, 2, 2], opacity: 0.4 },
  { from: 9, color: [3, 3, 3], opacity: 0.6 },
] as const
const plane = (east: number, north: number): [number, number, number] => [east, north, 0]

it('makes one area of every class that has a cell', () => {
  const feature = { geometry, properties: { columns: 2, rows: 1, values: [2, 10] } }
  expect(gridAreas(feature, classes, plane, false)).toMatchObject([
    { fill: [1, 1, 1, 51] },
    { fill: [3, 3, 3, 153] },
  ])
})

it('hatches what is forecast, and stronger, as strokes cover less', () => {
  const feature = { geometry, properties: { columns: 2, rows: 1, values: [2, null] } }
  expect(gridAreas(feature, classes, plane, true)).toMatchObject([{ fill: [1, 1, 1, 82], hatch: true }])
})

it('lays the same grid anew once its ground is another', () => {
  const feature = { geometry, properties: { columns: 2, rows: 1, values: [2, null] } }
  const heightOn = (height: number) =>
    gridAreas(feature, classes, (east, north) => [east, north, height], false)[0]!.polygons[0]![0]![0]![2]
  expect([heightOn(0), heightOn(210)]).toEqual([0, 210])
})
