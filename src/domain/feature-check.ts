import * as v from 'valibot'
import { type FeatureKind, featureKinds } from './feature-kinds.ts'
import { type Geometry, type MapFeature, MapFeatureSchema } from './map-feature.ts'

export interface CheckedFeatures {
  features: MapFeature[]
  refused: { id: string; reason: string }[]
}

const [point, line, area] = [['Point'], ['LineString', 'MultiLineString'], ['Polygon', 'MultiPolygon']]

/** What a layer may rely on; a path in time and a flow are one line, a grid is one rectangle. */
const geometries: Record<FeatureKind, readonly string[]> = {
  facilities: point,
  enterprises: point,
  forces: point,
  shelters: point,
  'air-stations': point,
  'water-sections': point,
  'closed-roads': line,
  isochrones: area,
  plume: area,
  inundation: area,
  'fire-perimeter': area,
  wind: point,
  radar: ['Polygon'],
  'rain-grid': ['Polygon'],
  'warning-areas': area,
  assets: point,
  cameras: point,
  pipes: line,
  'protected-areas': area,
  projects: area,
  'change-spots': area,
  trips: ['LineString'],
  flows: ['LineString'],
  'hotline-points': point,
}

/**
 * The features of a source's answer that can be shown, and the others with the reason, in the answer's order. A feature of a
 * known kind must have that kind's geometry and properties; properties beyond those are kept. Ids are made text (RFC 7946
 * allows numbers) and must be unique; JSON-FG times without an end are left out: such a feature stands until further notice.
 */
export function checkFeatures(kind: FeatureKind | undefined, raw: readonly unknown[]): CheckedFeatures {
  const checked: CheckedFeatures = { features: [], refused: [] }
  const seen = new Set<string>()
  for (const [index, item] of raw.entries()) {
    const read = v.safeParse(MapFeatureSchema, withoutForeignForms(item))
    const id = idOf(item) ?? `#${index + 1}`
    const reason = read.success
      ? seen.has(read.output.id)
        ? 'its id was given before'
        : faultOf(kind, read.output)
      : sentence(read.issues[0])
    if (reason !== undefined) checked.refused.push({ id: id.slice(0, 120), reason })
    else if (read.success) {
      seen.add(read.output.id)
      checked.features.push(read.output)
    }
  }
  return checked
}

function withoutForeignForms(item: unknown): unknown {
  if (!isObject(item)) return item
  const { time, ...rest } = item
  const end = isObject(time) && Array.isArray(time['interval']) ? (time['interval'][1] as unknown) : undefined
  const id = idOf(item)
  return {
    ...rest,
    ...(id === undefined ? {} : { id }),
    ...(time === undefined || time === null || end === '..' ? {} : { time }),
    properties: item['properties'] ?? {},
  }
}

function idOf(item: unknown): string | undefined {
  const id = isObject(item) ? item['id'] : undefined
  return typeof id === 'number' ? String(id) : typeof id === 'string' ? id : undefined
}

function faultOf(kind: FeatureKind | undefined, feature: MapFeature): string | undefined {
  const { geometry, properties, time } = feature
  if (time && Date.parse(time.interval[0]) >= Date.parse(time.interval[1]))
    return 'time: ends before it begins'
  if (hasOpenRing(geometry)) return 'geometry: a ring does not end where it begins'
  if (kind === undefined) return undefined
  if (!geometries[kind].includes(geometry.type))
    return `geometry: ${geometry.type} where ${geometries[kind].join(' or ')} is wanted`
  const read = v.safeParse(featureKinds[kind], properties)
  if (!read.success) return `properties.${sentence(read.issues[0])}`
  return countFault(geometry, properties)
}

function hasOpenRing(geometry: Geometry): boolean {
  const polygons =
    geometry.type === 'Polygon'
      ? [geometry.coordinates]
      : geometry.type === 'MultiPolygon'
        ? geometry.coordinates
        : []
  return polygons.flat().some((ring) => {
    const [first, last] = [ring[0]!, ring.at(-1)!]
    return first[0] !== last[0] || first[1] !== last[1]
  })
}

/** Lists that must be as long as what they speak of. */
function countFault(geometry: Geometry, properties: MapFeature['properties']): string | undefined {
  const { columns, rows, values, times } = properties
  if (Array.isArray(values) && values.length !== Number(columns) * Number(rows))
    return `properties.values: ${values.length} values for ${Number(columns)} × ${Number(rows)} cells`
  if (Array.isArray(times) && times.length !== geometry.coordinates.length)
    return `properties.times: ${times.length} times for ${geometry.coordinates.length} positions`
  return undefined
}

function sentence(issue: v.BaseIssue<unknown>): string {
  return `${v.getDotPath(issue) ?? ''}: ${issue.message}`.replace(/^: /, '').slice(0, 200)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
