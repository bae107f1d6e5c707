import type { Drawing, Rgba } from '../../contracts/map-kit.ts'
import type { EnuMetres } from '../../contracts/map-layer.ts'
import { type FlatCamera, type ScreenPoint, toScreen } from './flat-camera.ts'

/** The members of a 2D context that the flat map draws with. */
export type Canvas = CanvasRenderingContext2D

/** What is known while a frame is painted. */
export interface FlatFrame {
  camera: FlatCamera
  /** CSS pixels of a u. */
  u: number
}

/** A shape of the kit on a canvas. */
export interface FlatDrawing extends Drawing {
  paint(canvas: Canvas, frame: FlatFrame): void
  /** `collection/id` of what is drawn on top at that point, CSS pixels. */
  hit?(x: number, y: number, frame: FlatFrame): string | undefined
  /** Painted again each frame while it is shown. */
  moving?: boolean
  /** Areas flat on the ground: pale while what lies below is looked at. */
  lies?: boolean
}

export function isFlatDrawing(drawing: Drawing): drawing is FlatDrawing {
  return 'paint' in drawing
}

export function cssColour([red, green, blue, alpha]: Rgba): string {
  return `rgb(${red} ${green} ${blue} / ${(alpha / 255).toFixed(3)})`
}

export function screenPath(path: readonly EnuMetres[], { camera }: FlatFrame): ScreenPoint[] {
  return path.map((at) => toScreen(camera, at))
}

/** Begins a path of rings or of one line. */
export function trace(canvas: Canvas, paths: readonly (readonly ScreenPoint[])[], closed: boolean): void {
  canvas.beginPath()
  for (const path of paths) {
    for (const [index, { x, y }] of path.entries()) {
      if (index === 0) canvas.moveTo(x, y)
      else canvas.lineTo(x, y)
    }
    if (closed) canvas.closePath()
  }
}

/** Distance of a point from a line of corners, CSS pixels; Infinity from nothing. */
export function distanceTo(path: readonly ScreenPoint[], x: number, y: number): number {
  let nearest = Infinity
  for (let index = 1; index < path.length; index++) {
    const [from, to] = [path[index - 1]!, path[index]!]
    const [dx, dy] = [to.x - from.x, to.y - from.y]
    const along = ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy || 1)
    const share = Math.min(1, Math.max(0, along))
    nearest = Math.min(nearest, Math.hypot(x - from.x - dx * share, y - from.y - dy * share))
  }
  return nearest
}
