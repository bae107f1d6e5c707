import type { Geometry } from '../../../src/domain/map-feature.ts'
import { cityBox } from './county-shape.ts'
import { toMetres, type Metres } from './plane.ts'

/** The city's rectangle cut into equal cells, from the north-west corner row by row, west to east. */
export function cellMiddles(columns: number, rows: number): { longitude: number; latitude: number }[] {
  const [wide, high] = [(cityBox.east - cityBox.west) / columns, (cityBox.north - cityBox.south) / rows]
  return Array.from({ length: columns * rows }, (_, index) => ({
    longitude: cityBox.west + ((index % columns) + 0.5) * wide,
    latitude: cityBox.north - (Math.floor(index / columns) + 0.5) * high,
  }))
}

export function cellMetres(columns: number, rows: number): Metres[] {
  return cellMiddles(columns, rows).map(({ longitude, latitude }) => toMetres([longitude, latitude]))
}

export const boxGeometry: Geometry = {
  type: 'Polygon',
  coordinates: [
    [
      [cityBox.west, cityBox.south],
      [cityBox.east, cityBox.south],
      [cityBox.east, cityBox.north],
      [cityBox.west, cityBox.north],
      [cityBox.west, cityBox.south],
    ],
  ],
}
