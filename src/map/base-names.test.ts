import { expect, it } from 'vitest'
import type { RoadClass, VectorCollection } from '../domain/basemap.ts'
import { EnuFrame } from './engine/enu-frame.ts'
import { baseNames } from './base-names.ts'
import { namesInView } from './names-in-view.ts'

const frame = new EnuFrame(125.32, 43.9)
const at = (east: number, north: number): [number, number] => {
  const { longitude, latitude } = frame.unproject([east, north, 0])
  return [longitude, latitude]
}

type Feature = VectorCollection['features'][number]

function street(name: string | undefined, kind: RoadClass, ...line: [number, number][]): Feature {
  return {
    type: 'Feature',
    id: `${name}-${line[0]!.join()}`,
    properties: { ...(name === undefined ? {} : { name }), class: kind },
    geometry: { type: 'MultiLineString', coordinates: [line.map(([east, north]) => at(east, north))] },
  }
}

function lake(name: string, ...ring: [number, number][]): Feature {
  const closed = [...ring, ring[0]!].map(([east, north]) => at(east, north))
  return {
    type: 'Feature',
    id: name,
    properties: { name },
    geometry: { type: 'MultiPolygon', coordinates: [[closed]] },
  }
}

const layer = (shows: 'road' | 'water' | 'green', ...features: Feature[]) => ({
  shows,
  collection: { type: 'FeatureCollection' as const, features },
})

/** A fixture: none of these is anywhere. */
const roads = layer(
  'road',
  street('甲路', 'primary', [-3000, 0], [0, 0]),
  street('甲路', 'primary', [0, 0], [3000, 0]),
  street('乙街', 'tertiary', [0, -3000], [0, 3000]),
  street(undefined, 'motorway', [-9000, 500], [9000, 500]),
  street(' ', 'motorway', [-9000, 900], [9000, 900]),
  street('丙高速', 'motorway', [-9000, 2000], [9000, 2000]),
)
/** Bent around a cape: its middle lies ashore. */
const waters = layer(
  'water',
  lake(
    '丁湖',
    [0, 4000],
    [3000, 4000],
    [3000, 4400],
    [400, 4400],
    [400, 5600],
    [3000, 5600],
    [3000, 6000],
    [0, 6000],
  ),
)
const names = baseNames([roads, waters, layer('green', lake('戊公园', [0, 0], [900, 0], [900, 900]))])
const placed = names.map((name) => ({
  ...name,
  places: name.places.map(([longitude, latitude]) => frame.project(longitude, latitude)),
}))

/** Names on a flat picture of so many metres a pixel, and where they stand in metres. */
function seen(metresPerPixel: number, [east, north]: [number, number] = [0, 0]) {
  const size = { width: 1000, height: 800 }
  return namesInView(
    placed,
    ([x, y]) => ({ x: 500 + (x - east) / metresPerPixel, y: 400 - (y - north) / metresPerPixel }),
    size,
    1,
  )
}
const texts = (metresPerPixel: number, around?: [number, number]): string[] =>
  seen(metresPerPixel, around).map(({ text }) => text)

it('names each street and water once, and nothing that has no name', () => {
  expect(names.map(({ text, kind }) => `${kind} ${text}`)).toEqual([
    'street 丙高速',
    'street 甲路',
    'street 乙街',
    'water 丁湖',
  ])
})

it('writes waters from the middle ranges on and streets only near, the greater the farther; small streets never', () => {
  expect(texts(200)).toEqual([])
  expect(texts(25, [0, 3000])).toEqual(['丙高速', '丁湖'])
  expect(texts(10, [0, 2000])).toEqual(['丙高速', '甲路', '丁湖'])
  expect(texts(2)).toEqual(['甲路'])
})

it('lets a street drop out before a figure or a place, and a lake before a street', () => {
  const [road, lakeside] = ['street', 'water'].map((kind) => names.find((name) => name.kind === kind)!)
  expect(road!.priority).toBeLessThan(28)
  expect(road!.priority).toBeGreaterThan(lakeside!.priority)
})

it('keeps a name in sight as one moves along its street, and sets a bent lake’s on the water', () => {
  const [near] = seen(2, [2200, 100])
  expect(near!.text).toBe('甲路')
  expect(near!.at[0]).toBeGreaterThan(1200)
  const [east, north] = seen(25, [0, 5000]).find(({ text }) => text === '丁湖')!.at
  expect(east > 0 && east < 400 && north > 4000 && north < 6000).toBe(true)
})

it('sets few names on one picture, well apart', () => {
  const many = baseNames([
    layer(
      'road',
      ...Array.from({ length: 300 }, (_, row) =>
        street(`${row}路`, 'primary', [-2000, row * 20 - 3000], [2000, row * 20 - 3000]),
      ),
    ),
  ]).map((name) => ({
    ...name,
    places: name.places.map(([longitude, latitude]) => frame.project(longitude, latitude)),
  }))
  const project = ([x, y]: readonly [number, number, number]) => ({ x: 960 + x / 3, y: 540 - y / 3 })
  const labels = namesInView(many, project, { width: 1920, height: 1080 }, 1)
  expect(labels.length).toBeGreaterThan(4)
  expect(labels.length).toBeLessThanOrEqual(14)
  const points = labels.map((label) => project(label.at))
  const apart = points.flatMap((a, at_) => points.slice(at_ + 1).map((b) => Math.hypot(a.x - b.x, a.y - b.y)))
  expect(Math.min(...apart)).toBeGreaterThanOrEqual(190)
})

it('is worked out once for the outlines of a map', () => {
  const vectors = [roads]
  expect(baseNames(vectors)).toBe(baseNames(vectors))
  expect(baseNames([roads])).not.toBe(baseNames(vectors))
})
