import { u } from '../ui/viewport.ts'
import type { Frame } from './engine/city-camera.ts'
import type { LabelBox } from './engine/label-overlay.ts'

/** Rows in u that the map's header and its notes take from the canvas. */
const HEAD = 76
const FOOT = 34
const MARGIN = 10
/** The corner above the foot where the base map's credits stand, as wide as MapNotes lets them run. */
const CREDITS = { width: 760, height: 26 }
/** The canvas fades into the page along its sides. */
const SIDE = 26

/** How far in u the canvas goes on beyond the place where header and notes stand. */
export interface Bleed {
  top: number
  side: number
  bottom: number
}
const NONE: Bleed = { top: 0, side: 0, bottom: 0 }

/** What of the canvas the city may fill. */
export function mapFrame(size: { width: number; height: number }, bleed = NONE): Frame {
  const side = u(SIDE + bleed.side)
  const insets = {
    top: u(HEAD + bleed.top),
    bottom: u(FOOT + MARGIN + bleed.bottom),
    left: side,
    right: side,
  }
  return { ...size, insets }
}

/** The rows no label may enter. */
export function coveredRows({ width, height }: { width: number; height: number }, bleed = NONE): LabelBox[] {
  return [
    { left: 0, right: width, top: 0, bottom: u(HEAD - 8 + bleed.top) },
    { left: 0, right: width, top: height - u(FOOT + bleed.bottom), bottom: height },
    {
      left: width - u(CREDITS.width + bleed.side),
      right: width,
      top: height - u(FOOT + CREDITS.height + bleed.bottom),
      bottom: height - u(FOOT + bleed.bottom),
    },
  ]
}

/** The same as a style: a canvas placed so goes on beyond its place. */
export function insetOf({ top, side, bottom }: Bleed): string {
  return [top, side, bottom].map((n) => `${-n / 16}rem`).join(' ')
}
