import type { Geometry } from 'geojson'
import type { Zone } from './crs.ts'

/** A feature as its file tells it, in the file's own coordinates. */
export interface RawFeature {
  id: string
  properties: Record<string, unknown>
  /** Absent where the file has none, or none that can be put together. */
  geometry?: Geometry
  /** What its reader could not use of it, in words. */
  faults?: string[]
}

export interface ReadOptions {
  /** Share of the file that has been read, 0 to 1. */
  onRead(fraction: number): void
  /** A coordinate system that a file names only behind its features. */
  onCrs(own: OwnCrs): void
  /** Of a shapefile's table. */
  encoding?: string | undefined
  /** Which OpenStreetMap ways and areas are wanted. */
  wanted?: ((tags: Record<string, unknown>) => boolean) | undefined
}

/** The coordinate system that a file names itself, where it does: EPSG number, or whether it is projected. */
export interface OwnCrs {
  epsg?: number
  projected?: boolean
  /** Of a transverse Mercator projection: degrees, and metres that every x has too many. */
  zone?: Zone
}
