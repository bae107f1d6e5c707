import { expect, it } from 'vitest'
import type { Rgba } from '../../contracts/map-kit.ts'
import type { EnuMetres } from '../../contracts/map-layer.ts'
import type { FlatCamera } from './flat-camera.ts'
import type { Canvas, FlatDrawing } from './flat-drawing.ts'
import { flatKit } from './flat-kit.ts'

/** One pixel a metre, the origin in the middle. */
const camera: FlatCamera = { east: 0, north: 0, metresPerPixel: 1, width: 200, height: 100 }
const frame = { camera, u: 1 }
const red: Rgba = [255, 0, 0, 255]

/** A canvas that notes what is asked of it. */
function notingCanvas(): { canvas: Canvas; calls: string[] } {
  const calls: string[] = []
  const note: Record<string, unknown> = {}
  const canvas = new Proxy(note, {
    get: (target, name: string) =>
      name in target
        ? target[name]
        : (...values: unknown[]) => {
            calls.push(
              `${name} ${values.map((value) => (typeof value === 'number' ? Math.round(value) : value)).join(' ')}`.trim(),
            )
            return { addColorStop: () => undefined }
          },
    set: (target, name: string, value) => {
      target[name] = value
      calls.push(`${name}=${String(value)}`)
      return true
    },
  })
  return { canvas: canvas as unknown as Canvas, calls }
}

const paint = (drawing: unknown): string[] => {
  const { canvas, calls } = notingCanvas()
  ;(drawing as FlatDrawing).paint(canvas, frame)
  return calls
}
const hit = (drawing: unknown, x: number, y: number) => (drawing as FlatDrawing).hit?.(x, y, frame)

const square: EnuMetres[] = [
  [-10, -10, 0],
  [10, -10, 0],
  [10, 10, 0],
  [-10, 10, 0],
  [-10, -10, 0],
]

it('fills an area, leaves its holes out, and hits it only inside', () => {
  const hole = square.map(([east, north]): EnuMetres => [east / 2, north / 2, 0])
  const areas = flatKit.areas({
    id: 'a',
    items: [{ polygons: [[square, hole]], fill: red, feature: 'shelters/1' }],
  })
  expect(paint(areas)).toContain('fill evenodd')
  expect(hit(areas, 92, 50)).toBe('shelters/1')
  expect(hit(areas, 100, 50), 'a hole').toBeUndefined()
  expect(hit(areas, 130, 50)).toBeUndefined()
})

it('hatches a forecast instead of filling it', () => {
  const calls = paint(
    flatKit.areas({ id: 'a', items: [{ polygons: [[square]], fill: red, hatch: true, edge: red }] }),
  )
  expect(calls.filter((call) => call.startsWith('fill '))).toEqual([])
  expect(calls).toContain('clip evenodd')
  expect(calls.filter((call) => call === 'stroke').length).toBe(2)
})

it('draws a casing below its line, ticks above it, and is hit along it', () => {
  const lines = flatKit.lines({
    id: 'l',
    items: [
      {
        path: [
          [-50, 0, 0],
          [50, 0, 0],
        ],
        color: red,
        width: 6,
        casing: { color: [255, 255, 255, 255], width: 9 },
        ticks: { color: [0, 0, 0, 255], every: 10, length: 8 },
        feature: 'closed-roads/1',
      },
    ],
  })
  const calls = paint(lines)
  const widths = calls.filter((call) => call.startsWith('lineWidth='))
  expect(widths).toEqual(['lineWidth=9', 'lineWidth=6', 'lineWidth=2'])
  expect(calls.filter((call) => call.startsWith('lineTo')).length, 'two ends and ten ticks').toBe(12)
  expect(hit(lines, 100, 53)).toBe('closed-roads/1')
  expect(hit(lines, 100, 60)).toBeUndefined()
})

it('shows a tube as broad as it is on the ground', () => {
  const path: EnuMetres[] = [
    [0, 0, -3],
    [9, 0, -3],
  ]
  const calls = paint(flatKit.lines({ id: 'p', items: [{ path, color: red, width: 1, diameter: 12 }] }))
  expect(calls).toContain('lineWidth=12')
})

it('draws the dots in sight, each in its colour, and names the one on top', () => {
  const dots = flatKit.dots({
    id: 'd',
    positions: Float32Array.of(0, 0, 0, 1, 0, 0, 5000, 0, 0),
    colors: Uint8Array.of(...red, ...red, ...red),
    size: 8,
    features: ['cameras/1', 'cameras/2', 'cameras/3'],
  })
  expect(paint(dots).filter((call) => call.startsWith('arc'))).toHaveLength(2)
  expect(hit(dots, 100, 50)).toBe('cameras/2')
  expect(hit(dots, 150, 50)).toBeUndefined()
})

it('stands a lifted mesh upright, northern solids first', () => {
  const triangle = (north: number): number[] => [0, north, 0, 0, north, 0, 0, north, 0]
  const mesh = flatKit.mesh({
    id: 'm',
    positions: Float32Array.of(...triangle(-20), ...triangle(20)),
    lifts: Float32Array.of(0, 0, 0, 4, 0, 0, 0, 0, 30, 0, 0, 0, 4, 0, 0, 0, 0, 30),
    colors: new Uint8ClampedArray(24).fill(200),
    solid: true,
  })
  const moves = paint(mesh).filter((call) => call.startsWith('moveTo') || call.startsWith('lineTo'))
  expect(moves).toEqual([
    'moveTo 100 30',
    'lineTo 104 30',
    'lineTo 100 0',
    'moveTo 100 70',
    'lineTo 104 70',
    'lineTo 100 40',
  ])
})

it('counts into hexagons and paints nothing of nothing', () => {
  const hexagons = (positions: Float32Array) =>
    paint(flatKit.hexagons({ id: 'h', positions, radius: 20, height: 100 }))
  expect(
    hexagons(Float32Array.of(0, 0, 0, 1, 1, 0, 70, 0, 0)).filter((call) => call === 'fill evenodd'),
  ).toHaveLength(2)
  expect(hexagons(new Float32Array())).toEqual([])
})

it('bows a flow aside, and runs only when told to', () => {
  const item = { from: [-50, 0, 0], to: [50, 0, 0], color: red, width: 5, feature: 'flows/1' } as const
  const arcs = (moving: boolean) =>
    flatKit.arcs({ id: 'f', items: [{ ...item, from: [...item.from], to: [...item.to] }], moving })
  expect(hit(arcs(false), 100, 50 - 16)).toBe('flows/1')
  expect((arcs(false) as FlatDrawing).moving).toBe(false)
  expect((arcs(true) as FlatDrawing).moving).toBe(true)
})

it('puts a vehicle where it is at that instant, with a tail behind, and nowhere before or after', () => {
  const trips = (atMs: number) =>
    paint(
      flatKit.trips({
        id: 't',
        items: [
          {
            path: [
              [-50, 0, 0],
              [50, 0, 0],
            ],
            times: [0, 1000],
          },
        ],
        color: red,
        width: 2,
        tailMs: 300,
        atMs,
      }),
    ).filter((call) => call.startsWith('arc'))
  expect(trips(500)).toEqual(['arc 100 50 2 0 6'])
  expect(trips(2000)).toEqual([])
})

it('is hit on a vehicle and on the tail behind it, and not where it has yet to go', () => {
  const path: EnuMetres[] = [
    [-50, 0, 0],
    [50, 0, 0],
  ]
  const trip = (more: object) =>
    flatKit.trips({
      id: 't',
      items: [{ path, times: [0, 1000], ...more }],
      color: red,
      width: 2,
      tailMs: 300,
      atMs: 500,
    })
  const named = trip({ feature: 'trips/1' })
  expect(hit(named, 100, 53), 'the head').toBe('trips/1')
  expect(hit(named, 80, 53), 'the tail').toBe('trips/1')
  expect(hit(named, 120, 50), 'ahead').toBeUndefined()
  expect(hit(named, 55, 50), 'where its tail has faded').toBeUndefined()
  expect(hit(trip({}), 100, 50), 'nameless').toBeUndefined()
})
