import { afterEach, expect, it, vi } from 'vitest'
import { EnuFrame } from './enu-frame.ts'
import { convertPositions, enuPositions, WORKER_FROM } from './enu-positions.ts'

const origin = { longitude: 125.32, latitude: 43.9 }

it('converts as the frame does, to the precision of 32 bits', () => {
  const frame = new EnuFrame(origin.longitude, origin.latitude)
  const places = [
    [125.32, 43.9],
    [126.1, 44.4],
    [124.5, 43.1],
  ] as const
  const metres = enuPositions({ origin, lonLats: new Float64Array(places.flat()) })
  expect([...metres]).toEqual(places.flatMap(([lon, lat]) => frame.project(lon, lat).map(Math.fround)))
})

it('knows nothing of nothing', () => {
  expect(enuPositions({ origin, lonLats: new Float64Array() })).toHaveLength(0)
})

/** More places than the page converts itself. */
const many = {
  origin,
  lonLats: Float64Array.from({ length: (WORKER_FROM + 1) * 2 }, (_, at) =>
    at % 2 ? 43.9 + at * 1e-6 : 125.32 + at * 1e-6,
  ),
}
afterEach(() => vi.unstubAllGlobals())

it('leaves many to a worker and sends it home', async () => {
  const told: string[] = []
  class Answering extends EventTarget {
    postMessage(job: typeof many): void {
      told.push('asked')
      this.dispatchEvent(new MessageEvent('message', { data: enuPositions(job).subarray(0, 3) }))
    }
    terminate(): void {
      told.push('ended')
    }
  }
  vi.stubGlobal('Worker', Answering)
  expect(await convertPositions({ origin, lonLats: many.lonLats.slice(0, 4) })).toHaveLength(6)
  expect(told).toEqual([])
  expect(await convertPositions(many)).toHaveLength(3)
  expect(told).toEqual(['asked', 'ended'])
})

it('does it itself where no worker may run', async () => {
  class Refused extends EventTarget {
    postMessage(): void {
      this.dispatchEvent(new ErrorEvent('error', { message: 'refused' }))
    }
    terminate(): void {}
  }
  vi.stubGlobal('Worker', Refused)
  const [made, expected] = [await convertPositions(many), enuPositions(many)]
  expect(made).toHaveLength(expected.length)
  expect(made.every((metres, at) => metres === expected[at])).toBe(true)
})
