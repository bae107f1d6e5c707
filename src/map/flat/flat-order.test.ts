import { expect, it } from 'vitest'
import { silentView } from '../../../tests/support/silent-view.ts'
import type { Canvas, FlatDrawing } from './flat-drawing.ts'
import { flatKit } from './flat-kit.ts'
import { flatOrder } from './flat-order.ts'
import districtLand from '../layers/district-land.ts'

const alphas: [string, number][] = []
const canvas = { globalAlpha: 1, save: () => undefined, restore: () => (canvas.globalAlpha = 1) }
const drawing = (id: string, more: object = {}): FlatDrawing => ({
  id,
  paint: () => alphas.push([id, canvas.globalAlpha]),
  ...more,
})
function painted(underground: boolean, ground?: FlatDrawing): [string, number][] {
  alphas.length = 0
  const layers = [
    drawing('radar', { lies: true, side: 'left' }),
    drawing('district-land-area@left'),
    drawing('pipes'),
  ]
  const frame = { camera: { east: 0, north: 0, metresPerPixel: 1, width: 1, height: 1 }, u: 1 }
  for (const one of flatOrder(layers, ground, underground)) one.paint(canvas as unknown as Canvas, frame)
  return [...alphas]
}

it('lays the base map on the land and below every layer', () => {
  expect(painted(false, drawing('base-ground'))).toEqual([
    ['district-land-area@left', 1],
    ['base-ground', 1],
    ['radar', 1],
    ['pipes', 1],
  ])
  expect(painted(false)).toHaveLength(3)
})

it('lets land, base map and areas pale underground, so that pipes show, each on its side', () => {
  expect(painted(true, drawing('base-ground'))).toEqual([
    ['district-land-area@left', 0.35],
    ['base-ground', 0.35],
    ['radar', 0.35],
    ['pipes', 1],
  ])
  const [radar] = flatOrder([drawing('radar', { lies: true, side: 'left' })], undefined, true)
  expect(radar).toMatchObject({ side: 'left' })
})

it('knows the land of the districts by the ids their layer gives it', () => {
  const shape = {
    region: { code: '220102', name: { zh: '南关' }, level: 'county' as const },
    polygons: [
      [
        [
          [0, 0, 0],
          [9, 0, 0],
          [9, 9, 0],
          [0, 0, 0],
        ] as [number, number, number][],
      ],
    ],
    anchor: [5, 5, 0] as [number, number, number],
  }
  const drawn = districtLand.build({ ...silentView, shapes: [shape] }, flatKit) as FlatDrawing[]
  const ids = flatOrder(drawn, drawing('base-ground'), false).map(({ id }) => id)
  expect(ids.indexOf('base-ground')).toBe(2)
  expect(drawn.map(({ lies }) => lies ?? false)).toEqual([false, true, false, false])
})
