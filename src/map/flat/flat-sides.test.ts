import { expect, it, vi } from 'vitest'
import type { Canvas, FlatFrame } from './flat-drawing.ts'
import { isSeenAt, paintOnSide } from './flat-sides.ts'

const frame: FlatFrame = { camera: { east: 0, north: 0, metresPerPixel: 1, width: 200, height: 100 }, u: 1 }
const spies = {
  save: vi.fn(),
  beginPath: vi.fn(),
  rect: vi.fn(),
  clip: vi.fn(),
  restore: vi.fn(),
}
const canvas = spies as unknown as Canvas

it('cuts what stands on one side off at the divider, and leaves the rest whole', () => {
  const paint = vi.fn()
  paintOnSide(canvas, { id: 'both', paint }, frame, 0.25)
  expect(spies.clip).not.toHaveBeenCalled()
  paintOnSide(canvas, { id: 'left', side: 'left', paint }, frame, 0.25)
  expect(spies.rect).toHaveBeenLastCalledWith(0, 0, 50, 100)
  paintOnSide(canvas, { id: 'right', side: 'right', paint }, frame, 0.25)
  expect(spies.rect).toHaveBeenLastCalledWith(50, 0, 150, 100)
  expect(paint).toHaveBeenCalledTimes(3)
  expect(spies.save).toHaveBeenCalledTimes(spies.restore.mock.calls.length)
})

it('is met only where it is seen', () => {
  expect(isSeenAt({ id: 'a', side: 'left' }, 49, frame, 0.25)).toBe(true)
  expect(isSeenAt({ id: 'a', side: 'left' }, 51, frame, 0.25)).toBe(false)
  expect(isSeenAt({ id: 'a', side: 'right' }, 51, frame, 0.25)).toBe(true)
  expect(isSeenAt({ id: 'a' }, 51, frame, 0.25)).toBe(true)
})
