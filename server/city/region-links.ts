import type { Region } from '../../src/domain/region.ts'
import { boundaryChanges, datedTrees } from '../../src/domain/regions-at.ts'
import type { Placed } from './references.ts'
import type { CityError } from './yaml-file.ts'

type Link = 'parent' | 'operatingParent'
type Known = ReadonlyMap<string, Region>

/** Regions that on some day make no tree: two of one code, a circle, a zone that would be summed, an operating parent that is no zone. Codes are known. */
export function treeErrors(places: readonly Placed<Region>[]): CityError[] {
  const whole = faultOf(places.map(({ value }) => value))
  if (whole === undefined) return []
  const known: Known = new Map(places.map(({ value }) => [value.code, value]))
  const links: Link[] = ['parent', 'operatingParent']
  const found = places.flatMap(({ value, file, base }) =>
    links.flatMap((link) => {
      const fault = faultOf(judged(value, link, known))
      return fault === undefined ? [] : [file.errorAt([...base, link], fault)]
    }),
  )
  return found.length > 0 ? found : places.slice(0, 1).map(({ file }) => file.errorAt([], whole))
}

function faultOf(regions: readonly Region[]): string | undefined {
  try {
    const treeAt = datedTrees(regions)
    for (const day of ['0000', ...boundaryChanges(regions)]) treeAt(day)
    return undefined
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause)
  }
}

/** What one link of a region is judged by: its circle, or both ends alone, so that no region answers for another's fault. */
function judged(region: Region, link: Link, known: Known): Region[] {
  const end = known.get(region[link] ?? '')
  if (!end) return []
  const circle = link === 'parent' ? circleOf(region, known) : undefined
  const linked = { ...alone(region), [link]: end.code }
  return circle ?? (end === region ? [linked] : [linked, alone(end)])
}

function circleOf(region: Region, known: Known): Region[] | undefined {
  const circle = new Set([region])
  let next = known.get(region.parent ?? '')
  while (next && !circle.has(next)) {
    circle.add(next)
    next = known.get(next.parent ?? '')
  }
  return next === region ? [...circle] : undefined
}

function alone({ parent: _parent, operatingParent: _operatingParent, ...region }: Region): Region {
  return region
}
