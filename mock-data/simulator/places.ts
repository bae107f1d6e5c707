/** The eleven county units with their share of the city's public revenue, use of power and 12345 volume (shares are assumed). */
export const counties = [
  { code: '220102', revenue: 16, power: 12, voice: 15, industry: 0.4 },
  { code: '220103', revenue: 9, power: 10, voice: 11, industry: 0.3 },
  { code: '220104', revenue: 18, power: 13, voice: 16, industry: -0.5 },
  { code: '220105', revenue: 8, power: 9, voice: 10, industry: -1.6 },
  { code: '220106', revenue: 11, power: 15, voice: 12, industry: 2.1 },
  { code: '220112', revenue: 6, power: 5, voice: 5, industry: -1.1 },
  { code: '220113', revenue: 8, power: 9, voice: 7, industry: -0.8 },
  { code: '220122', revenue: 7, power: 8, voice: 7, industry: -0.9 },
  { code: '220182', revenue: 5, power: 6, voice: 5, industry: -0.6 },
  { code: '220183', revenue: 5, power: 6, voice: 5, industry: -2.3 },
  { code: '220184', revenue: 7, power: 7, voice: 7, industry: 1.1 },
] as const

/** Development zones overlap the county units: `overlap` is a share of the city's figure, and the shares add up to nothing. */
export const zones = [
  { code: 'zone:changchun-new-area', overlap: 0.17, industry: 0.2 },
  { code: 'zone:220171', overlap: 0.1, industry: -0.8 },
  { code: 'zone:220172', overlap: 0.09, industry: -1.7 },
  { code: 'zone:220174', overlap: 0.12, industry: 2.6 },
  { code: 'zone:lianhuashan', overlap: 0.012, industry: -2.9 },
  { code: 'zone:china-korea', overlap: 0.017, industry: 1.2 },
] as const

export const city = '220100'

export interface Place {
  region: string
  dims: Record<string, string>
}

export const cityOnly: readonly Place[] = [{ region: city, dims: {} }]
export const countyPlaces: readonly Place[] = counties.map(({ code }) => ({ region: code, dims: {} }))
export const zonePlaces: readonly Place[] = zones.map(({ code }) => ({ region: code, dims: {} }))

export function withDim(key: string, values: readonly string[]): readonly Place[] {
  return values.map((value) => ({ region: city, dims: { [key]: value } }))
}

export const airStations = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K'] as const
export const waterSections = ['songhua-a', 'yinma-b', 'yinma-c', 'yitong-d', 'yitong-e', 'yitong-f'] as const
export const industries = [
  'auto',
  'rail',
  'optoelectronics',
  'biomedicine',
  'aerospace',
  'agrifood',
  'equipment',
  'materials',
] as const
export const topics = [
  'ponding',
  'water-supply',
  'property',
  'night-noise',
  'bus',
  'heating',
  'roads',
  'social-security',
  'sanitation',
  'parking',
] as const
export const pondingSensors = ['A', 'B', 'C', 'D', 'E', 'F'] as const
export const riverGauges = ['songhua-a', 'yinma-b', 'yitong-d', 'yitong-e'] as const
export const gasSensors = ['A', 'B', 'C', 'D'] as const
