import type { SidedDrawing } from '../sided-layers.ts'
import type { Canvas, FlatDrawing, FlatFrame } from './flat-drawing.ts'

/** Paints a drawing, cut off at the divider when it stands on one side of a comparison only. */
export function paintOnSide(
  canvas: Canvas,
  drawing: FlatDrawing & SidedDrawing,
  frame: FlatFrame,
  divider: number,
): void {
  if (!drawing.side) {
    drawing.paint(canvas, frame)
    return
  }
  const { width, height } = frame.camera
  const at = divider * width
  canvas.save()
  canvas.beginPath()
  if (drawing.side === 'left') canvas.rect(0, 0, at, height)
  else canvas.rect(at, 0, width - at, height)
  canvas.clip()
  drawing.paint(canvas, frame)
  canvas.restore()
}

/** False where the divider hides what is drawn at that column, CSS pixels. */
export function isSeenAt({ side }: SidedDrawing, x: number, { camera }: FlatFrame, divider: number): boolean {
  return side === undefined || (side === 'left') === x < divider * camera.width
}
