import { extname } from 'node:path'
import type { Geometry, Position } from 'geojson'
import type { LonLat, Polygons } from '../regions/geojson.ts'
import type { Crs } from './crs.ts'
import { fieldOf, isWanted } from './field-values.ts'
import { wantedOf } from './kinds.ts'
import type { DeclaredLayer } from './layers-file.ts'
import type { OwnCrs, RawFeature, ReadOptions } from './raw-feature.ts'
import { crsOfGeoJson, readGeoJson } from './read-geojson.ts'
import { readPbf } from './read-pbf.ts'
import { crsOfShapefile, readShapefile } from './read-shapefile.ts'
import { repairLines, repairPolygons } from './repair.ts'
import { isCode, isSensitive, type Judged } from './sensitive.ts'

/** Layers whose names say nothing of what stands there: 将军路, 军粮城街道, 油库街. */
const NAMED_AFTER = new Set(['boundaries', 'towns', 'roads', 'rail'])

/** A feature in degrees of CGCS2000, with whole geometry. */
export interface PlacedFeature {
  id: string
  properties: Record<string, unknown>
  shape: { polygons: Polygons } | { lines: LonLat[][] }
}

/** What happened to the features of a layer on their way, by id. */
export interface Account {
  read: number
  sensitive: number
  /** Features of a public map whose class is a code that nobody has judged. */
  coded: number
  repaired: { id: string; repairs: string[] }[]
  refused: { id: string; reason: string }[]
}

/**
 * The features of a declared layer: read from its file, those it asks for, without what a public map leaves out, converted,
 * mended. Points are left out: no layer of the base map is drawn from points.
 * @throws when the file names another coordinate system than was declared, or lies outside the earth
 */
export async function* readLayer(
  layer: DeclaredLayer,
  account: Account,
  onRead: (fraction: number) => void,
): AsyncGenerator<PlacedFeature> {
  await checkCrs(layer)
  const options: ReadOptions = { onRead, encoding: layer.encoding, wanted: wantedOf(layer.kind) }
  for await (const raw of readFile(layer, options)) {
    if (!isWanted(layer.where, raw.properties)) continue
    if (raw.geometry.type === 'Point' || raw.geometry.type === 'MultiPoint') continue
    account.read += 1
    const id = fieldOf(layer, raw.properties, 'id') ?? raw.id
    if (layer.mapUse === 'public') {
      if (isSensitive(raw.properties, judgedOf(layer))) {
        account.sensitive += 1
        continue
      }
      if (isUnknownCode(raw.properties, layer)) account.coded += 1
    }
    const shape = shapeOf(raw.geometry, layer, id, account)
    if (shape) yield { id, properties: raw.properties, shape }
  }
}

export function newAccount(): Account {
  return { read: 0, sensitive: 0, coded: 0, repaired: [], refused: [] }
}

function judgedOf({ fields, sensitive, kind }: DeclaredLayer): Judged {
  return { name: fields?.name, class: fields?.class, codes: sensitive, namedAfter: NAMED_AFTER.has(kind) }
}

function isUnknownCode(properties: Record<string, unknown>, { fields, sensitive }: DeclaredLayer): boolean {
  const field = fields?.class
  return field !== undefined && sensitive?.[field] === undefined && isCode(String(properties[field]))
}

function readFile(layer: DeclaredLayer, options: ReadOptions): AsyncGenerator<RawFeature> {
  switch (extname(layer.path).toLowerCase()) {
    case '.geojson':
    case '.json':
      return readGeoJson(layer.path, options)
    case '.shp':
      return readShapefile(layer.path, options)
    case '.pbf':
      return readPbf(layer.path, options)
    case '.gpkg':
      throw new Error(
        `layer ${layer.id} (${layer.file}): export the GeoPackage as GeoJSON first: ogr2ogr ${layer.id}.geojson ${layer.file}`,
      )
    default:
      throw new Error(
        `layer ${layer.id} (${layer.file}): read are .geojson, .shp and .osm.pbf, heights as .tif and .asc`,
      )
  }
}

async function checkCrs(layer: DeclaredLayer): Promise<void> {
  const extension = extname(layer.path).toLowerCase()
  const own: OwnCrs =
    extension === '.shp'
      ? crsOfShapefile(layer.path)
      : extension === '.pbf'
        ? { epsg: 4326 }
        : await crsOfGeoJson(layer.path)
  refuseOtherCrs(layer, own)
}

/** GCJ-02 and BD-09 are degrees that no file names, so a file may call itself 4326 or 4490 and be declared as them. */
export function refuseOtherCrs(layer: Pick<DeclaredLayer, 'id' | 'file' | 'crs'>, own: OwnCrs): void {
  const degrees = new Set([4326, 4490, 4979, 4480])
  const declared = layer.crs.epsg
  const declaredProjected = declared !== undefined && !degrees.has(declared)
  const says = own.epsg === undefined ? 'is projected, metres' : `says EPSG:${own.epsg}`
  const other =
    own.epsg === undefined
      ? own.projected !== undefined && own.projected !== declaredProjected
      : own.epsg !== declared && !(degrees.has(own.epsg) && !declaredProjected)
  if (other)
    throw new Error(
      `layer ${layer.id} (${layer.file}) is refused: ${layer.crs.name} is declared, the file ${own.projected === false && own.epsg === undefined ? 'is in degrees' : says}`,
    )
}

function shapeOf(
  geometry: Geometry,
  layer: DeclaredLayer,
  id: string,
  account: Account,
): PlacedFeature['shape'] | undefined {
  const place = (positions: Position[]) => positions.map((at) => placed(at, layer))
  if (geometry.type === 'LineString' || geometry.type === 'MultiLineString') {
    const lines = geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates
    const { lines: mended, repairs } = repairLines(lines.map(place))
    if (repairs.length > 0) account.repaired.push({ id, repairs })
    if (mended.length > 0) return { lines: mended }
    account.refused.push({ id, reason: 'a line of one point' })
    return undefined
  }
  if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') {
    account.refused.push({ id, reason: `${geometry.type} is not drawn` })
    return undefined
  }
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  const mended = repairPolygons(polygons.map((rings) => rings.map(place)))
  if ('refused' in mended) {
    account.refused.push({ id, reason: mended.refused })
    return undefined
  }
  if (mended.repairs.length > 0) account.repaired.push({ id, repairs: mended.repairs })
  return { polygons: mended.polygons }
}

function placed(
  position: Position,
  layer: { crs: Crs; id: string; file: string } & Pick<DeclaredLayer, 'axisOrder'>,
): LonLat {
  const [first, second] = position as [number, number]
  const [longitude, latitude] =
    layer.axisOrder === 'yx' ? layer.crs.toLonLat(second, first) : layer.crs.toLonLat(first, second)
  if (Math.abs(longitude) > 180 || Math.abs(latitude) > 90)
    throw new Error(
      `layer ${layer.id} (${layer.file}) is refused: ${first}, ${second} lies outside the earth in ${layer.crs.name}: is the crs right, or axisOrder: yx?`,
    )
  return [round(longitude), round(latitude)]
}

/** Nine millimetres: less than any survey of a city claims, and half the bytes. */
function round(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7
}
