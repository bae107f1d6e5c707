import { PerspectiveFrustum } from '@cesium/engine'
import { type Part, type WallSlice, partOf } from '../../ui/wall-part.ts'
import { FOVY } from './city-camera.ts'

/**
 * What of an element this screen shows, CSS pixels from the element's top left: all of it, unless the screen is one of a wall.
 * Whole pixels, so that a canvas of that size lies on those of the screen.
 */
export function shownPart(
  element: { left: number; top: number; width: number; height: number },
  page: { width: number; height: number },
  slice: WallSlice | undefined,
): Part {
  if (!slice) return { left: 0, top: 0, width: element.width, height: element.height }
  const part = partOf(page, slice)
  const left = Math.floor(Math.max(element.left, part.left))
  const top = Math.floor(Math.max(element.top, part.top))
  const right = Math.ceil(Math.min(element.left + element.width, part.left + part.width))
  const bottom = Math.ceil(Math.min(element.top + element.height, part.top + part.height))
  return {
    left: left - element.left,
    top: top - element.top,
    width: Math.max(0, right - left),
    height: Math.max(0, bottom - top),
  }
}

/** Keeps an element on what of its container this screen shows. Places are CSS pixels of the whole container. */
export class ScreenPart {
  part: Part = { left: 0, top: 0, width: 0, height: 0 }
  private readonly element: HTMLElement
  private readonly slice: WallSlice | undefined

  constructor(element: HTMLElement, slice: WallSlice | undefined) {
    this.element = element
    this.slice = slice
    element.style.cssText = 'position:absolute;overflow:hidden'
  }

  get whole(): { width: number; height: number } {
    const { clientWidth: width = 0, clientHeight: height = 0 } = this.element.parentElement ?? {}
    return { width, height }
  }

  /** True where nothing of it is on this screen. */
  get elsewhere(): boolean {
    return this.part.width === 0 || this.part.height === 0
  }

  /** True when the screen now shows another part. */
  place(): boolean {
    const { left, top } = this.element.parentElement?.getBoundingClientRect() ?? { left: 0, top: 0 }
    const page = { width: window.innerWidth, height: window.innerHeight }
    const part = shownPart({ left, top, ...this.whole }, page, this.slice)
    if (JSON.stringify(part) === JSON.stringify(this.part)) return false
    this.part = part
    for (const side of ['left', 'top', 'width', 'height'] as const)
      this.element.style[side] = `${part[side]}px`
    return true
  }

  toWhole(at: { x: number; y: number } | undefined): { x: number; y: number } | undefined {
    return at && { x: at.x + this.part.left, y: at.y + this.part.top }
  }

  /** As two numbers, for what looks into the canvas. */
  toPart(x: number, y: number): [x: number, y: number] {
    return [x - this.part.left, y - this.part.top]
  }
}

/** The part's own vertical angle in radians, and how far its centre is off the camera's axis, as tangents. */
export function partFrustum(
  picture: { width: number; height: number },
  part: Part,
): { fovy: number; center: { x: number; y: number } } {
  const perPixel = (2 * Math.tan(FOVY / 2)) / picture.height
  return {
    fovy: 2 * Math.atan((perPixel * part.height) / 2),
    center: {
      x: (part.left + part.width / 2 - picture.width / 2) * perPixel,
      y: (picture.height / 2 - part.top - part.height / 2) * perPixel,
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
