import type { RoadClass, Shown, VectorCollection } from '../domain/basemap.ts'
import type { LonLat } from '../domain/measure.ts'
import { labelRank } from '../ui/cartography/label-rank.ts'

/** A street, lake or river of the base map by its name. */
export interface BaseName {
  id: string
  text: string
  kind: 'street' | 'water'
  /** Where the name may stand, the middle first. */
  places: readonly LonLat[]
  /** Metres a pixel beyond which it is not written; 0 for what is only found by search. */
  farthest: number
  priority: number
}

type Vectors = readonly { shows: Shown | undefined; collection: VectorCollection }[]
type Feature = VectorCollection['features'][number]

/** Metres a pixel; a street is written long after it is drawn, and small streets not at all. */
const STREETS: Record<RoadClass, number> = {
  motorway: 40,
  trunk: 30,
  primary: 14,
  secondary: 7,
  tertiary: 0,
  local: 0,
}
const ORDER = Object.keys(STREETS)
/** Pixels a water must measure, an area across and a course along, and from where on even the largest is written. */
const [ACROSS, ALONG, WATERS] = [50, 260, 150]
/** Metres between the places at which a name may stand along a line. */
const STEP = 800
const DEGREE = 111_195

const workedOut = new WeakMap<Vectors, readonly BaseName[]>()

/**
 * Every name of water and roads, once, with all parts that bear it; large and high in rank first. Nothing is named that the base
 * map does not name. Worked out once for the outlines of a map: labels and search both ask, and again on another ground.
 */
export function baseNames(vectors: Vectors): readonly BaseName[] {
  const names = workedOut.get(vectors) ?? namesOf(vectors)
  workedOut.set(vectors, names)
  return names
}

function namesOf(vectors: Vectors): readonly BaseName[] {
  const parts = new Map<string, { kind: 'street' | 'water'; text: string; features: Feature[] }>()
  for (const { shows, collection } of vectors) {
    if (shows !== 'road' && shows !== 'water') continue
    const kind = shows === 'road' ? 'street' : 'water'
    for (const feature of collection.features) {
      const text = feature.properties.name?.trim() ?? ''
      if (text === '') continue
      const known = parts.get(`${kind}/${text}`) ?? { kind, text, features: [] }
      known.features.push(feature)
      parts.set(`${kind}/${text}`, known)
    }
  }
  const names = [...parts].map(([id, { kind, text, features }]): BaseName => {
    const lines = features.flatMap(({ geometry }) =>
      geometry.type === 'MultiLineString' ? geometry.coordinates : [],
    )
    const areas = features.flatMap(({ geometry }) =>
      geometry.type === 'MultiPolygon' ? geometry.coordinates : [],
    )
    const along = lines.reduce((sum, line) => sum + lengthOf(line), 0)
    const places = [...areas.toSorted(byArea).flatMap(insideOf), ...middleFirst(lines.flatMap(alongOf))]
    const ranked = kind === 'street' ? streetRank(features) : waterRank(areas, along)
    return { id, text, kind, places, ...ranked }
  })
  return names.toSorted((a, b) => b.priority - a.priority || b.farthest - a.farthest)
}

function streetRank(features: readonly Feature[]): Pick<BaseName, 'farthest' | 'priority'> {
  const classes = features.map(({ properties }) => properties.class ?? 'local')
  const best = classes.reduce((a, b) => (ORDER.indexOf(b) < ORDER.indexOf(a) ? b : a))
  return { farthest: STREETS[best], priority: labelRank.street + 1 - ORDER.indexOf(best) / ORDER.length }
}

function waterRank(areas: readonly LonLat[][][], along: number): Pick<BaseName, 'farthest' | 'priority'> {
  const across = Math.sqrt(areas.reduce((sum, [outer]) => sum + areaOf(outer ?? []), 0))
  const farthest = Math.min(WATERS, Math.max(across / ACROSS, along / ALONG))
  return { farthest, priority: labelRank.lake + farthest / WATERS }
}

function byArea([a]: LonLat[][], [b]: LonLat[][]): number {
  return areaOf(b ?? []) - areaOf(a ?? [])
}

/** Half way along a line, and every some hundred metres. */
function alongOf(line: readonly LonLat[]): LonLat[] {
  const whole = lengthOf(line)
  const count = Math.max(1, Math.floor(whole / STEP))
  const places: LonLat[] = []
  let walked = 0
  for (let at = 1; at < line.length; at++) {
    const [from, to] = [line[at - 1]!, line[at]!]
    const step = lengthOf([from, to])
    for (;;) {
      const due = (whole * (places.length + 0.5)) / count
      if (places.length >= count || due > walked + step || step === 0) break
      const share = (due - walked) / step
      places.push([from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share])
    }
    walked += step
  }
  return places
}

/** In the widest stretch of water on three lines from west to east: the middle of a bent lake may lie ashore. */
function insideOf(polygon: readonly LonLat[][]): LonLat[] {
  const norths = (polygon[0] ?? []).map(([, north]) => north)
  const [low, high] = [Math.min(...norths), Math.max(...norths)]
  return [0.5, 0.25, 0.75].flatMap((share): LonLat[] => {
    const north = low + (high - low) * share
    const crossings = polygon.flatMap((ring) =>
      ring.slice(1).flatMap(([x, y], at) => {
        const [fromX, fromY] = ring[at]!
        return fromY > north === y > north ? [] : [fromX + ((north - fromY) / (y - fromY)) * (x - fromX)]
      }),
    )
    const shores = crossings.toSorted((a, b) => a - b)
    let widest: [number, number] | undefined
    for (let at = 0; at + 1 < shores.length; at += 2) {
      const [west, east] = [shores[at]!, shores[at + 1]!]
      if (!widest || east - west > widest[1] - widest[0]) widest = [west, east]
    }
    return widest ? [[(widest[0] + widest[1]) / 2, north]] : []
  })
}

function middleFirst(places: readonly LonLat[]): LonLat[] {
  const mean = (axis: 0 | 1): number => places.reduce((sum, at) => sum + at[axis], 0) / places.length
  const middle: LonLat = [mean(0), mean(1)]
  return places.toSorted((a, b) => lengthOf([a, middle]) - lengthOf([b, middle]))
}

function lengthOf(line: readonly LonLat[]): number {
  return line.slice(1).reduce((sum, [x, y], at) => {
    const [fromX, fromY] = line[at]!
    return sum + Math.hypot((x - fromX) * Math.cos((y * Math.PI) / 180), y - fromY) * DEGREE
  }, 0)
}

function areaOf(ring: readonly LonLat[]): number {
  const [originX, originY] = ring[0] ?? [0, 0]
  const twice = ring.slice(1).reduce((sum, [x, y], at) => {
    const [fromX, fromY] = ring[at]!
    return sum + (fromX - originX) * (y - originY) - (x - originX) * (fromY - originY)
  }, 0)
  return (Math.abs(twice) / 2) * DEGREE ** 2 * Math.cos((originY * Math.PI) / 180)
}
