import type { PropertiesOf } from '../../../src/domain/feature-kinds.ts'
import type { MapFeature } from '../../../src/domain/map-feature.ts'
import { ringHolds } from '../../sketch/plane.ts'
import { fraction } from '../chance.ts'
import { minuteMs } from '../city-time.ts'
import { incidentsOpenAt } from '../incidents.ts'
import { counties } from '../places.ts'
import { remembered } from '../remembered.ts'
import { rainSum } from '../weather.ts'
import { featureOf, numbered, pointAt } from './feature.ts'
import { distance, toLonLat, toMetres, type LonLat } from './plane.ts'
import { countyAt } from './county-shape.ts'
import { waterEdge } from './inundation.ts'
import { dealt, placeBeside } from './scatter.ts'
import { bridges } from './street-sights.ts'
import { lastKnown } from './statement.ts'

export type FacilityKind = PropertiesOf<'facilities'>['kind']
type Level = 1 | 2 | 3 | 4

export interface Facility {
  id: string
  kind: FacilityKind
  name: string
  region: string
  place: LonLat
}

/** How many of each there are, and what they are called before their number. */
const stock: readonly { kind: FacilityKind; word: string; count: number }[] = [
  { kind: 'hospital', word: '示意医院', count: 20 },
  { kind: 'school', word: '示意学校', count: 26 },
  { kind: 'care-home', word: '示意养老院', count: 14 },
  { kind: 'metro', word: '示意轨道站', count: 14 },
  { kind: 'bridge', word: '示意桥', count: 11 },
  { kind: 'fire-station', word: '示意消防站', count: counties.length },
  { kind: 'hydrant', word: '示意消火栓', count: 16 },
  { kind: 'warehouse', word: '示意仓库', count: 10 },
]
/** Rail runs in the five districts of the town only. */
const railed = ['220102', '220103', '220104', '220105', '220106']

function countyOf(kind: FacilityKind, index: number, count: number): string {
  if (kind === 'fire-station') return counties[index]!.code
  return kind === 'metro' ? railed[index % railed.length]! : dealt(count)[index]!
}

const stocked = remembered(1, (seed): readonly Facility[] =>
  stock.flatMap(({ kind, word, count }) =>
    Array.from({ length: count }, (_, index): Facility => {
      const id = numbered(`facility-${kind}-`, index + 1)
      const named = { id, kind, name: numbered(word, index + 1) }
      if (kind === 'bridge') {
        const place = toLonLat(bridges()[index]!.point)
        return { ...named, region: countyAt(place)!, place }
      }
      const region = countyOf(kind, index, count)
      const place = placeBeside(seed, region, kind === 'fire-station' ? 1_500 : 5_000, 'geo', id)
      return { ...named, region, place }
    }),
  ),
)

export function facilitiesOf(seed: string): readonly Facility[] {
  return stocked(seed, 0)
}

/** What an incident of a kind can trouble in its neighbourhood. */
const touches: Readonly<Record<string, readonly FacilityKind[]>> = {
  道路积水: ['metro', 'bridge', 'hospital'],
  停电: ['hospital', 'metro', 'care-home'],
  供水: ['care-home', 'school', 'hospital'],
  燃气泄漏: ['school', 'care-home'],
  火情: ['warehouse', 'hydrant'],
  供热: ['care-home', 'school'],
  道路结冰: ['bridge'],
  交通设施: ['metro', 'bridge'],
}
const nearM = 4_000

/** Facilities in trouble, with the level: one near each open incident that can reach it, low-lying ones in strong rain, and those in the water. */
export function troubledAt(seed: string, epochMs: number): ReadonlyMap<string, Level> {
  const troubled = new Map<string, Level>()
  const rain = rainSum(seed, epochMs, 2)
  for (const { id, kind } of facilitiesOf(seed)) {
    const low = (kind === 'metro' || kind === 'bridge') && fraction(seed, 'geo', id, 'low') < rain / 60
    if (low) troubled.set(id, rain > 12 ? 3 : 4)
  }
  const edge = waterEdge(seed, epochMs, epochMs)
  if (edge)
    for (const { id, kind, place } of facilitiesOf(seed))
      if (kind !== 'bridge' && ringHolds(edge, toMetres(place))) troubled.set(id, 3)
  for (const { report } of incidentsOpenAt(seed, epochMs)) {
    const kinds = touches[report.kind]
    if (!kinds || !report.place) continue
    const spot = toMetres([report.place.longitude, report.place.latitude])
    const [nearest] = facilitiesOf(seed)
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ id, place }) => ({ id, far: distance(spot, toMetres(place)) }))
      .sort((a, b) => a.far - b.far)
    if (nearest && nearest.far < nearM) troubled.set(nearest.id, report.urgency === 'urgent' ? 3 : 4)
  }
  return troubled
}

function readAt(seed: string, epochMs: number): MapFeature[] {
  const troubled = troubledAt(seed, epochMs)
  return facilitiesOf(seed).map(({ id, kind, name, region, place }) => {
    const level = troubled.get(id)
    const state =
      level === undefined ? ({ state: 'normal' } as const) : ({ state: 'trouble', level } as const)
    return featureOf('facilities', id, pointAt(place), { kind, name, region, ...state })
  })
}

export const facilitiesStepMs = 5 * minuteMs
export const facilities = lastKnown(facilitiesStepMs, readAt)
