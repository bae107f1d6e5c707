import { extname } from 'node:path'
import type { LonLat, Polygons } from '../regions/geojson.ts'
import { fieldOf, isWanted } from './field-values.ts'
import { wantedOf } from './kinds.ts'
import type { DeclaredLayer } from './layers-file.ts'
import type { OwnCrs, RawFeature, ReadOptions } from './raw-feature.ts'
import { crsOfGeoJson, readGeoJson } from './read-geojson.ts'
import { readPbf } from './read-pbf.ts'
import { crsBeside, readShapefile } from './read-shapefile.ts'
import { isCode, isSensitive } from './sensitive.ts'
import { shapeOf } from './shape-of.ts'

/** Layers whose names say nothing of what stands there: 将军路, 军粮城街道, 油库街. */
const NAMED_AFTER = new Set(['boundaries', 'towns', 'communities', 'roads', 'rail'])

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
 * mended. What cannot be drawn is in the account with its reason.
 * @throws when the file names another coordinate system than was declared, or all of it lies outside the earth
 */
export async function* readLayer(
  layer: DeclaredLayer,
  account: Account,
  onRead: (fraction: number) => void,
): AsyncGenerator<PlacedFeature> {
  const onCrs = (own: OwnCrs) => refuseOtherCrs(layer, own)
  onCrs(await crsOf(layer))
  const options: ReadOptions = { onRead, onCrs, encoding: layer.encoding, wanted: wantedOf(layer.kind) }
  const shapes = { drawn: 0, outside: undefined as string | undefined }
  for await (const raw of readFile(layer, options)) {
    if (!isUnread(raw) && !isWanted(layer.where, raw.properties)) continue
    account.read += 1
    if (layer.mapUse === 'public' && isLeftOut(raw, layer, account)) continue
    const id = fieldOf(layer, raw.properties, 'id') ?? raw.id
    const shaped = raw.geometry
      ? shapeOf(raw.geometry, layer)
      : { refused: raw.faults?.join(', ') ?? 'it has no geometry' }
    if ('refused' in shaped) {
      account.refused.push({ id, reason: shaped.refused })
      if ('outside' in shaped) shapes.outside ??= shaped.refused
      continue
    }
    shapes.drawn += 1
    const repairs = [...(raw.faults ?? []), ...shaped.repairs]
    if (repairs.length > 0) account.repaired.push({ id, repairs })
    yield { id, properties: raw.properties, shape: shaped.shape }
  }
  if (shapes.drawn === 0 && shapes.outside !== undefined)
    throw new Error(
      `layer ${layer.id} (${layer.file}) is refused: ${shapes.outside}: is the crs right, or axisOrder: yx?`,
    )
}

/** What cannot be read belongs to every layer of its file, for nobody can tell. */
function isUnread({ geometry, properties }: RawFeature): boolean {
  return geometry === undefined && Object.keys(properties).length === 0
}

function isLeftOut({ properties }: RawFeature, layer: DeclaredLayer, account: Account): boolean {
  const { fields, sensitive: codes } = layer
  const namedAfter = NAMED_AFTER.has(layer.kind)
  const left = isSensitive(properties, { name: fields?.name, class: fields?.class, codes, namedAfter })
  if (left) account.sensitive += 1
  const field = fields?.class
  if (!left && field !== undefined && codes?.[field] === undefined && isCode(String(properties[field])))
    account.coded += 1
  return left
}

export function newAccount(): Account {
  return { read: 0, sensitive: 0, coded: 0, repaired: [], refused: [] }
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

async function crsOf({ path }: DeclaredLayer): Promise<OwnCrs> {
  const extension = extname(path).toLowerCase()
  if (extension === '.shp') return crsBeside(path)
  return extension === '.pbf' ? { epsg: 4326 } : await crsOfGeoJson(path)
}

/** GCJ-02 and BD-09 are degrees that no file names, so a file may call itself 4326 or 4490 and be declared as them. */
export function refuseOtherCrs(layer: Pick<DeclaredLayer, 'id' | 'file' | 'crs'>, own: OwnCrs): void {
  const degrees = new Set([4326, 4490, 4979, 4480])
  const declared = layer.crs.epsg
  const declaredProjected = declared !== undefined && !degrees.has(declared)
  const zone = layer.crs.zone
  if (
    own.zone &&
    zone &&
    (Math.abs(own.zone.meridian - zone.meridian) > 1e-6 || own.zone.easting !== zone.easting)
  )
    throw new Error(
      `layer ${layer.id} (${layer.file}) is refused: ${layer.crs.name} is declared, whose meridian is ${zone.meridian}° and false easting ${zone.easting} m; the file says ${own.zone.meridian}° and ${own.zone.easting} m`,
    )
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
