import type { Polygons, RegionCollection, SourceCollection } from './geojson.ts'
import { spreadAnchors } from './anchors.ts'

/**
 * The county units of one city out of the national collection, by code. Points are rounded to 1e-6 degrees (0.1 m) and
 * otherwise left alone: neighbours share their vertices, so thinning each unit by itself would open gaps.
 * @param city six digits of the city, 220100
 */
export function clipCity(national: SourceCollection, city: string): RegionCollection {
  const prefix = `156${city.slice(0, 4)}`
  const units = national.features
    // Features without a code are 境界线 (boundary lines), not units.
    .filter(({ properties }) => properties.gb.startsWith(prefix) && properties.gb !== `156${city}`)
    .map(({ properties, geometry }) => ({
      code: properties.gb.slice(3),
      name: properties.full_name.trim(),
      coordinates: rounded(geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates),
    }))
    .toSorted((a, b) => a.code.localeCompare(b.code))
  const anchors = spreadAnchors(units.map(({ coordinates }) => coordinates))
  const features = units.map(({ code, name, coordinates }, index) => ({
    type: 'Feature' as const,
    properties: { code, name, anchor: anchors[index]! },
    geometry: { type: 'MultiPolygon' as const, coordinates },
  }))
  if (features.length === 0)
    throw new Error(`no county unit of ${city} in the source: is the city's root code right?`)
  return { type: 'FeatureCollection', features }
}

function rounded(polygons: Polygons): Polygons {
  return polygons.map((rings) =>
    rings.map((ring) =>
      ring.map(([longitude, latitude]) => [
        Math.round(longitude * 1e6) / 1e6,
        Math.round(latitude * 1e6) / 1e6,
      ]),
    ),
  )
}
