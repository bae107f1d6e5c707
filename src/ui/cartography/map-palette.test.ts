import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { mapColours, type Rgb } from './map-colours.ts'
import { mapPalette } from './map-palette.ts'

const css = readFileSync('src/ui/tokens.css', 'utf8')
const light = css.slice(css.indexOf("[data-theme='light']"))

function token(name: string): Rgb {
  const hex = new RegExp(`--${name}:\\s*#([0-9a-f]{6})`, 'i').exec(light)?.[1]
  if (!hex) throw new Error(`tokens.css has no --${name} for paper`)
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb
}

it('draws districts on paper with the tokens of paper', () => {
  expect(mapPalette.light).toEqual({
    void: token('m-void'),
    ground: token('m-ground'),
    land: [0, 1, 2, 3].map((index) => token(`m-land-${index}`)),
    landSide: token('m-land-side'),
    border: token('m-border'),
    rim: token('m-rim'),
    selected: token('ink-1'),
    columnTop: token('m-column-top'),
    column: token('m-column'),
    columnFoot: token('m-column-foot'),
    mark: token('ink-1'),
  })
  expect(mapPalette.dark).toBe(mapColours)
})
