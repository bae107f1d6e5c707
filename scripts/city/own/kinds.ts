import { type RoadClass, RoadClasses } from '../../../src/domain/basemap.ts'
import type { LayerKind } from './layers-file.ts'

type Properties = Readonly<Record<string, unknown>>

/** OpenStreetMap's highway values (wiki, Key:highway) in the classes a city map draws. */
const ROADS: Record<string, RoadClass> = {
  motorway: 'motorway',
  trunk: 'trunk',
  primary: 'primary',
  secondary: 'secondary',
  tertiary: 'tertiary',
  major_road: 'secondary',
  unclassified: 'local',
  residential: 'local',
  living_street: 'local',
  service: 'local',
  minor_road: 'local',
  高速公路: 'motorway',
  快速路: 'trunk',
  主干路: 'primary',
  主干道: 'primary',
  次干路: 'secondary',
  次干道: 'secondary',
  支路: 'tertiary',
}
const RAILS = ['rail', 'light_rail', 'subway', 'tram', 'monorail']
const GREENS = [
  'park',
  'garden',
  'nature_reserve',
  'forest',
  'wood',
  'grass',
  'meadow',
  'recreation_ground',
  'village_green',
]

/** The class of a road by what its source calls it; undefined for footways, building sites and words unknown. */
export function roadClassOf(value: string | undefined): RoadClass | undefined {
  const name = (value ?? '').replace(/_link$/, '')
  return ROADS[name] ?? RoadClasses.find((known) => known === name)
}

/** A property as text; what is neither text nor number says nothing. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number'
    ? String(value).trim() || undefined
    : undefined
}

/** OpenStreetMap's admin_level in China (wiki, Tag:boundary=administrative): 县级, 乡级, 村级. */
const ADMIN_LEVELS = { boundaries: '6', towns: '8', communities: '10' }

/** Which ways and areas of an OpenStreetMap extract belong to a layer. */
export function wantedOf(kind: LayerKind): (tags: Properties) => boolean {
  const has = (tags: Properties, key: string, values: readonly string[]) =>
    values.includes(textOf(tags[key]) ?? '')
  switch (kind) {
    case 'buildings':
      return (tags) => tags['building'] !== undefined && tags['building'] !== 'no'
    case 'roads':
      return (tags) => roadClassOf(textOf(tags['highway'])) !== undefined
    case 'rail':
      return (tags) => has(tags, 'railway', RAILS)
    case 'water':
      return (tags) =>
        has(tags, 'natural', ['water']) ||
        has(tags, 'landuse', ['reservoir', 'basin']) ||
        has(tags, 'waterway', ['river', 'canal', 'riverbank'])
    case 'green':
      return (tags) => ['leisure', 'landuse', 'natural'].some((key) => has(tags, key, GREENS))
    case 'boundaries':
    case 'towns':
    case 'communities':
      return (tags) => tags['boundary'] === 'administrative' && tags['admin_level'] === ADMIN_LEVELS[kind]
    default:
      return () => false
  }
}

/** Codes of Chinese units in OpenStreetMap (wiki, Key:ref:admin:CN), of both offices that number them; older ones under ref. */
const OSM_CODES = ['ref:admin:CN', 'ref:admin:CN:mca', 'ref:admin:CN:nbs', 'ref']

/** Names that offices and OpenStreetMap give to what a layer needs, tried in this order when none is declared. */
export const USUAL_FIELDS: Record<string, readonly string[]> = {
  id: ['id', 'ID', 'osm_id', 'OBJECTID', 'FID', 'gid', '编号'],
  name: ['name', 'NAME', 'full_name', '名称', 'MC'],
  height: ['height', 'HEIGHT', 'Height', '高度', '建筑高度', 'GD'],
  floors: ['building:levels', 'floors', 'floor', 'FLOOR', 'Floor', 'levels', '层数', 'CS'],
  base: ['min_height', 'base'],
  class: ['class', 'highway', 'fclass', 'kind_detail', '道路等级', '等级', 'kind', 'railway'],
  code: ['code', 'adcode', 'gb', 'PAC', 'XZQDM', '行政区代码', ...OSM_CODES],
  validFrom: ['validFrom'],
  validTo: ['validTo'],
}
