import { type CityKnown, type Plan, planCity } from '../../sketch/plan.ts'
import { countyOutlines } from './county-outlines.ts'

/**
 * What the base-map builder is told of the demo city: its middle as in city.yaml, its places as in GeoNames (CC-BY 4.0), and the
 * seed and number of houses of its recipe. Kept here because a page without a gateway has no packages to read; a test compares.
 */
export const demoCity: CityKnown & { seed: number } = {
  center: [125.32, 43.9],
  rings: [...countyOutlines.values()].map((ring) => [...ring, ring[0]!]),
  places: [
    { at: [125.32278, 43.88], height: 206, population: 4_714_996 },
    { at: [125.83278, 44.1525], height: 180, population: 175_115 },
    { at: [124.81979, 43.50075], height: 211, population: 140_909 },
    { at: [126.54063, 44.82751], height: 196, population: 124_736 },
    { at: [125.7, 44.53333], height: 180, population: 108_818 },
    { at: [125.65948, 43.52259], height: 210, population: 62_137 },
    { at: [125.46611, 43.95611], height: 228, population: 58_432 },
    { at: [126.89946, 45.08915], height: 173, population: 0 },
    { at: [125.16792, 44.42867], height: 200, population: 0 },
    { at: [126.91975, 45.11586], height: 161, population: 0 },
  ],
  houses: 3000,
  seed: 7,
}

let town: Plan | undefined

/** The sketch that the base map draws: what the demo tells of streets and water lies on its lines. */
export function demoTown(): Plan {
  return (town ??= planCity(demoCity, demoCity.seed))
}
