import { u } from '../ui/viewport.ts'
import type { Frame } from './engine/city-camera.ts'
import type { LabelBox } from './engine/label-overlay.ts'

/** Rows in u that the map's header and its notes take from the canvas. */
const HEAD = 76
const FOOT = 34
const MARGIN = 10
/** The corner above the foot where the base map's credits stand, as wide as MapNotes lets them run. */
const CREDITS = { width: 620, height: 50 }
/** The canvas fades into the page along its sides. */
const SIDE = 26

/** What of the canvas the city may fill. */
export function mapFrame(size: { width: number; height: number }): Frame {
  return { ...size, insets: { top: u(HEAD), bottom: u(FOOT + MARGIN), left: u(SIDE), right: u(SIDE) } }
}

/** The rows no label may enter. */
export function coveredRows({ width, height }: { width: number; height: number }): LabelBox[] {
  return [
    { left: 0, right: width, top: 0, bottom: u(HEAD - 8) },
    { left: 0, right: width, top: height - u(FOOT), bottom: height },
    {
      left: width - u(CREDITS.width),
      right: width,
      top: height - u(FOOT + CREDITS.height),
      bottom: height - u(FOOT),
    },
  ]
}
