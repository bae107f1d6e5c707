import gcoord from 'gcoord'
import proj4 from 'proj4'
import type { LonLat } from '../regions/geojson.ts'

/** A declared coordinate system, and the way from its coordinates to degrees of CGCS2000. */
export interface Crs {
  name: string
  /** EPSG number where it has one; GCJ-02 and BD-09 have none. */
  epsg?: number
  /** Of a transverse Mercator projection. */
  zone?: Zone
  toLonLat(x: number, y: number): LonLat
  fromLonLat(longitude: number, latitude: number): [x: number, y: number]
}

/** Central meridian in degrees, false easting in metres. */
export interface Zone {
  meridian: number
  easting: number
}

const SAME: Crs['toLonLat'] = (x, y) => [x, y]
/** Datums whose shift to CGCS2000 is local, and given only by the office that holds its parameters. */
const NEEDS_LOCAL_PARAMETERS: Record<number, string> = { 4214: 'Beijing 1954', 4610: 'Xian 1980' }

/**
 * CGCS2000 and WGS 84 differ by less than a metre and are drawn alike. GCJ-02 and BD-09 are undone to within a centimetre.
 * @throws a sentence that says what may be declared
 */
export function crsNamed(declared: string): Crs {
  const name = declared.trim().toUpperCase().replaceAll('_', '-')
  if (name === 'GCJ-02' || name === 'GCJ02') return offset('GCJ-02', gcoord.GCJ02)
  if (name === 'BD-09' || name === 'BD09') return offset('BD-09', gcoord.BD09)
  if (name === 'WGS84' || name === 'WGS-84' || name === 'OGC:CRS84')
    return { name: 'EPSG:4326', epsg: 4326, toLonLat: SAME, fromLonLat: SAME }
  if (name === 'CGCS2000') return { name: 'EPSG:4490', epsg: 4490, toLonLat: SAME, fromLonLat: SAME }
  const epsg = Number(/^EPSG:(\d{4,5})$/.exec(name)?.[1])
  const local = NEEDS_LOCAL_PARAMETERS[epsg]
  if (local)
    throw new Error(
      `${declared} (${local}) has no public shift to CGCS2000: have it converted by the office that holds the parameters`,
    )
  if (epsg === 4326 || epsg === 4490 || epsg === 4979 || epsg === 4480)
    return { name: `EPSG:${epsg}`, epsg, toLonLat: SAME, fromLonLat: SAME }
  const zone = zoneOf(epsg)
  const definition = epsg === 3857 ? 'EPSG:3857' : zone && projection(epsg, zone)
  if (definition === undefined)
    throw new Error(
      `${declared} is not known: declare EPSG:4326, EPSG:4490, EPSG:3857, EPSG:4491–4554 (CGCS2000 Gauss–Krüger), EPSG:326xx (UTM), GCJ-02 or BD-09`,
    )
  const converter = proj4(definition)
  return {
    name: `EPSG:${epsg}`,
    epsg,
    ...(zone ? { zone } : {}),
    toLonLat: (x, y) => converter.inverse<LonLat>([x, y]),
    fromLonLat: (longitude, latitude) => converter.forward<LonLat>([longitude, latitude]),
  }
}

function offset(name: string, from: Parameters<typeof gcoord.transform>[1]): Crs {
  const undo = (at: LonLat) => gcoord.transform<LonLat>(at, from, gcoord.WGS84)
  const apply = (at: LonLat) => gcoord.transform<LonLat>(at, gcoord.WGS84, from)
  return {
    name,
    toLonLat(x, y) {
      // Undoing BD-09 at one go leaves up to 0.13 m; what the way back misses is put right.
      const [longitude, latitude] = undo([x, y])
      const [east, north] = apply([longitude, latitude])
      return [longitude + x - east, latitude + y - north]
    },
    fromLonLat: (longitude, latitude) => apply([longitude, latitude]),
  }
}

/** EPSG's UTM north, and CGCS2000 Gauss–Krüger in six and three degrees, with and without zone prefix. */
function zoneOf(epsg: number): Zone | undefined {
  const from = (first: number, meridian: number, step: number, prefix?: number): Zone => ({
    meridian: meridian + (epsg - first) * step,
    easting: 500_000 + (prefix === undefined ? 0 : (epsg - first + prefix) * 1e6),
  })
  if (epsg >= 32601 && epsg <= 32660) return from(32601, -177, 6)
  if (epsg >= 4491 && epsg <= 4501) return from(4491, 75, 6, 13)
  if (epsg >= 4502 && epsg <= 4512) return from(4502, 75, 6)
  if (epsg >= 4513 && epsg <= 4533) return from(4513, 75, 3, 25)
  if (epsg >= 4534 && epsg <= 4554) return from(4534, 75, 3)
  return undefined
}

/** PROJ string; UTM shrinks its meridian and lies on WGS 84. */
function projection(epsg: number, { meridian, easting }: Zone): string {
  const [scale, ellipsoid] = epsg > 32600 ? [0.9996, 'WGS84'] : [1, 'GRS80']
  return `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=${scale} +x_0=${easting} +y_0=0 +ellps=${ellipsoid} +units=m +no_defs`
}
