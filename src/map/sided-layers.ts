import type { MapLabel } from '../contracts/map-drawing.ts'
import type { Drawing } from '../contracts/map-kit.ts'
import type { MapLayer } from '../contracts/map-layer.ts'
import type { Comparison } from '../stores/map-view.ts'
import type { ShownLayer } from './useMapLayers.ts'

type Side = 'left' | 'right'

/** A label or a drawing that stands on one side of the divider only. */
export type SidedLabel = MapLabel & { side?: Side }
export type SidedDrawing = Drawing & { side?: Side }

const known = new WeakMap<MapLayer, Partial<Record<Side, MapLayer>>>()

/** The layers with the side each was put on; those on both sides stay as they are. */
export function sidedLayers(shown: readonly ShownLayer[], comparison: Comparison | undefined): MapLayer[] {
  return shown.map(({ id, layer }) => {
    if (comparison?.left.has(id)) return onSide(layer, 'left')
    return comparison?.right.has(id) ? onSide(layer, 'right') : layer
  })
}

/** The same object for the same layer and side, so that nothing is drawn anew for it. */
function onSide(layer: MapLayer, side: Side): MapLayer {
  const sides = known.get(layer) ?? {}
  known.set(layer, sides)
  return (sides[side] ??= {
    ...layer,
    build: (view, kit) =>
      layer.build(view, kit).map((drawing) => Object.assign(drawing, { side }) satisfies SidedDrawing),
    ...(layer.labels
      ? { labels: (view): SidedLabel[] => layer.labels!(view).map((label) => ({ ...label, side })) }
      : {}),
  })
}
