import { createReadStream, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { Feature, Geometry } from 'geojson'
import type { OwnCrs, RawFeature, ReadOptions } from './raw-feature.ts'

const BACKSLASH = 0x5c
const QUOTE = 0x22

/** A file without "features" is one feature or geometry; a larger one is something else. */
const MOST_WITHOUT_FEATURES = 64 << 20

/**
 * Reads the features of a GeoJSON FeatureCollection one by one, so that a file larger than memory is no trouble: objects
 * are cut out by counting braces outside strings, and only they are parsed. A file may be one feature or geometry too.
 */
export async function* readGeoJson(path: string, options: ReadOptions): AsyncGenerator<RawFeature> {
  const size = statSync(path).size
  let read = 0
  let count = 0
  const splitter = new ObjectSplitter()
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    read += (chunk as Buffer).length
    options.onRead(read / size)
    for (const text of splitter.push(chunk as Buffer)) yield featureOf(text, (count += 1))
    if (!splitter.begun && read > MOST_WITHOUT_FEATURES) break
  }
  if (splitter.begun && !splitter.ended)
    throw new Error(`${basename(path)} ends in the middle of its features: is it whole?`)
  options.onCrs(crsIn(splitter.tail.toString('latin1')))
  if (splitter.begun) return
  const single = featureOf(splitter.tail.toString('utf8'), 1)
  if (!single.geometry)
    throw new Error(`${basename(path)} is no GeoJSON FeatureCollection, Feature or geometry`)
  yield single
}

/** What cannot be read is told, and the features after it are read. */
function featureOf(text: string, count: number): RawFeature {
  let told: unknown
  try {
    told = JSON.parse(text)
  } catch (error) {
    return {
      id: `#${count}`,
      properties: {},
      faults: [error instanceof Error ? error.message : String(error)],
    }
  }
  const one = (told ?? {}) as Partial<Omit<Feature, 'type'>> & { type?: string; coordinates?: unknown }
  const id = String(one.id ?? `#${count}`)
  if (one.type !== 'Feature')
    return one.coordinates === undefined
      ? { id, properties: {}, faults: [`it is a ${one.type ?? 'thing without a type'}, no Feature`] }
      : { id, properties: {}, geometry: one as unknown as Geometry }
  const properties: Record<string, unknown> = one.properties ?? {}
  return { id, properties, ...(one.geometry ? { geometry: one.geometry } : {}) }
}

/** Of GeoJSON before RFC 7946: what its `crs` member says, if it stands before the features. */
export async function crsOfGeoJson(path: string): Promise<OwnCrs> {
  for await (const chunk of createReadStream(path, { end: 65_535 }))
    return crsIn((chunk as Buffer).toString('latin1').split('"features"')[0]!)
  return {}
}

function crsIn(members: string): OwnCrs {
  const name = /"crs"\s*:[^}]*?"name"\s*:\s*"([^"]*)"/.exec(members)?.[1] ?? ''
  const epsg = /EPSG:(?:[\d.]*:)?(\d+)$/.exec(name)?.[1]
  if (/CRS:?84$/.test(name)) return { epsg: 4326 }
  return epsg === undefined ? {} : { epsg: Number(epsg) }
}

/** Cuts the objects of the array "features" out of a stream of bytes; UTF-8 never has a brace inside a character. */
class ObjectSplitter {
  begun = false
  ended = false
  /** What stands behind the features; all of a file that has none. */
  tail = Buffer.alloc(0)
  private rest = Buffer.alloc(0)
  private depth = 0
  private inString = false
  private escaped = false

  private step(byte: number): 'opens' | 'closes' | undefined {
    if (this.escaped) this.escaped = false
    else if (this.inString) {
      if (byte === BACKSLASH) this.escaped = true
      else if (byte === QUOTE) this.inString = false
    } else if (byte === QUOTE) this.inString = true
    else if (byte === 0x7b) return this.depth++ === 0 ? 'opens' : undefined
    else if (byte === 0x7d) return --this.depth === 0 ? 'closes' : undefined
    else if (byte === 0x5d && this.depth === 0) this.ended = true
    return undefined
  }

  *push(chunk: Buffer): Generator<string> {
    if (this.ended) this.tail = Buffer.concat([this.tail, chunk])
    if (this.ended) return
    const bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk
    let at = this.rest.length
    if (!this.begun) {
      const found = /"features"\s*:\s*\[/.exec(bytes.toString('latin1'))
      this.rest = Buffer.from(bytes)
      this.tail = this.rest
      if (!found) return
      this.begun = true
      at = found.index + found[0].length
    }
    let start = this.depth > 0 ? 0 : -1
    for (; at < bytes.length && !this.ended; at++) {
      const edge = this.step(bytes[at]!)
      if (edge === 'opens') start = at
      else if (edge === 'closes') {
        yield bytes.toString('utf8', start, at + 1)
        start = -1
      }
    }
    this.rest = start >= 0 ? Buffer.from(bytes.subarray(start)) : Buffer.alloc(0)
    this.tail = this.ended ? Buffer.from(bytes.subarray(at)) : this.rest
  }
}
