export type LonLat = [longitude: number, latitude: number]
export type Ring = LonLat[]
export type Polygons = Ring[][]

export interface SourceFeature {
  properties: { gb: string; full_name: string; city?: string; province?: string }
  geometry: { type: 'MultiPolygon'; coordinates: Polygons } | { type: 'Polygon'; coordinates: Ring[] }
}

export interface SourceCollection {
  type: 'FeatureCollection'
  features: SourceFeature[]
}

export interface RegionFeature {
  type: 'Feature'
  properties: { code: string; name: string; anchor: LonLat }
  geometry: { type: 'MultiPolygon'; coordinates: Polygons }
}

export interface RegionCollection {
  type: 'FeatureCollection'
  features: RegionFeature[]
}
