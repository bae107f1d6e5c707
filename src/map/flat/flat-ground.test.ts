import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { RoadClass, Shown, VectorCollection } from '../../domain/basemap.ts'
import { EnuFrame } from '../engine/enu-frame.ts'
import type { FlatCamera } from './flat-camera.ts'
import type { Canvas } from './flat-drawing.ts'
import { flatGround, paintGround } from './flat-ground.ts'
import { type GroundPart, groundChunks } from './ground-chunks.ts'

const origin = { longitude: 125.32, latitude: 43.9 }
const frame = new EnuFrame(origin.longitude, origin.latitude)
const camera: FlatCamera = { east: 0, north: 0, metresPerPixel: 4, width: 800, height: 600 }

class NotedPath {
  points: [number, number][][] = []
  moveTo(x: number, y: number): void {
    this.points.push([[x, y]])
  }
  lineTo(x: number, y: number): void {
    this.points.at(-1)!.push([x, y])
  }
  closePath(): void {}
}

interface Noted {
  kind: 'fill' | 'stroke' | 'drawImage'
  style: string
  width: number
  alpha: number
  lines: number
  at: number[]
}

/** A canvas that notes what it is told to paint, and with what. */
function notingCanvas(): { canvas: Canvas; noted: Noted[] } {
  const noted: Noted[] = []
  const set: Record<string, unknown> = { globalAlpha: 1, lineWidth: 1 }
  const note =
    (kind: Noted['kind']) =>
    (path: unknown, ...at: number[]): void => {
      const lines = path instanceof NotedPath ? path.points.length : 0
      const style = String(set[kind === 'fill' ? 'fillStyle' : 'strokeStyle'])
      noted.push({
        kind,
        style,
        width: Number(set['lineWidth']),
        alpha: Number(set['globalAlpha']),
        lines,
        at,
      })
    }
  const canvas = new Proxy(set, {
    get: (target, name: string) =>
      name === 'fill' || name === 'stroke' || name === 'drawImage'
        ? note(name)
        : (target[name] ?? (() => undefined)),
  })
  return { canvas: canvas as unknown as Canvas, noted }
}

const sheets: Noted[][] = []
beforeEach(() => {
  sheets.length = 0
  vi.stubGlobal('Path2D', NotedPath)
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      readonly width: number
      readonly height: number
      private readonly surface = notingCanvas()
      constructor(width: number, height: number) {
        ;[this.width, this.height] = [width, height]
        sheets.push(this.surface.noted)
      }
      getContext(): Canvas {
        return this.surface.canvas
      }
    },
  )
})
afterEach(() => vi.unstubAllGlobals())

/** Degrees of a point so many metres from the middle of the city. */
function place(east: number, north: number): [number, number] {
  const { longitude, latitude } = frame.unproject([east, north, 0])
  return [longitude, latitude]
}
type Feature = VectorCollection['features'][number]
function line(id: string, east: number, kind?: RoadClass): Feature {
  const coordinates = [[place(east, -500), place(east, 0), place(east, 500)]]
  const properties = kind ? { class: kind } : {}
  return { type: 'Feature', id, properties, geometry: { type: 'MultiLineString', coordinates } }
}
function square(id: string, half: number, hole = 0): Feature {
  const ring = (size: number): [number, number][] =>
    [
      [-size, -size],
      [size, -size],
      [size, size],
      [-size, size],
      [-size, -size],
    ].map(([east, north]) => place(east!, north!))
  const coordinates = [[ring(half), ...(hole > 0 ? [ring(hole)] : [])]]
  return { type: 'Feature', id, properties: {}, geometry: { type: 'MultiPolygon', coordinates } }
}
const layer = (shows: Shown, ...features: Feature[]) => ({
  shows,
  collection: { type: 'FeatureCollection' as const, features },
})

const city = [
  layer('road', line('a', 0, 'motorway'), line('b', 100, 'primary'), line('c', 200, 'local')),
  layer('road', line('d', 300, 'local'), line('e', 400)),
  layer('water', square('lake', 400, 100), line('brook', 350)),
  layer('green', square('park', 200)),
  layer('rail', line('rail', 380)),
  layer('buildings', square('house', 20)),
]
const counts = async (layers = city) =>
  Object.fromEntries(
    [...(await groundChunks(layers, origin))].map(([part, chunks]) => [
      part,
      chunks.reduce((sum, { path }) => sum + (path as unknown as NotedPath).points.length, 0),
    ]),
  ) as Partial<Record<GroundPart, number>>

async function painted(metresPerPixel: number, layers = city, more: Partial<FlatCamera> = {}) {
  const { canvas, noted } = notingCanvas()
  paintGround(canvas, await groundChunks(layers, origin), 'dark', {
    camera: { ...camera, metresPerPixel, ...more },
    u: 1,
  })
  return noted
}
const linesOf = (noted: readonly Noted[], style: string): number =>
  noted.filter((one) => one.style === style).reduce((sum, { lines }) => sum + lines, 0)

it('takes every line of a base map once, by what its layer shows and its class, several layers alike', async () => {
  expect(await counts()).toEqual({
    motorway: 1,
    primary: 1,
    local: 3,
    water: 2,
    stream: 1,
    green: 1,
    rail: 1,
    buildings: 1,
  })
  expect(await counts([layer('terrain', square('x', 10)), layer('rail', square('y', 10))])).toEqual({})
})

it('lays paths in metres east and south of the middle, holes turned against their outlines', async () => {
  const chunks = await groundChunks(
    [layer('road', line('a', 100)), layer('water', square('l', 400, 100))],
    origin,
  )
  const path = (part: GroundPart) => chunks.get(part)![0]!.path as unknown as NotedPath
  expect(path('local').points[0]!.map(([x, y]) => [Math.round(x), Math.round(y) + 0])).toEqual([
    [100, 500],
    [100, 0],
    [100, -500],
  ])
  const area = (ring: [number, number][]): number =>
    ring.reduce((sum, [x, y], at) => sum + ring.at(at - 1)![0] * y - x * ring.at(at - 1)![1], 0)
  const [outer, hole] = path('water').points
  expect(Math.sign(area(outer!))).toBe(-Math.sign(area(hole!)))
})

it('paints from near every line and house, cases below roads, as broad as on the ground', async () => {
  const noted = await painted(1)
  expect(linesOf(noted, 'rgb(61 75 88 / 1.000)'), 'expressway').toBe(1)
  expect(linesOf(noted, 'rgb(51 64 76 / 1.000)'), 'arterial').toBe(1)
  expect(linesOf(noted, 'rgb(21 29 37 / 1.000)'), 'streets').toBe(3)
  expect(linesOf(noted, 'rgb(11 16 21 / 1.000)'), 'cases').toBe(2)
  expect(linesOf(noted, 'rgb(59 70 81 / 1.000)'), 'rail').toBe(1)
  expect(linesOf(noted, 'rgb(38 71 90 / 1.000)'), 'shores and the brook').toBe(3)
  expect(linesOf(noted, 'rgb(34 44 54 / 1.000)'), 'houses').toBe(1)
  const styles = noted.map(({ style }) => style)
  expect(styles.indexOf('rgb(11 16 21 / 1.000)')).toBeLessThan(styles.indexOf('rgb(21 29 37 / 1.000)'))
  expect(noted.find(({ style }) => style === 'rgb(61 75 88 / 1.000)')!.width).toBe(26)
})

it('drops streets and houses from afar, and keeps an expressway as broad as the screen wants it', async () => {
  const noted = await painted(100)
  expect(linesOf(noted, 'rgb(21 29 37 / 1.000)')).toBe(0)
  expect(linesOf(noted, 'rgb(34 44 54 / 1.000)')).toBe(0)
  expect(noted.find(({ style }) => style === 'rgb(61 75 88 / 1.000)')!.width).toBeCloseTo(240)
  expect(noted.find(({ style }) => style === 'rgb(51 64 76 / 1.000)')!.alpha).toBeCloseTo(0.75)
})

it('paints nothing of nothing, and nothing out of sight', async () => {
  expect(await painted(1, [])).toEqual([])
  expect(await painted(1, city, { east: 50_000 })).toEqual([])
})

it('is painted once while the map is dragged a little or what moves on it is drawn anew, and again after a zoom', async () => {
  const ground = flatGround(await groundChunks(city, origin), 'dark')
  const { canvas, noted } = notingCanvas()
  const strokes = () => sheets.flat().length
  ground.paint(canvas, { camera, u: 1 })
  const once = strokes()
  expect(once).toBeGreaterThan(10)
  ground.paint(canvas, { camera, u: 1 })
  ground.paint(canvas, { camera: { ...camera, east: 4 * 60 }, u: 1 })
  expect(strokes()).toBe(once)
  expect(noted.map(({ at }) => at.slice(0, 2))).toEqual([
    [-192, -192],
    [-192, -192],
    [-252, -192],
  ])
  ground.paint(canvas, { camera: { ...camera, east: 4 * 300 }, u: 1 })
  expect(strokes()).toBe(2 * once)
  ground.paint(canvas, { camera: { ...camera, metresPerPixel: 3.9 }, u: 1 })
  expect(strokes()).toBe(3 * once)
  expect(sheets).toHaveLength(1)
})
