import type { Layer } from '@deck.gl/core'
import type { Drawing } from '../../contracts/map-kit.ts'
import { DrawnShape } from './deck-kit.ts'
import { GROUND_ID } from './base-vectors.ts'
import { KitLayer } from './kit/kit-layer.ts'
import { MeshLayer } from './kit/mesh-layer.ts'

/** What the ground keeps of its colour while what lies below it is looked at. */
const GROUND_SHARE = 0.35

/** Of the layers only this lies below the base map: its water and streets lie on the districts' land. */
const LAND: ReadonlySet<string> = new Set(['district-land-side', 'district-land-area'])

/**
 * deck.gl layers of all drawings: solids first, whatever the order of the layers, because everything after them is tested
 * against their depth; what lies flat follows in the order it was given. Underground the ground comes first and pale, so that
 * what lies below shows through them.
 */
export function drawOrder(drawings: readonly Drawing[], underground: boolean): Layer[] {
  const [land, above] = [
    drawings.filter(({ id }) => LAND.has(id)),
    drawings.filter(({ id }) => !LAND.has(id)),
  ]
  const layers = [...land, ...above].flatMap((drawing) =>
    // What the kit made; whatever else a layer hands back is a deck.gl layer of its own.
    drawing instanceof DrawnShape ? drawing.layers : [drawing as Layer],
  )
  const [solid, flat] = [layers.filter(isSolid), layers.filter((layer) => !isSolid(layer))]
  if (!underground) return [...solid, ...flat]
  const ground = flat
    .filter(isGround)
    .map((layer) => layer.clone({ opacity: layer.props.opacity * GROUND_SHARE }))
  return [...ground, ...solid, ...flat.filter((layer) => !isGround(layer))]
}

function isSolid(layer: Layer): boolean {
  return layer instanceof KitLayer && layer.props.solid
}

/** The base map, and every area that lies on it: a pipe below must not end at its rim. */
function isGround(layer: Layer): boolean {
  return layer instanceof MeshLayer || layer.id.startsWith(GROUND_ID)
}
