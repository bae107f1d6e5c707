import { u } from '../../ui/viewport.ts'
import type { Frame } from '../engine/city-camera.ts'
import type { LabelBox } from '../engine/label-overlay.ts'

/** Room in u for the row of tools above a region's outline and the card at its right, at most so much of the width. */
const [ROW, CARD, CARD_SHARE] = [40, 392, 0.5]
/** Of the height from which a box at the left is a sheet, and of each side that must be left to look at. */
const [SHEET_SHARE, LEAST_SHARE] = [0.2, 0.25]
/** Of the height: a sheet hangs from the tools above it, what begins below it stands at the foot. */
const FOOT_SHARE = 0.45

type Size = Readonly<Record<'width' | 'height', number>>

/** Hangs from the tools at the left, high or low. */
function hangs({ left, top }: LabelBox, { width, height }: Size): boolean {
  return top <= height * FOOT_SHARE && left < width * 0.1
}

/** A sheet stands high at the left; what is as low as a row of tools or of notes is none. */
export function isSheet(box: LabelBox, size: Size): boolean {
  const { right, top, bottom } = box
  return hangs(box, size) && right < size.width * 0.7 && bottom - top > size.height * SHEET_SHARE
}

/**
 * What the tools, the notes and the card leave of the map.
 * @param covered their boxes: a sheet is one that stands high at the left, a legend or a timeline one at the foot
 */
export function beside({ insets, ...size }: Frame, covered: readonly LabelBox[]): Frame {
  const isAtFoot = ({ top }: LabelBox): boolean => top > size.height * FOOT_SHARE
  const sheets = covered.filter((box) => isSheet(box, size))
  const left = Math.max(insets.left, ...sheets.map(({ right }) => right))
  const card = Math.min(u(CARD), size.width * CARD_SHARE)
  // Between a sheet and a card a narrow map has no room: there the card waits.
  const right = size.width - left - card < size.width * LEAST_SHARE ? insets.right : card
  // Rows under a sheet cost nothing; those that reach out beside it do.
  const rows = covered.filter(
    (box) => hangs(box, size) && box.right > left && box.bottom - box.top <= size.height * SHEET_SHARE,
  )
  const under = Math.max(insets.top + u(ROW), ...rows.map(({ bottom }) => bottom))
  const top = Math.max(insets.top, Math.min(under, size.height * FOOT_SHARE))
  const foot = Math.max(insets.bottom, ...covered.filter(isAtFoot).map((box) => size.height - box.top))
  const bottom = Math.max(insets.bottom, Math.min(foot, size.height * (1 - LEAST_SHARE) - top))
  return { ...size, insets: { top, bottom, left, right } }
}
