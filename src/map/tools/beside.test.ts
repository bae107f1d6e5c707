import { expect, it } from 'vitest'
import { beside } from './beside.ts'

const frame = { width: 1600, height: 900, insets: { top: 70, right: 20, bottom: 40, left: 20 } }
const sheet = { left: 0, right: 380, top: 150, bottom: 700 }
const crumbs = { left: 0, right: 300, top: 80, bottom: 110 }

it('leaves a sheet and the place of the card aside, and nothing for a low row of tools', () => {
  const open = beside(frame, [sheet, crumbs]).insets
  const closed = beside(frame, [crumbs]).insets
  expect([open.left, closed.left]).toEqual([380, 20])
  expect(open.right).toBe(closed.right)
  expect(open.right).toBeGreaterThan(20)
  expect(open.top).toBeGreaterThan(frame.insets.top)
})

it('keeps room to look at beside a sheet on a narrow map', () => {
  const narrow = { ...frame, width: 800 }
  const { left, right } = beside(narrow, [sheet]).insets
  expect([left, right]).toEqual([380, 20])
})

it('looks above a legend at the foot, and still leaves the card its place', () => {
  const legend = { left: 0, right: 800, top: 480, bottom: 840 }
  const [plain, over] = [beside(frame, []).insets, beside(frame, [legend]).insets]
  expect(over).toEqual({ ...plain, bottom: 900 - 480 })
})

it('keeps room to look at above a legend that is nearly as high as the map', () => {
  const low = { ...frame, height: 300 }
  const legend = { left: 0, right: 800, top: 140, bottom: 260 }
  const { top, bottom } = beside(low, [legend]).insets
  expect(300 - top - bottom).toBeGreaterThanOrEqual(300 * 0.25 - 0.001)
})

it('looks under the notes at the top, unless a sheet hides them', () => {
  const notes = { left: 0, right: 700, top: 112, bottom: 172 }
  const [plain, under] = [beside(frame, []).insets, beside(frame, [notes]).insets]
  expect(under).toEqual({ ...plain, top: 172 })
  expect(beside(frame, [{ ...notes, right: 370 }, sheet]).insets.top).toBe(plain.top)
  expect(beside(frame, [notes, sheet]).insets.top).toBe(172)
})
