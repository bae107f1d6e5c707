import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cssFill, featureColours, withAlpha } from './feature-colours.ts'
import { hazardColours, type Level } from './hazard-colours.ts'
import type { Rgb } from './map-colours.ts'

const css = readFileSync('src/ui/tokens.css', 'utf8')
const split = css.indexOf("[data-theme='light']")
const parts = { dark: css.slice(0, split), light: css.slice(split) }

function token(theme: 'dark' | 'light', name: string): Rgb {
  const hex = new RegExp(`--${name}:\\s*#([0-9a-f]{6})`, 'i').exec(parts[theme])?.[1]
  if (!hex) throw new Error(`tokens.css has no --${name}`)
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb
}

describe.each(['dark', 'light'] as const)('%s', (theme) => {
  const colours = featureColours[theme]

  it('draws features with the colours of the tokens', () => {
    expect(colours.ink).toEqual(token(theme, 'ink-1'))
    expect(colours.inkSoft).toEqual(token(theme, 'ink-2'))
    expect(colours.inkNote).toEqual(token(theme, 'ink-3'))
    expect(colours.inkFaint).toEqual(token(theme, 'ink-4'))
    expect(colours.accent).toEqual(token(theme, 'acc'))
    expect(colours.accentDim).toEqual(token(theme, 'acc-dim'))
    expect(colours.ground).toEqual(token(theme, 'm-ground'))
    expect(colours.shore).toEqual(token(theme, 'm-shore'))
    expect(colours.series).toEqual([1, 2, 3, 4, 5].map((index) => token(theme, `s${index}`)))
    expect(colours.flood).toEqual([1, 2, 3].map((index) => token(theme, `f${index}`)))
  })

  it.each([1, 2, 3, 4] as Level[])('draws level %i with its tokens', (level) => {
    expect(hazardColours[theme].fill[level]).toEqual(token(theme, `w${level}-fill`))
    expect(hazardColours[theme].line[level]).toEqual(token(theme, `w${level}`))
  })

  it('keeps the reserved hues out of everything else', () => {
    const reserved = new Set(Object.values(hazardColours[theme].line).map(String))
    const others = [colours.series, colours.flood, colours.ramp, [colours.accent, colours.wind]].flat()
    expect(others.filter((colour) => reserved.has(String(colour)))).toEqual([])
  })
})

it('writes opacity as a byte, and as a share in CSS', () => {
  expect(cssFill([1, 2, 3], 0.5)).toBe('rgb(1 2 3 / 0.5)')
  expect(withAlpha([1, 2, 3], 0.5)).toEqual([1, 2, 3, 128])
})
