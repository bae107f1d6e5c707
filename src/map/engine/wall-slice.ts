import { PerspectiveFrustum } from '@cesium/engine'
import { FOVY } from './city-camera.ts'

/** Which part of one picture this screen shows: screens of equal size, `bezel` CSS pixels of frame between two of them. */
export interface WallSlice {
  column: number
  row: number
  columns: number
  rows: number
  bezel: { x: number; y: number }
}

/**
 * Reads `?slice=col,row,cols,rows&bezel=x,y`; columns from the left and rows from the top, both from 0.
 * @returns undefined when nothing or nothing sensible is asked for
 */
export function readSlice(search: string): WallSlice | undefined {
  const asked = new URLSearchParams(search)
  const numbers = (name: string): number[] => (asked.get(name) ?? '').split(',').map(Number)
  const [column = NaN, row = NaN, columns = NaN, rows = NaN] = numbers('slice')
  const [x = 0, y = x] = numbers('bezel')
  const whole = [column, row, columns, rows].every((value) => Number.isInteger(value) && value >= 0)
  if (!asked.has('slice') || !whole || column >= columns || row >= rows || !(x >= 0 && y >= 0))
    return undefined
  return { column, row, columns, rows, bezel: { x, y } }
}

/** CSS pixels of the whole picture, frames included, of which this screen is one. */
export function pictureSize(
  screen: { width: number; height: number },
  slice: WallSlice | undefined,
): { width: number; height: number } {
  if (!slice) return screen
  return {
    width: slice.columns * screen.width + (slice.columns - 1) * slice.bezel.x,
    height: slice.rows * screen.height + (slice.rows - 1) * slice.bezel.y,
  }
}

/** The screen's own vertical angle in radians, and how far its centre is off the camera's axis, as tangents. */
export function sliceFrustum(
  screen: { width: number; height: number },
  slice: WallSlice | undefined,
): { fovy: number; center: { x: number; y: number } } {
  if (!slice) return { fovy: FOVY, center: { x: 0, y: 0 } }
  const picture = pictureSize(screen, slice)
  const perPixel = (2 * Math.tan(FOVY / 2)) / picture.height
  const [left, top] = [
    slice.column * (screen.width + slice.bezel.x),
    slice.row * (screen.height + slice.bezel.y),
  ]
  return {
    fovy: 2 * Math.atan((perPixel * screen.height) / 2),
    center: {
      x: (left + screen.width / 2 - picture.width / 2) * perPixel,
      y: (picture.height / 2 - top - screen.height / 2) * perPixel,
    },
  }
}

/**
 * Makes a Cesium frustum look off its axis. Cesium's own offset is metres on the near plane, and Cesium draws with clones
 * whose near plane it moves; an offset that follows the near plane keeps the same angles in all of them.
 */
export function offsetFrustum(frustum: PerspectiveFrustum, center: { x: number; y: number }): void {
  const follow = (axis: 'xOffset' | 'yOffset', tangent: number): void =>
    void Object.defineProperty(frustum, axis, {
      configurable: true,
      enumerable: true,
      get: () => frustum.near * tangent,
      set: (_metres: number) => {},
    })
  follow('xOffset', center.x)
  follow('yOffset', center.y)
  frustum.clone = (result?: PerspectiveFrustum) => {
    const copy = PerspectiveFrustum.prototype.clone.call(frustum, result)
    offsetFrustum(copy, center)
    return copy
  }
}
