import type { Layer } from '@deck.gl/core'
import type { Drawing } from '../../contracts/map-kit.ts'
import { DrawnShape } from './deck-kit.ts'
import { KitLayer } from './kit/kit-layer.ts'

/**
 * deck.gl layers of all drawings: solids first, whatever the order of the layers, because everything after them is tested
 * against their depth; what lies flat follows in the order it was given.
 */
export function drawOrder(drawings: readonly Drawing[]): Layer[] {
  const layers = drawings.flatMap((drawing) =>
    // What the kit made; whatever else a layer hands back is a deck.gl layer of its own.
    drawing instanceof DrawnShape ? drawing.layers : [drawing as Layer],
  )
  return [...layers.filter(isSolid), ...layers.filter((layer) => !isSolid(layer))]
}

function isSolid(layer: Layer): boolean {
  return layer instanceof KitLayer && layer.props.solid
}
