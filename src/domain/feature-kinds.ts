import * as v from 'valibot'
import { InstantSchema } from './instant.ts'

/** Properties of the collections the cockpit knows, by collection id. A plugin's own collection needs no entry here. */
const text = v.pipe(v.string(), v.maxLength(200))
const degrees = v.pipe(v.number(), v.minValue(0), v.maxValue(360))
const positive = v.pipe(v.number(), v.minValue(0))
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const level = v.picklist([1, 2, 3, 4])
/** Values row by row from the north-west corner, west to east; null where the source has none. */
const grid = {
  columns: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(512)),
  rows: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(512)),
  values: v.pipe(v.array(v.nullable(v.number())), v.maxLength(262_144)),
}

export const featureKinds = {
  /** Point. `trouble` with a level is drawn in the level's fill. */
  facilities: v.object({
    kind: v.picklist([
      'hospital',
      'school',
      'care-home',
      'metro',
      'bridge',
      'fire-station',
      'hydrant',
      'warehouse',
    ]),
    state: v.picklist(['normal', 'trouble']),
    level: v.optional(level),
  }),
  /** Point. */
  enterprises: v.object({ sector: text }),
  /** Point. Never armed forces. */
  forces: v.object({
    kind: v.picklist(['fire', 'medical', 'engineering', 'flood', 'traffic', 'volunteer']),
    people: count,
    state: v.picklist(['standby', 'moving', 'on-site']),
    task: v.optional(text),
  }),
  /** Point. `occupied` is null where nobody has counted. */
  shelters: v.object({ capacity: count, occupied: v.nullable(count) }),
  /** Point; its value is the observation of `indicator` with dims {station}. */
  'air-stations': v.object({ station: v.string() }),
  /** Point, `order` from upstream; its value is the observation of the water class with dims {section}. */
  'water-sections': v.object({ section: v.string(), river: text, order: count }),
  /** LineString. */
  'closed-roads': v.object({ reason: text, since: InstantSchema, until: v.optional(InstantSchema) }),
  /** Polygon; `origin` is the id of the feature it is measured from. */
  isochrones: v.object({ origin: v.string(), minutes: v.picklist([5, 10, 15, 30]) }),
  /** Polygon. */
  plume: v.object({
    threshold: v.picklist(['AEGL-1', 'AEGL-2', 'AEGL-3']),
    substance: text,
    action: v.optional(v.picklist(['evacuate', 'shelter'])),
  }),
  /** Polygon per depth band; metres: shallow < 0.5, middle 0.5–1, deep > 1. */
  inundation: v.object({ band: v.picklist(['shallow', 'middle', 'deep']) }),
  /** Polygon. */
  'fire-perimeter': v.object({ fire: v.string() }),
  /** Point; metres a second, and where it comes from. */
  wind: v.object({ speed: positive, from: degrees }),
  /** Polygon: the grid's rectangle. dBZ. */
  radar: v.object(grid),
  /** Polygon: the grid's rectangle. Millimetres in the hour before. */
  'rain-grid': v.object(grid),
  /** Polygon of an official warning. */
  'warning-areas': v.object({ warning: v.string(), event: text, level, issuer: text }),
  /** Point, with the track behind it as [longitude, latitude, height, epoch ms] in order of time. */
  assets: v.object({
    kind: v.picklist(['drone', 'boat', 'vehicle']),
    heading: degrees,
    mission: text,
    state: v.picklist(['standby', 'under-way', 'on-task', 'returning', 'lost-link']),
    track: v.array(v.strictTuple([v.number(), v.number(), v.number(), v.number()])),
    /** Opening angle of what it sees, and how far, in degrees and metres. */
    view: v.optional(v.strictObject({ angle: degrees, range: positive })),
  }),
  /** Point. */
  cameras: v.object({
    heading: degrees,
    angle: degrees,
    range: positive,
    state: v.picklist(['online', 'offline']),
  }),
  /** LineString; metres. Height of a position is that of the pipe's axis relative to the ground, below 0. */
  pipes: v.object({
    kind: v.picklist(['water', 'rain', 'sewage', 'gas', 'heat', 'telecom']),
    diameter: positive,
    depth: positive,
  }),
  /** Polygon: 生态保护红线 or 永久基本农田. */
  'protected-areas': v.object({ kind: v.picklist(['ecological-red-line', 'permanent-farmland']) }),
  /** Polygon of a planned or running project. */
  projects: v.object({ state: v.picklist(['planned', 'approved', 'building']) }),
  /** Polygon seen to have changed between two pictures. */
  'change-spots': v.object({
    before: InstantSchema,
    after: InstantSchema,
    kind: v.picklist(['new-building', 'earthwork', 'water-filled', 'waste-heap']),
    confidence: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    state: v.picklist(['found', 'checking', 'confirmed', 'dismissed']),
  }),
  /** LineString; `times` are epoch ms, one for each position. */
  trips: v.object({ times: v.array(v.number()) }),
  /** LineString of two positions; people a day. */
  flows: v.object({ people: count }),
  /** Point of one 12345 ticket, coarse on purpose. */
  'hotline-points': v.object({ topic: v.string() }),
} as const
export type FeatureKind = keyof typeof featureKinds
export type PropertiesOf<K extends FeatureKind> = v.InferOutput<(typeof featureKinds)[K]>
