import { createReadStream, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { Geometry } from 'geojson'
import type { OwnCrs, RawFeature, ReadOptions } from './raw-feature.ts'

const BACKSLASH = 0x5c
const QUOTE = 0x22

/**
 * Reads the features of a GeoJSON FeatureCollection one by one, so that a file larger than memory is no trouble: objects
 * are cut out by counting braces outside strings, and only they are parsed.
 */
export async function* readGeoJson(path: string, options: ReadOptions): AsyncGenerator<RawFeature> {
  const size = statSync(path).size
  let read = 0
  let count = 0
  const splitter = new ObjectSplitter()
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    read += (chunk as Buffer).length
    options.onRead(read / size)
    for (const text of splitter.push(chunk as Buffer)) {
      const feature = JSON.parse(text) as {
        type?: string
        id?: string | number
        properties?: Record<string, unknown> | null
        geometry?: Geometry | null
      }
      count += 1
      if (feature.type !== 'Feature' || !feature.geometry) continue
      yield {
        id: String(feature.id ?? `#${count}`),
        properties: feature.properties ?? {},
        geometry: feature.geometry,
      }
    }
  }
  if (!splitter.begun) throw new Error(`${basename(path)} is no GeoJSON FeatureCollection`)
  if (!splitter.ended) throw new Error(`${basename(path)} ends in the middle of its features: is it whole?`)
}

/** Of GeoJSON before RFC 7946: the EPSG number in its `crs` member, if it stands before the features. */
export async function crsOfGeoJson(path: string): Promise<OwnCrs> {
  for await (const chunk of createReadStream(path, { end: 65_535 })) {
    const head = (chunk as Buffer).toString('latin1').split('"features"')[0]!
    const epsg = /"crs"[^}]*EPSG:(?:[\d.]*):(\d+)/.exec(head)?.[1]
    return epsg === undefined ? {} : { epsg: Number(epsg) }
  }
  return {}
}

/** Cuts the objects of the array "features" out of a stream of bytes; UTF-8 never has a brace inside a character. */
class ObjectSplitter {
  begun = false
  ended = false
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
    const bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk
    let at = this.rest.length
    if (!this.begun) {
      const found = /"features"\s*:\s*\[/.exec(bytes.toString('latin1'))
      this.rest = Buffer.from(bytes)
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
  }
}
