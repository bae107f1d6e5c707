import type { Drawing } from '../../contracts/map-kit.ts'
import type { SidedDrawing } from '../sided-layers.ts'
import { DrawnShape } from './deck-kit.ts'
import { KitLayer, type KitLayerProps } from './kit/kit-layer.ts'

/**
 * The same drawings, those on one side of a comparison cut off at the divider. Their geometry is shared, so that moving the
 * divider sends two numbers to the card.
 * @param divider share of the canvas's width left of it
 */
export function clipSides(drawings: readonly SidedDrawing[], divider: number): Drawing[] {
  return drawings.map((drawing) => {
    const { side } = drawing
    if (!side || !(drawing instanceof DrawnShape)) return drawing
    const clip = side === 'left' ? ([0, divider] as const) : ([divider, 1] as const)
    return new DrawnShape(
      drawing.id,
      drawing.layers.map((layer) =>
        layer instanceof KitLayer ? layer.clone({ clip } satisfies Partial<KitLayerProps> as object) : layer,
      ),
    )
  })
}
