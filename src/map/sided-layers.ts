import type { MapLabel } from '../contracts/map-drawing.ts'
import type { Drawing, MapKit } from '../contracts/map-kit.ts'
import type { MapLayer, SituationView } from '../contracts/map-layer.ts'
import type { Comparison, Side } from '../stores/map-view.ts'
import type { ShownLayer } from './useMapLayers.ts'

/** A label or a drawing that stands on one side of the divider only; `past`: what it prints is of that side's instant. */
export type SidedLabel = MapLabel & { side?: Side; past?: boolean }
export type SidedDrawing = Drawing & { side?: Side }

/** What a side that stands at an instant of its own knows, made of what the map knows. */
export type SideView = (view: SituationView) => SituationView
export type SideViews = Readonly<Partial<Record<Side, SideView>>>

const known = new WeakMap<MapLayer, Partial<Record<Side, MapLayer>>>()
const sides = ['left', 'right'] as const

/** Each half that draws a layer for itself; `undefined` where one drawing serves the whole map. */
export function drawnFor(id: string, comparison: Comparison | undefined): readonly (Side | undefined)[] {
  const on = sides.find((side) => comparison?.[side].has(id))
  const isTimed = Object.keys(comparison?.instants ?? {}).length > 0
  return on || !isTimed ? [on] : sides
}

/**
 * The layers with the side each was put on; those on both sides stay as they are, but where a side stands at an instant of its
 * own: there each half draws the layer for itself.
 */
export function sidedLayers(
  shown: readonly ShownLayer[],
  comparison: Comparison | undefined,
  views: SideViews = {},
): MapLayer[] {
  const isTimed = Object.keys(comparison?.instants ?? {}).length > 0
  return shown.flatMap(({ id, layer, half }) =>
    drawnFor(id, comparison).map((side) => {
      if (side === undefined) return layer
      const own = onSide(half?.(side) ?? layer, side, isTimed)
      return views[side] ? atInstant(own, views[side]) : own
    }),
  )
}

/** The same object for the same layer and side, so that nothing is drawn anew for it. */
function onSide(layer: MapLayer, side: Side, both: boolean): MapLayer {
  const of = known.get(layer) ?? {}
  known.set(layer, of)
  // A house is of one colour: where only one half shows the water, or each its own, none is tinted.
  const { wet: _both, ...plain } = layer
  const single = (of[side] ??= {
    ...plain,
    build: (view, kit) =>
      layer.build(view, kit).map((drawing) => Object.assign(drawing, { side }) satisfies SidedDrawing),
    ...(layer.labels
      ? { labels: (view): SidedLabel[] => layer.labels!(view).map((label) => ({ ...label, side })) }
      : {}),
  })
  return both ? renamed(single, side) : single
}

/** With ids of its own, because the other half draws the same things. */
function renamed(layer: MapLayer, side: Side): MapLayer {
  return {
    ...layer,
    build: (view, kit) => layer.build(view, renaming(kit, side)),
    ...(layer.labels
      ? { labels: (view) => layer.labels!(view).map((label) => ({ ...label, id: `${label.id}@${side}` })) }
      : {}),
  }
}

function renaming(kit: MapKit, side: Side): MapKit {
  const named = <S extends { id: string }>(shape: S): S => ({ ...shape, id: `${shape.id}@${side}` })
  return {
    mesh: (shape) => kit.mesh(named(shape)),
    areas: (shape) => kit.areas(named(shape)),
    lines: (shape) => kit.lines(named(shape)),
    dots: (shape) => kit.dots(named(shape)),
    heat: (shape) => kit.heat(named(shape)),
    hexagons: (shape) => kit.hexagons(named(shape)),
    arcs: (shape) => kit.arcs(named(shape)),
    trips: (shape) => kit.trips(named(shape)),
  }
}

function atInstant(layer: MapLayer, of: SideView): MapLayer {
  return {
    ...layer,
    // It stands at its instant: nothing is built again for the one that runs.
    moves: false,
    build: (view, kit) => layer.build(of(view), kit),
    ...(layer.labels
      ? { labels: (view): SidedLabel[] => layer.labels!(of(view)).map((label) => ({ ...label, past: true })) }
      : {}),
  }
}
