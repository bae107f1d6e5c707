import { createReadStream, statSync } from 'node:fs'
import { extname } from 'node:path'
import { createInterface } from 'node:readline'
import { fromFile } from 'geotiff'
import type { HeightGrid } from './height-grid.ts'
import type { DeclaredLayer } from './layers-file.ts'
import { refuseOtherCrs } from './read-layer.ts'
import { crsBeside } from './read-shapefile.ts'

/** A finer grid is read coarser: 4,096 cells a side are 64 MB, and no terrain tile would show more. */
const MOST_CELLS = 4096
/** No place on earth lies deeper or higher; survey offices write their voids in many ways. */
const PLAUSIBLE = { low: -500, high: 9000 }

export async function readHeights(
  layer: DeclaredLayer,
  onRead: (fraction: number) => void,
): Promise<HeightGrid> {
  switch (extname(layer.path).toLowerCase()) {
    case '.tif':
    case '.tiff':
      return await readGeoTiff(layer)
    case '.asc':
      refuseOtherCrs(layer, crsBeside(layer.path))
      return await readAsciiGrid(layer.path, onRead)
    default:
      throw new Error(`layer ${layer.id} (${layer.file}): heights are read from .tif and .asc`)
  }
}

async function readGeoTiff(layer: DeclaredLayer): Promise<HeightGrid> {
  const tiff = await fromFile(layer.path)
  try {
    const image = await tiff.getImage()
    const keys = image.getGeoKeys() as {
      ProjectedCSTypeGeoKey?: number
      GeographicTypeGeoKey?: number
    } | null
    const epsg = keys?.ProjectedCSTypeGeoKey ?? keys?.GeographicTypeGeoKey
    // 32767 stands for "user-defined" (OGC GeoTIFF 1.1, §7.1).
    refuseOtherCrs(layer, epsg === undefined || epsg === 32767 ? {} : { epsg })
    const [west, south, east, north] = image.getBoundingBox() as [number, number, number, number]
    const shrink = Math.min(1, MOST_CELLS / Math.max(image.getWidth(), image.getHeight()))
    const [columns, rows] = [image.getWidth(), image.getHeight()].map((side) =>
      Math.max(2, Math.round(side * shrink)),
    ) as [number, number]
    const raster = (await image.readRasters({
      samples: [0],
      interleave: true,
      width: columns,
      height: rows,
      resampleMethod: 'nearest',
    })) as unknown as ArrayLike<number>
    const none = image.getGDALNoData()
    return {
      columns,
      rows,
      west,
      north,
      cellWidth: (east - west) / columns,
      cellHeight: (north - south) / rows,
      values: Float32Array.from(raster, (value) => height(value, none)),
    }
  } finally {
    await tiff.close()
  }
}

/** ESRI ASCII grid: six lines of head, then rows from the north; corner or middle of the first cell. */
async function readAsciiGrid(path: string, onRead: (fraction: number) => void): Promise<HeightGrid> {
  const size = statSync(path).size
  const file = createReadStream(path)
  const head: Record<string, number> = {}
  let values = new Float32Array(0)
  let count = 0
  for await (const line of createInterface({ input: file })) {
    const [word, first] = line.trim().split(/\s+/, 2) as [string, string | undefined]
    if (/^[a-z]/i.test(word) && !/^nan$/i.test(word)) {
      head[word.toLowerCase()] = Number(first)
      continue
    }
    if (values.length === 0) values = new Float32Array(cellsOf(head, path)).fill(Number.NaN)
    for (const text of line.trim().split(/\s+/))
      if (text !== '' && count < values.length)
        values[count++] = height(Number(text), head['nodata_value'] ?? -9999)
    onRead(Math.min(1, file.bytesRead / size))
  }
  if (count === 0 || count < values.length)
    throw new Error(`${path} ends after ${count} of ${values.length} heights`)
  const [columns, rows, cell] = [head['ncols']!, head['nrows']!, head['cellsize']!]
  const west = head['xllcorner'] ?? head['xllcenter']! - cell / 2
  const south = head['yllcorner'] ?? head['yllcenter']! - cell / 2
  return { columns, rows, west, north: south + rows * cell, cellWidth: cell, cellHeight: cell, values }
}

function cellsOf(head: Record<string, number>, path: string): number {
  const cells = head['ncols']! * head['nrows']!
  const placed = (head['xllcorner'] ?? head['xllcenter']) !== undefined
  if (!(cells > 0) || !(head['cellsize']! > 0) || !placed)
    throw new Error(`${path} is no ASCII grid: it lacks ncols, nrows, xllcorner or cellsize`)
  if (cells > MOST_CELLS ** 2) throw new Error(`${path} has ${cells} heights: deliver it as GeoTIFF`)
  return cells
}

function height(value: number, none: number | null): number {
  return value === none || !(value > PLAUSIBLE.low && value < PLAUSIBLE.high) ? Number.NaN : value
}
