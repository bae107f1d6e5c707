import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { heatGrid } from '../engine/kit/heat-grid.ts'
import type { Canvas, FlatFrame } from './flat-drawing.ts'
import { flatHeat } from './flat-points.ts'

vi.mock('../engine/kit/heat-grid.ts', { spy: true })
const binned = vi.mocked(heatGrid)

beforeEach(() => {
  binned.mockClear()
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext = () => ({ putImageData: () => undefined })
    },
  )
  vi.stubGlobal(
    'ImageData',
    class {
      readonly data: Uint8ClampedArray
      constructor(width: number, height: number) {
        this.data = new Uint8ClampedArray(4 * width * height)
      }
    },
  )
})
afterEach(() => void vi.unstubAllGlobals())

const frameAt = (east: number, metresPerPixel = 10): FlatFrame => ({
  camera: { east, north: 0, metresPerPixel, width: 400, height: 300 },
  u: 1,
})

it('bins once for a camera, however often the map is painted, and anew for another place or scale', () => {
  const drawImage = vi.fn<(sheet: unknown, x: number) => void>()
  const canvas = { drawImage } as unknown as Canvas
  const heat = flatHeat({ id: 'heat', positions: new Float32Array([0, 0, 0]), radius: 20 })
  for (let time = 0; time < 3; time++) heat.paint(canvas, frameAt(0))
  expect(binned).toHaveBeenCalledTimes(1)
  expect(drawImage).toHaveBeenCalledTimes(3)
  heat.paint(canvas, frameAt(500))
  heat.paint(canvas, frameAt(500, 20))
  expect(binned).toHaveBeenCalledTimes(3)
  expect(drawImage.mock.calls[3]![1]).not.toBe(drawImage.mock.calls[0]![1])
})
