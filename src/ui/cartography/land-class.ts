import type { Observation } from '../../domain/observation.ts'
import type { MapTheme } from '../../domain/scene.ts'

export type LandClass = 0 | 1 | 2 | 3
type Land = NonNullable<MapTheme['land']>

/** The quantity that decides a region's class: the value itself or its change on the year before; undefined is unknown, not zero. */
export function landQuantity(by: Land['by'], observation: Observation | undefined): number | undefined {
  if (by === 'value') return observation?.value ?? undefined
  const comparisons = observation?.comparisons ?? []
  return (
    comparisons.find(({ kind }) => kind === 'yoy') ?? comparisons.find(({ kind }) => kind === 'ytd-yoy')
  )?.value
}

/** The class whose upper bound is the first above the quantity; a quantity on a bound belongs to the class above it. */
export function landClass(bounds: Land['bounds'], quantity: number): LandClass {
  const below = bounds.findIndex((bound) => quantity < bound)
  return (below === -1 ? 3 : below) as LandClass
}

/** Class of one region under a theme, or undefined where the theme has no land or the region no figure. */
export function regionLandClass(
  theme: MapTheme,
  latest: (indicator: string) => Observation | undefined,
): LandClass | undefined {
  if (!theme.land) return undefined
  const quantity = landQuantity(theme.land.by, latest(theme.land.indicator))
  return quantity === undefined ? undefined : landClass(theme.land.bounds, quantity)
}
