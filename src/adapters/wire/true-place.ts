import * as v from 'valibot'
import type { Position } from './position.ts'

/** How a source writes places. CGCS2000 and WGS 84 are one to within a metre; the map services' own systems are hundreds of metres off. */
export const PlaceSystemSchema = v.picklist(['WGS84', 'CGCS2000', 'GCJ-02', 'BD-09'])
export type PlaceSystem = v.InferOutput<typeof PlaceSystemSchema>

/** A delivered position as longitude and latitude of WGS 84, or undefined where it is none on Earth. */
export async function truePlace(
  delivered: Position,
  system: PlaceSystem,
  latitudeFirst: boolean,
): Promise<Position | undefined> {
  const [x, y] = latitudeFirst ? [delivered[1], delivered[0]] : delivered
  if (!(Math.abs(x) <= 180 && Math.abs(y) <= 90)) return undefined
  if (system === 'WGS84' || system === 'CGCS2000') return [x, y]
  const { default: gcoord } = await import('gcoord')
  return gcoord.transform([x, y], system === 'GCJ-02' ? gcoord.GCJ02 : gcoord.BD09, gcoord.WGS84)
}

/** The region whose place is nearest, where it is no farther than that. */
export function nearestRegion(
  [lon, lat]: Position,
  places: Readonly<Record<string, Position>>,
  withinKm: number,
): string | undefined {
  const kmPerDegree = 111.2
  const narrow = Math.cos((lat * Math.PI) / 180)
  let best: { code: string; km: number } | undefined
  for (const [code, place] of Object.entries(places)) {
    const km = Math.hypot((place[0] - lon) * narrow, place[1] - lat) * kmPerDegree
    if (km <= withinKm && km < (best?.km ?? Number.POSITIVE_INFINITY)) best = { code, km }
  }
  return best?.code
}
