import type { FlatCamera } from './flat-camera.ts'
import type { Canvas, FlatFrame } from './flat-drawing.ts'

/** CSS pixels painted beyond each edge of the map: so far it is dragged before the ground is painted anew. */
const MARGIN = 192

interface Painted {
  sheet: OffscreenCanvas
  camera: FlatCamera
  look: string
}

/**
 * A picture of the ground a little larger than the map. While the map is dragged, or only what moves on it is drawn anew, this
 * picture is laid down instead of thousands of lines.
 */
export class GroundSheet {
  private readonly draw: (canvas: Canvas, frame: FlatFrame) => void
  private painted: Painted | undefined

  /** @param draw paints the ground of a frame on an empty canvas whose unit is a CSS pixel */
  constructor(draw: (canvas: Canvas, frame: FlatFrame) => void) {
    this.draw = draw
  }

  /** @param canvas its unit is a CSS pixel */
  paint(canvas: Canvas, frame: FlatFrame): void {
    const scale = window.devicePixelRatio || 1
    const { sheet, camera } = this.covering(frame, scale)
    const { metresPerPixel } = camera
    // On whole pixels of the screen: between two of them every line would blur.
    const whole = (pixels: number): number => Math.round(pixels * scale) / scale
    const right = whole((camera.east - frame.camera.east) / metresPerPixel - MARGIN)
    const down = whole((frame.camera.north - camera.north) / metresPerPixel - MARGIN)
    canvas.drawImage(sheet, right, down, sheet.width / scale, sheet.height / scale)
  }

  private covering({ camera, u }: FlatFrame, scale: number): Painted {
    const { width, height, metresPerPixel } = camera
    const look = [width, height, metresPerPixel, u, scale].join()
    const before = this.painted
    if (
      before?.look === look &&
      Math.abs(before.camera.east - camera.east) <= MARGIN * metresPerPixel &&
      Math.abs(before.camera.north - camera.north) <= MARGIN * metresPerPixel
    )
      return before
    const [across, along] = [width + 2 * MARGIN, height + 2 * MARGIN]
    const [sheetWidth, sheetHeight] = [Math.round(across * scale), Math.round(along * scale)]
    // One sheet is kept for good: a new one each step of a zoom would be tens of megabytes each.
    const kept = before?.sheet
    const fits = kept?.width === sheetWidth && kept.height === sheetHeight
    const sheet = fits ? kept : new OffscreenCanvas(sheetWidth, sheetHeight)
    const surface = sheet.getContext('2d') as unknown as Canvas
    surface.setTransform(1, 0, 0, 1, 0, 0)
    surface.clearRect(0, 0, sheetWidth, sheetHeight)
    surface.setTransform(scale, 0, 0, scale, 0, 0)
    this.draw(surface, { camera: { ...camera, width: across, height: along }, u })
    this.painted = { sheet, camera, look }
    return this.painted
  }
}
