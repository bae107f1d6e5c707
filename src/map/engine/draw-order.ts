import type { Layer } from '@deck.gl/core'
import type { Drawing } from '../../contracts/map-kit.ts'
import { DrawnShape } from './deck-kit.ts'
import { GROUND_ID } from './base-vectors.ts'
import { KitLayer } from './kit/kit-layer.ts'
import { MeshLayer } from './kit/mesh-layer.ts'
import { OccluderLayer } from './kit/occluder-layer.ts'
import { ReliefDepthLayer } from './kit/relief-layer.ts'
import { TubeLayer } from './kit/tube-layer.ts'

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
  const land = drawings.filter(isLand).flatMap(layersOf)
  const layers = drawings.filter((drawing) => !isLand(drawing)).flatMap(layersOf)
  const [solid, flat] = [layers.filter(isSolid), layers.filter((layer) => !isSolid(layer))]
  if (underground) return belowGround([...land, ...flat], solid)
  const hills = solid.filter((layer) => layer instanceof ReliefDepthLayer)
  if (hills.length === 0) return [...solid, ...land, ...flat]
  // A district is too large to follow every crest: only buildings hide its land, and the relief comes after it.
  const walls = solid.filter((layer) => layer instanceof OccluderLayer)
  const others = solid.filter(
    (layer) => !(layer instanceof OccluderLayer) && !(layer instanceof ReliefDepthLayer),
  )
  return [
    ...walls,
    ...land.map((layer) => layer.clone({ lowest: true } as object)),
    ...hills,
    ...others,
    ...flat,
  ]
}

function belowGround(flat: readonly Layer[], solid: readonly Layer[]): Layer[] {
  const ground = flat
    .filter(isGround)
    .map((layer) => layer.clone({ opacity: layer.props.opacity * GROUND_SHARE }))
  const bare = solid.map((layer) => (layer instanceof TubeLayer ? layer.clone({ through: true }) : layer))
  return [...ground, ...bare, ...flat.filter((layer) => !isGround(layer))]
}

/** Either half of a comparison of instants has a ground of its own: district-land-area@left. */
function isLand({ id }: Drawing): boolean {
  return LAND.has(id.replace(/@\w+$/, ''))
}

/** What the kit made; whatever else a layer hands back is a deck.gl layer of its own. */
function layersOf(drawing: Drawing): readonly Layer[] {
  return drawing instanceof DrawnShape ? drawing.layers : [drawing as Layer]
}

function isSolid(layer: Layer): boolean {
  return layer instanceof KitLayer && layer.props.solid
}

/** The base map, and every area that lies on it: a pipe below must not end at its rim. */
function isGround(layer: Layer): boolean {
  return layer instanceof MeshLayer || layer.id.startsWith(GROUND_ID)
}
