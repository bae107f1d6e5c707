import { expect, it } from 'vitest'
import type { VectorCollection } from '../../domain/basemap.ts'
import { RoadClasses } from '../../domain/basemap.ts'
import { groundColours, roadOpacity, roadStyles } from './base-colours.ts'
import { groundDrawings, groundVectors } from './base-vectors.ts'
import { CityGround } from './city-ground.ts'
import { EnuFrame } from './enu-frame.ts'

const frame = new EnuFrame(125.32, 43.9)
const ground = new CityGround(frame)
const road = (id: string, kind: (typeof RoadClasses)[number]): VectorCollection['features'][number] => ({
  type: 'Feature',
  id,
  properties: { class: kind },
  geometry: {
    type: 'MultiLineString',
    coordinates: [
      [
        [125.3, 43.9],
        [125.4, 43.95],
      ],
    ],
  },
})
const layers = [
  {
    shows: 'water' as const,
    collection: {
      type: 'FeatureCollection' as const,
      features: [
        {
          type: 'Feature' as const,
          id: 'lake',
          properties: {},
          geometry: {
            type: 'MultiPolygon' as const,
            coordinates: [
              [
                [
                  [125.3, 43.9],
                  [125.31, 43.9],
                  [125.31, 43.91],
                ] as [number, number][],
              ],
            ],
          },
        },
      ],
    },
  },
  {
    shows: 'road' as const,
    collection: {
      type: 'FeatureCollection' as const,
      features: [road('a', 'motorway'), road('b', 'local')],
    },
  },
]

it('puts outlines into the frame of the city, each in its own class', async () => {
  const { areas, roads } = await groundVectors(layers, ground)
  expect(areas.water[0]![0]![0]).toEqual(frame.project(125.3, 43.9).map(Math.fround))
  expect(roads.motorway[0]![1]).toEqual(frame.project(125.4, 43.95).map(Math.fround))
  expect(RoadClasses.map((kind) => roads[kind].length)).toEqual([1, 0, 0, 0, 0, 1])
})

it('joins several layers of a kind', async () => {
  const { roads, areas } = await groundVectors([...layers, ...layers], ground)
  expect(roads.motorway).toHaveLength(2)
  expect(areas.water).toHaveLength(2)
})

it('draws streets only from near, and lets them fade before they go', async () => {
  const vectors = await groundVectors(layers, ground)
  const idsAt = (metresPerPixel: number): string[] =>
    groundDrawings(vectors, groundColours.dark, metresPerPixel).flatMap((drawing) =>
      drawing.layers.map(({ id }) => id),
    )
  expect(idsAt(1)).toEqual([
    'base-water',
    'base-shore',
    'base-case-motorway',
    'base-road-local',
    'base-road-motorway',
  ])
  expect(idsAt(100)).not.toContain('base-road-local')
  expect(idsAt(100)).toContain('base-road-motorway')
  const shares = [1, 6, 9, 11].map((metres) => roadOpacity(roadStyles.local, metres))
  expect(shares[0]).toBe(1)
  expect(shares[1]).toBeCloseTo(0.8)
  expect(shares[2]).toBeCloseTo(0.2)
  expect(shares[3]).toBe(0)
})
