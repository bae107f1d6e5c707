import { describe, expect, it } from 'vitest'
import { pageOf, partOf, readSlice, showPart } from './wall-part.ts'

describe('readSlice', () => {
  it('reads screens and frames', () => {
    expect(readSlice('?slice=1,0,3,2&bezel=40,20')).toEqual({
      column: 1,
      row: 0,
      columns: 3,
      rows: 2,
      bezel: { x: 40, y: 20 },
    })
    expect(readSlice('?slice=0,0,2,1&bezel=8')?.bezel).toEqual({ x: 8, y: 8 })
  })

  it.each([
    '',
    '?slice=3,0,3,1',
    '?slice=0,0,0,1',
    '?slice=a,0,2,1',
    '?slice=-1,0,2,1',
    '?slice=0,0,2,1&bezel=-4',
  ])('shows the whole page for %s', (search) => expect(readSlice(search)).toBeUndefined())
})

const screen = { width: 1920, height: 1080 }
const slice = readSlice('?slice=2,1,3,2&bezel=40,20')!

it('gives every screen its part of the page, the frames between them to nobody', () => {
  const page = pageOf(screen, slice)
  expect(page).toEqual({ width: 5840, height: 2180 })
  expect(partOf(page, slice)).toEqual({ left: 3920, top: 1100, ...screen })
  expect(partOf(page, { ...slice, column: 0, row: 0 })).toEqual({ left: 0, top: 0, ...screen })
})

it('holds the whole page in a frame, moved to this screen’s part, and keeps it so', () => {
  Object.assign(window, { innerWidth: 1920, innerHeight: 1080 })
  const body = document.createElement('div')
  showPart(slice, body)
  const { style } = body.querySelector('iframe')!
  expect([style.left, style.top, style.width, style.height]).toEqual([
    '-3920px',
    '-1100px',
    '5840px',
    '2180px',
  ])
  Object.assign(window, { innerWidth: 960, innerHeight: 540 })
  window.dispatchEvent(new Event('resize'))
  expect([style.left, style.width]).toEqual(['-2000px', '2960px'])
})
