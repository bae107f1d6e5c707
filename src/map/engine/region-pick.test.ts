import { expect, it } from 'vitest'
import type { EnuMetres, RegionShape } from '../../contracts/map-layer.ts'
import { regionAt, stemAt } from './region-pick.ts'

function ring(west: number, south: number, size: number): EnuMetres[] {
  const corners: EnuMetres[] = [
    [west, south, 0],
    [west + size, south, 0],
    [west + size, south + size, 0],
    [west, south + size, 0],
  ]
  return [...corners, corners[0]!]
}

function shape(code: string, rings: EnuMetres[][]): RegionShape {
  return { region: { code, name: { zh: code }, level: 'county' }, polygons: [rings], anchor: [0, 0, 0] }
}

it('finds the unit that holds a point, and none in a hole or outside', () => {
  const shapes = [shape('220102', [ring(0, 0, 10), ring(4, 4, 2)]), shape('220103', [ring(10, 0, 10)])]
  expect(
    [
      [1, 1],
      [12, 3],
      [5, 5],
      [30, 1],
    ].map(([east, north]) => regionAt(shapes, [east!, north!, 0])),
  ).toEqual(['220102', '220103', undefined, undefined])
})

it('picks the column in front where two stand behind each other', () => {
  const stems = [
    { region: 'back', left: 92, right: 108, top: 20, bottom: 100 },
    { region: 'front', left: 96, right: 112, top: 50, bottom: 140 },
  ]
  expect(stemAt(stems, 102, 90)).toBe('front')
  expect(stemAt(stems, 102, 30)).toBe('back')
  expect(stemAt(stems, 140, 90)).toBeUndefined()
})
