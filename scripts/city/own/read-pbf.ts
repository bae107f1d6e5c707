import { createReadStream, statSync } from 'node:fs'
import type { Geometry, Position } from 'geojson'
import { OSMTransform } from 'osm-pbf-parser-node'
import type { RawFeature, ReadOptions } from './raw-feature.ts'
import { assembleRings } from './assemble-rings.ts'
import { NodePlaces } from './node-places.ts'

type Tags = Record<string, string>
type Item =
  | { type: 'node'; id: number; lon: number; lat: number }
  | { type: 'way'; id: number; refs: number[]; tags?: Tags }
  | { type: 'relation'; id: number; members: { type: string; ref: number; role: string }[]; tags?: Tags }
  | { type?: undefined }

interface Relation {
  id: number
  tags: Tags
  outer: number[]
  inner: number[]
}

/**
 * Reads the wanted ways and multipolygons of an OpenStreetMap extract. The file is read three times, so that only what is
 * wanted is held: relations, then ways, then the places of their nodes.
 */
export async function* readPbf(path: string, options: ReadOptions): AsyncGenerator<RawFeature> {
  const wanted = options.wanted ?? (() => true)
  const relations: Relation[] = []
  for await (const item of items(path, (share) => options.onRead(share * 0.3))) {
    if (item.type !== 'relation' || item.tags?.['type'] !== 'multipolygon' || !wanted(item.tags)) continue
    const ways = item.members.filter(({ type }) => type === 'way')
    const inner = ways.filter(({ role }) => role === 'inner').map(({ ref }) => ref)
    const outer = ways.filter(({ role }) => role !== 'inner').map(({ ref }) => ref)
    relations.push({ id: item.id, tags: item.tags, outer, inner })
  }
  const members = new Set(relations.flatMap(({ outer, inner }) => [...outer, ...inner]))
  const ways = new Map<number, { refs: number[]; tags: Tags | undefined }>()
  const places = new NodePlaces()
  for await (const item of items(path, (share) => options.onRead(0.3 + share * 0.3))) {
    if (item.type !== 'way') continue
    const own = item.tags !== undefined && wanted(item.tags)
    if (!own && !members.has(item.id)) continue
    ways.set(item.id, { refs: item.refs, tags: own ? item.tags : undefined })
    for (const ref of item.refs) places.want(ref)
  }
  places.settle()
  for await (const item of items(path, (share) => options.onRead(0.6 + share * 0.4)))
    if (item.type === 'node') places.put(item.id, item.lon, item.lat)
  for (const [id, { refs, tags }] of ways) {
    if (!tags) continue
    const line = places.line(refs)
    const geometry = geometryOf(line, refs, tags)
    if (geometry) yield { id: `way/${id}`, properties: tags, geometry }
  }
  for (const relation of relations) {
    const linesOf = (ids: number[]) =>
      ids.flatMap((id) => (ways.has(id) ? [places.line(ways.get(id)!.refs)] : []))
    const polygons = assembleRings(linesOf(relation.outer), linesOf(relation.inner))
    if (polygons.length > 0)
      yield {
        id: `relation/${relation.id}`,
        properties: relation.tags,
        geometry: { type: 'MultiPolygon', coordinates: polygons },
      }
  }
}

/** A closed way is an area unless it is a road or rail; nodes that the extract leaves out are left out. */
function geometryOf(line: Position[], refs: readonly number[], tags: Tags): Geometry | undefined {
  if (line.length < 2) return undefined
  const closed = refs.length > 3 && refs[0] === refs.at(-1) && line.length > 3
  const area = closed && tags['area'] !== 'no' && !tags['highway'] && !tags['railway']
  return area ? { type: 'Polygon', coordinates: [line] } : { type: 'LineString', coordinates: line }
}

async function* items(path: string, onRead: (share: number) => void): AsyncGenerator<Item> {
  const size = statSync(path).size
  let read = 0
  const file = createReadStream(path, { highWaterMark: 1 << 20 })
  file.on('data', (chunk) => onRead(Math.min(1, (read += chunk.length) / size)))
  const blocks = new OSMTransform({ withTags: { node: false, way: true, relation: true } })
  // A broken file must end the reading, not the process.
  file.on('error', (error) => blocks.destroy(error))
  for await (const block of file.pipe(blocks)) yield* block as Item[]
}
