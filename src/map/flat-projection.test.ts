import { expect, it } from 'vitest'
import type { RegionShape } from '../contracts/map-layer.ts'
import { flatProjection } from './flat-projection.ts'

const shape: RegionShape = {
  region: { code: '220102', name: { zh: '南关区' }, level: 'county' },
  polygons: [
    [
      [
        [0, 0, 0],
        [100, 0, 0],
        [100, 50, 0],
        [0, 50, 0],
        [0, 0, 0],
      ],
    ],
  ],
  anchor: [50, 25, 0],
}
const frame = { width: 220, height: 240, insets: { top: 20, right: 10, bottom: 20, left: 10 } }

it('fills the frame, keeps proportions and points north up', () => {
  const project = flatProjection([shape], frame)
  expect(project([0, 50, 0])).toEqual({ x: 10, y: 70 })
  expect(project([100, 0, 0])).toEqual({ x: 210, y: 170 })
})

it('puts nothing anywhere before there is a size or a shape', () => {
  expect(flatProjection([], frame)([0, 0, 0])).toBeUndefined()
  expect(flatProjection([shape], { ...frame, width: 0 })([0, 0, 0])).toBeUndefined()
})
