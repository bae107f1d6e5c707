import type { SidedDrawing } from '../sided-layers.ts'
import type { FlatDrawing } from './flat-drawing.ts'

/** What the ground keeps of its colour while what lies below it is looked at, as on the 3D map. */
const GROUND_SHARE = 0.35

/** Of the layers only this lies below the base map: its water and streets lie on the districts' land. */
const LAND: ReadonlySet<string> = new Set(['district-land-side', 'district-land-area'])

/**
 * Drawings from the ground up: the districts' land, the base map, the layers in their order. Underground the base map and every
 * area that lies on it are pale, so that what lies below shows.
 */
export function flatOrder(
  drawings: readonly (FlatDrawing & SidedDrawing)[],
  ground: FlatDrawing | undefined,
  underground: boolean,
): (FlatDrawing & SidedDrawing)[] {
  const land = drawings.filter(isLand)
  const layers = drawings.filter((drawing) => !isLand(drawing))
  if (!underground) return [...land, ...(ground ? [ground] : []), ...layers]
  const pale = (drawing: FlatDrawing & SidedDrawing) => faded(drawing, GROUND_SHARE)
  return [
    ...land.map(pale),
    ...(ground ? [pale(ground)] : []),
    ...layers.map((drawing) => (drawing.lies ? pale(drawing) : drawing)),
  ]
}

/** Either half of a comparison of instants has a ground of its own: district-land-area@left. */
function isLand({ id }: FlatDrawing): boolean {
  return LAND.has(id.replace(/@\w+$/, ''))
}

function faded<D extends FlatDrawing>(drawing: D, share: number): D {
  return {
    ...drawing,
    paint(canvas, frame) {
      canvas.save()
      canvas.globalAlpha = share
      drawing.paint(canvas, frame)
      canvas.restore()
    },
  }
}
