import { expect, it } from 'vitest'
import { clipSides } from './clip-sides.ts'
import { DeckKit, type DrawnShape } from './deck-kit.ts'
import type { KitLayerProps } from './kit/kit-layer.ts'

const kit = new DeckKit()
const line = (id: string) =>
  kit.lines({
    id,
    items: [
      {
        path: [
          [0, 0, 0],
          [100, 0, 0],
        ],
        color: [255, 255, 255, 255],
        width: 2,
      },
    ],
  })
const clips = (drawing: unknown) =>
  (drawing as DrawnShape).layers.map((layer) => (layer.props as unknown as KitLayerProps).clip)

it('cuts the drawings of one side off at the divider and shares their geometry', () => {
  const left = Object.assign(line('plan'), { side: 'left' as const })
  const right = Object.assign(line('real'), { side: 'right' as const })
  const both = line('ground')
  const [a, b, c] = clipSides([left, right, both], 0.4)
  expect(clips(a)).toEqual([[0, 0.4]])
  expect(clips(b)).toEqual([[0.4, 1]])
  expect(c).toBe(both)
  const geometry = (drawing: unknown) =>
    ((drawing as DrawnShape).layers[0]!.props as unknown as KitLayerProps).geometry
  expect(geometry(a)).toBe(geometry(left))
})
