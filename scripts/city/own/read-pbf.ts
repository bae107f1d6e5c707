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

/** Relations that are areas (wiki, Relation:multipolygon, Relation:boundary): administrative units are of the second type. */
const AREAS = new Set(['multipolygon', 'boundary'])
/** Ways of a boundary; other members are its seat and its parts. */
const RINGS = new Set(['outer', 'inner', ''])

/**
 * Reads the wanted ways and areas of an OpenStreetMap extract. The file is read three times, so that only what is
 * wanted is held: relations, then ways, then the places of their nodes.
 */
export async function* readPbf(path: string, options: ReadOptions): AsyncGenerator<RawFeature> {
  const wanted = options.wanted ?? (() => true)
  const relations: Relation[] = []
  for await (const item of items(path, (share) => options.onRead(share * 0.3))) {
    if (item.type !== 'relation') continue
    const { tags } = item
    if (tags === undefined || !AREAS.has(tags['type'] ?? '') || !wanted(tags)) continue
    const ways = item.members.filter(({ type, role }) => type === 'way' && RINGS.has(role))
    const inner = ways.filter(({ role }) => role === 'inner').map(({ ref }) => ref)
    const outer = ways.filter(({ role }) => role !== 'inner').map(({ ref }) => ref)
    relations.push({ id: item.id, tags, outer, inner })
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
  for (const [id, { refs, tags }] of ways)
    if (tags) yield { id: `way/${id}`, properties: tags, ...wayShape(places.line(refs), refs, tags) }
  for (const relation of relations)
    yield {
      id: `relation/${relation.id}`,
      properties: relation.tags,
      ...relationShape(relation, ways, places),
    }
}

function relationShape(
  { outer, inner }: Relation,
  ways: ReadonlyMap<number, { refs: number[] }>,
  places: NodePlaces,
): Shape {
  const all = [...outer, ...inner]
  const absent = all.filter((id) => !ways.has(id)).length
  const linesOf = (ids: number[]) =>
    ids.flatMap((id) => (ways.has(id) ? [places.line(ways.get(id)!.refs)] : []))
  const { polygons, faults } = assembleRings(linesOf(outer), linesOf(inner))
  const told = [
    ...(absent > 0 ? [`${absent} of its ${all.length} ways are not in the extract`] : []),
    ...faults,
  ]
  return shapeWith(
    polygons.length > 0 ? { type: 'MultiPolygon', coordinates: polygons } : undefined,
    polygons.length > 0 || told.length > 0 ? told : ['it has no ways'],
  )
}

/** A closed way is an area unless it is a road or rail. */
function wayShape(line: Position[], refs: readonly number[], tags: Tags): Shape {
  const absent = refs.length - line.length
  const faults = absent > 0 ? [`${absent} of its ${refs.length} nodes are not in the extract`] : []
  if (line.length < 2)
    return shapeWith(undefined, faults.length > 0 ? faults : ['it has less than two nodes'])
  const closed = refs.length > 3 && refs[0] === refs.at(-1) && line.length > 3
  const area = closed && tags['area'] !== 'no' && !tags['highway'] && !tags['railway']
  return shapeWith(
    area ? { type: 'Polygon', coordinates: [line] } : { type: 'LineString', coordinates: line },
    faults,
  )
}

type Shape = Pick<RawFeature, 'geometry' | 'faults'>

function shapeWith(geometry: Geometry | undefined, faults: string[]): Shape {
  return { ...(geometry ? { geometry } : {}), ...(faults.length > 0 ? { faults } : {}) }
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
