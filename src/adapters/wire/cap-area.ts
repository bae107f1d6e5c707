import type { XmlElement } from './xml-tree.ts'
import { childrenOf, textOf } from './xml-tree.ts'

/** Longitude and latitude, as everywhere in the project; CAP writes them the other way round. */
export type Place = readonly [lon: number, lat: number]

export interface CapArea {
  description: string
  polygons: Place[][]
  circles: { centre: Place; radiusKm: number }[]
  geocodes: { name: string; value: string }[]
}

/** An area of CAP 1.2; what is no polygon (four pairs at least, closed) and no circle is left out and counted. */
export function readArea(area: XmlElement): { area: CapArea; faults: string[] } {
  const faults: string[] = []
  const polygons = childrenOf(area, 'polygon').flatMap(({ text }) => {
    const ring = text.trim().split(/\s+/).map(placeOf)
    const [first, last] = [ring[0], ring.at(-1)]
    const closed = first && last && first[0] === last[0] && first[1] === last[1]
    if (ring.length >= 4 && closed && ring.every((place) => place !== undefined)) return [ring]
    faults.push('a polygon is not a closed list of lat,lon')
    return []
  })
  const circles = childrenOf(area, 'circle').flatMap(({ text }) => {
    const [place = '', radius = ''] = text.trim().split(/\s+/)
    const centre = placeOf(place)
    if (centre && /^\d+(\.\d+)?$/.test(radius)) return [{ centre, radiusKm: Number(radius) }]
    faults.push('a circle is not lat,lon and kilometres')
    return []
  })
  const geocodes = childrenOf(area, 'geocode').map((code) => ({
    name: textOf(code, 'valueName') ?? '',
    value: textOf(code, 'value') ?? '',
  }))
  return { area: { description: textOf(area, 'areaDesc') ?? '', polygons, circles, geocodes }, faults }
}

function placeOf(pair: string): Place | undefined {
  const [, lat, lon] = /^(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)$/.exec(pair) ?? []
  if (lat === undefined || lon === undefined) return undefined
  const place: Place = [Number(lon), Number(lat)]
  return Math.abs(place[0]) <= 180 && Math.abs(place[1]) <= 90 ? place : undefined
}

/** Whether a place lies in one of the area's polygons or circles. */
export function covers({ polygons, circles }: CapArea, place: Place): boolean {
  return (
    polygons.some((ring) => inRing(place, ring)) ||
    circles.some(({ centre, radiusKm }) => kilometres(centre, place) <= radiusKm)
  )
}

/** By the crossings of a ray to the east. */
function inRing([lon, lat]: Place, ring: readonly Place[]): boolean {
  let inside = false
  for (let at = 1; at < ring.length; at++) {
    const [[aLon, aLat], [bLon, bLat]] = [ring[at - 1]!, ring[at]!]
    if (aLat > lat !== bLat > lat && lon < aLon + ((lat - aLat) / (bLat - aLat)) * (bLon - aLon))
      inside = !inside
  }
  return inside
}

function kilometres(a: Place, b: Place): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180
  const [dLat, dLon] = [rad(b[1] - a[1]), rad(b[0] - a[0])]
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(rad(a[1])) * Math.cos(rad(b[1])) * Math.sin(dLon / 2) ** 2
  return 2 * 6371 * Math.asin(Math.sqrt(h))
}
