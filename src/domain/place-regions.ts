import type { Region, RegionCode } from './region.ts'

/** What lies directly under a region, by administration or operation; with `all`, everything under those too, each once. */
export function regionsBelow(
  regions: readonly Region[],
  parent: RegionCode,
  depth: '1' | 'all',
): readonly Region[] {
  const within = new Set([parent])
  const isBelow = ({ parent: over, operatingParent }: Region): boolean =>
    (over !== undefined && within.has(over)) || (operatingParent !== undefined && within.has(operatingParent))
  if (depth === '1') return regions.filter(isBelow)
  const found = new Set<Region>()
  let before = -1
  // Parents may stand after their children in the list, so it is gone through until nothing is new.
  while (found.size > before) {
    before = found.size
    for (const region of regions) {
      if (found.has(region) || !isBelow(region)) continue
      found.add(region)
      within.add(region.code)
    }
  }
  return regions.filter((region) => found.has(region))
}

/** From the outermost to the region itself, by administrative parents; what nobody knows ends the way. */
export function pathTo(code: RegionCode, regionOf: (code: RegionCode) => Region | undefined): Region[] {
  const path: Region[] = []
  let at = regionOf(code)
  while (at && !path.includes(at)) {
    path.unshift(at)
    at = at.parent === undefined ? undefined : regionOf(at.parent)
  }
  return path
}
