import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { type Rgb, mapColours } from './map-colours.ts'

const css = readFileSync('src/ui/tokens.css', 'utf8')
const dark = css.slice(0, css.indexOf("[data-theme='light']") + 1 || undefined)

function token(name: string): Rgb {
  const hex = new RegExp(`--${name}:\\s*#([0-9a-f]{6})`, 'i').exec(dark)?.[1]
  if (!hex) throw new Error(`tokens.css has no --${name}`)
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb
}

it('draws with the colours of the tokens', () => {
  expect(mapColours.void).toEqual(token('m-void'))
  expect(mapColours.ground).toEqual(token('m-ground'))
  expect(mapColours.land).toEqual([0, 1, 2, 3].map((index) => token(`m-land-${index}`)))
  expect(mapColours.landSide).toEqual(token('m-land-side'))
  expect(mapColours.border).toEqual(token('m-border'))
  expect(mapColours.rim).toEqual(token('m-rim'))
  expect(mapColours.selected).toEqual(token('ink-1'))
  expect(mapColours.column).toEqual(token('m-column'))
  expect(mapColours.columnFoot).toEqual(token('m-column-foot'))
  expect(mapColours.columnTop).toEqual(token('m-column-top'))
})
