import type { AreaItem, LineItem } from '../../../contracts/map-kit.ts'
import type { Area } from './area-geometry.ts'
import type { Ribbon } from './ribbon-geometry.ts'
import type { Tube } from './tube-geometry.ts'

/** Areas by the way they are drawn; an item may be filled and hatched by nobody, and then is only an edge. */
export function areaParts(items: readonly AreaItem[]): { solid: Area[]; plain: Area[]; hatched: Area[] } {
  const parts: { solid: Area[]; plain: Area[]; hatched: Area[] } = { solid: [], plain: [], hatched: [] }
  items.forEach(({ polygons, fill, height = 0, hatch, feature }, index) => {
    if (!fill || fill[3] === 0) return
    const into = height > 0 ? parts.solid : hatch ? parts.hatched : parts.plain
    for (const polygon of polygons)
      into.push({ polygon, fill, height, row: feature === undefined ? undefined : index })
  })
  return parts
}

/** Closed edges of areas, on the roof where they stand. */
export function areaRibbons(items: readonly AreaItem[]): Ribbon[] {
  return items.flatMap(({ polygons, edge, edgeWidth = 1, dash, height = 0, feature }, index) => {
    if (!edge) return []
    return polygons.flat().flatMap((ring): Ribbon[] => {
      if (ring.length < 2) return []
      const path = [...ring, ring[0]!].map(([east, north, up]): [number, number, number] => [
        east,
        north,
        up + height,
      ])
      const row = feature === undefined ? undefined : index
      return [{ path, color: edge, width: edgeWidth, row, ...(dash ? { dash } : {}) }]
    })
  })
}

/** A tick's own breadth along the line, in u. */
const TICK = 3

/** Lines as casings, strokes and ticks, in this order from the ground up, and those that are tubes. */
export function lineParts(items: readonly LineItem[]): { ribbons: Ribbon[]; tubes: Tube[] } {
  const flat = items.flatMap((item, index) =>
    item.diameter === undefined ? [{ item, row: item.feature === undefined ? undefined : index }] : [],
  )
  const casings = flat.flatMap(({ item: { casing, path }, row }) =>
    casing ? [{ path, row, ...casing }] : [],
  )
  const strokes = flat.map(({ item: { path, color, width, dash }, row }) => ({
    path,
    color,
    width,
    row,
    ...(dash ? { dash } : {}),
  }))
  const ticks = flat.flatMap(({ item: { path, ticks: of }, row }) =>
    of ? [{ path, row, color: of.color, width: of.length, dash: tickDash(of.every) }] : [],
  )
  const tubes = items.flatMap(({ path, color, diameter, width, feature }, index): Tube[] =>
    diameter === undefined
      ? []
      : [{ path, color, diameter, width, row: feature === undefined ? undefined : index }],
  )
  return { ribbons: [...casings, ...strokes, ...ticks], tubes }
}

function tickDash(every: number): [number, number] {
  const on = Math.min(TICK, every / 2)
  return [on, every - on]
}
