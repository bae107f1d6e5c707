import type { Region, RegionCode } from './region.ts'

/** Regions by administrative parent. Zones overlap counties: they stand beside the tree and take no part in any sum. */
export interface RegionTree {
  roots: readonly Region[]
  get(code: RegionCode): Region | undefined
  /** Administrative children in code order, without zones. They cover the parent without overlap. */
  children(code: RegionCode): readonly Region[]
  /** From the parent up to the root. */
  ancestors(code: RegionCode): readonly Region[]
  /** All below, without zones, each before what lies under it. */
  descendants(code: RegionCode): readonly Region[]
  /** Functional zones whose parent this is. */
  zones(code: RegionCode): readonly Region[]
  /** Streets and towns that a zone runs; they still sum into their county only. */
  operatedBy(zone: RegionCode): readonly Region[]
}

/** Builds the tree or says clearly what is wrong with it: an equal code, an unknown parent, a circle. */
export function buildRegionTree(regions: readonly Region[]): RegionTree {
  const byCode = new Map<string, Region>()
  for (const region of regions) {
    if (byCode.has(region.code))
      throw new Error(
        `region ${region.code} is given twice: ${byCode.get(region.code)!.name.zh} and ${region.name.zh}`,
      )
    byCode.set(region.code, region)
  }
  checkParents(regions, byCode)
  const sorted = [...regions].sort((a, b) => (a.code < b.code ? -1 : 1))
  const inner = groupBy(
    sorted.filter(({ level }) => level !== 'zone'),
    ({ parent }) => parent,
  )
  const zones = groupBy(
    sorted.filter(({ level }) => level === 'zone'),
    ({ parent }) => parent,
  )
  const operated = groupBy(sorted, ({ operatingParent }) => operatingParent)
  const children = (code: RegionCode): readonly Region[] => inner.get(code) ?? []
  const descendants = (code: RegionCode): Region[] =>
    children(code).flatMap((child) => [child, ...descendants(child.code)])
  return {
    roots: inner.get(undefined) ?? [],
    get: (code) => byCode.get(code),
    children,
    ancestors: (code) => ancestorsIn(byCode, code),
    descendants,
    zones: (code) => zones.get(code) ?? [],
    operatedBy: (zone) => operated.get(zone) ?? [],
  }
}

function checkParents(regions: readonly Region[], byCode: ReadonlyMap<string, Region>): void {
  for (const { code, name, parent, operatingParent } of regions) {
    const label = `region ${code} (${name.zh})`
    if (parent !== undefined && !byCode.has(parent))
      throw new Error(`${label} has an unknown parent ${parent}`)
    if (parent !== undefined && byCode.get(parent)!.level === 'zone')
      throw new Error(
        `${label} has the zone ${parent} as its administrative parent; a zone may only be its operatingParent`,
      )
    if (operatingParent !== undefined && byCode.get(operatingParent)?.level !== 'zone')
      throw new Error(`${label} has an operating parent ${operatingParent} that is no known zone`)
  }
  const cleared = new Set<string>()
  for (const region of regions) {
    const path: string[] = []
    for (
      let at: Region | undefined = region;
      at && !cleared.has(at.code);
      at = at.parent === undefined ? undefined : byCode.get(at.parent)
    ) {
      if (path.includes(at.code))
        throw new Error(
          `regions are their own ancestors: ${[...path.slice(path.indexOf(at.code)), at.code].join(' → ')}`,
        )
      path.push(at.code)
    }
    for (const code of path) cleared.add(code)
  }
}

function ancestorsIn(byCode: ReadonlyMap<string, Region>, code: RegionCode): Region[] {
  const found: Region[] = []
  for (let parent = byCode.get(code)?.parent; parent !== undefined; parent = byCode.get(parent)?.parent)
    found.push(byCode.get(parent)!)
  return found
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}
