import type { Geometry } from 'geojson'
import type { LonLat, Polygons } from '../regions/geojson.ts'
import type { DeclaredLayer } from './layers-file.ts'
import { repairLines, repairPolygons } from './repair.ts'

/** A geometry in degrees of CGCS2000, and what was mended; or why it cannot be drawn. */
export type Shaped =
  | { shape: { polygons: Polygons } | { lines: LonLat[][] }; repairs: string[] }
  | { refused: string; outside?: true }

type Placing = Pick<DeclaredLayer, 'crs' | 'axisOrder'>

/** Converts and mends one geometry. Files are written by anybody, so nothing of its form is believed. */
export function shapeOf(geometry: Geometry, layer: Placing): Shaped {
  const told = geometry as { type: string; coordinates?: unknown }
  const lines = told.type === 'LineString' || told.type === 'MultiLineString'
  if (told.type === 'Point' || told.type === 'MultiPoint')
    return { refused: 'a point: the base map draws lines and areas' }
  if (!lines && told.type !== 'Polygon' && told.type !== 'MultiPolygon')
    return { refused: `${told.type} is not drawn` }
  const depth = DEPTHS[told.type]!
  if (!isNested(told.coordinates, depth))
    return { refused: `its coordinates are not those of a ${told.type}` }
  const outside = { found: undefined as string | undefined }
  const place = (position: unknown): LonLat => placed(position, layer, outside)
  const single = told.type === 'LineString' || told.type === 'Polygon'
  const parts = (single ? [told.coordinates] : told.coordinates) as unknown[]
  const made = lines
    ? lineShape((parts as unknown[][]).map((line) => line.map(place)))
    : areaShape((parts as unknown[][][]).map((rings) => rings.map((ring) => ring.map(place))))
  return outside.found === undefined
    ? made
    : { refused: `${outside.found} lies outside the earth in ${layer.crs.name}`, outside: true }
}

/** Arrays in arrays down to the positions. */
const DEPTHS: Record<string, number> = { LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 }

function isNested(value: unknown, depth: number): boolean {
  return Array.isArray(value) && (depth === 1 || value.every((part) => isNested(part, depth - 1)))
}

function lineShape(placedLines: LonLat[][]): Shaped {
  const { lines, repairs } = repairLines(placedLines)
  return lines.length > 0 ? { shape: { lines }, repairs } : { refused: 'a line of less than two points' }
}

function areaShape(placedRings: LonLat[][][]): Shaped {
  const mended = repairPolygons(placedRings)
  return 'refused' in mended ? mended : { shape: { polygons: mended.polygons }, repairs: mended.repairs }
}

const NOWHERE: LonLat = [Number.NaN, Number.NaN]

/** NaN where a position has no two numbers: null would count as 0, which is a place in the Gulf of Guinea. */
function placed(
  position: unknown,
  { crs, axisOrder }: Placing,
  outside: { found: string | undefined },
): LonLat {
  const [first, second] = (Array.isArray(position) ? position : []) as unknown[]
  if (!isNumber(first) || !isNumber(second)) return NOWHERE
  const [longitude, latitude] = axisOrder === 'yx' ? crs.toLonLat(second, first) : crs.toLonLat(first, second)
  if (!isNumber(longitude) || !isNumber(latitude) || Math.abs(longitude) > 180 || Math.abs(latitude) > 90) {
    outside.found ??= `${first}, ${second}`
    return NOWHERE
  }
  return [round(longitude), round(latitude)]
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

/** Nine millimetres: less than any survey of a city claims, and half the bytes. */
function round(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7
}
