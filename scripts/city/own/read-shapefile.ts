import { existsSync, readFileSync } from 'node:fs'
import { open } from 'shapefile'
import type { OwnCrs, RawFeature, ReadOptions } from './raw-feature.ts'

/** Reads a shapefile with its table. The code page is what is declared, else what the .cpg says, else UTF-8. */
export async function* readShapefile(path: string, options: ReadOptions): AsyncGenerator<RawFeature> {
  const table = beside(path, '.dbf')
  const encoding = options.encoding ?? codePage(path)
  const source = await open(path, existsSync(table) ? table : undefined, encoding ? { encoding } : {})
  const total = recordsIn(path)
  for (let count = 1; ; count++) {
    const { done, value } = await source.read()
    if (done) return
    options.onRead(total > 0 ? Math.min(1, count / total) : 1)
    yield {
      id: `#${count}`,
      properties: value.properties ?? {},
      // A null shape is a record without a place.
      ...(value.geometry ? { geometry: value.geometry } : {}),
    }
  }
}

/** What the .prj beside a file says: an EPSG number where its authority is named, and whether it is projected at all. */
export function crsBeside(path: string): OwnCrs {
  const file = path.replace(/\.[^.]+$/, '.prj')
  if (!existsSync(file)) return {}
  const text = readFileSync(file, 'utf8').trim()
  // The older writing of ESRI has no brackets, and names no authority.
  const projected =
    /^(PROJCS|PROJCRS|PROJECTEDCRS)\b/i.test(text) || /^Projection\s+(?!GEOGRAPHIC)/i.test(text)
  const epsg = /(?:AUTHORITY|ID)\["EPSG",\s*"?(\d+)"?\]\s*\]\s*$/i.exec(text)?.[1]
  const [meridian, easting] = ['Central_Meridian', 'False_Easting'].map((name) =>
    Number(new RegExp(`PARAMETER\\["${name}",\\s*([-\\d.]+)`, 'i').exec(text)?.[1]),
  ) as [number, number]
  const zone = Number.isFinite(meridian + easting) ? { zone: { meridian, easting } } : {}
  return { projected, ...zone, ...(epsg ? { epsg: Number(epsg) } : {}) }
}

function codePage(path: string): string | undefined {
  const file = beside(path, '.cpg')
  return existsSync(file) ? readFileSync(file, 'latin1').trim() || undefined : undefined
}

/** Records by the index file (ESRI 1998: 100 bytes of head, 8 a record), 0 without one. */
function recordsIn(path: string): number {
  const index = beside(path, '.shx')
  return existsSync(index) ? (readFileSync(index).length - 100) / 8 : 0
}

function beside(path: string, extension: string): string {
  return path.replace(/\.shp$/i, extension)
}
