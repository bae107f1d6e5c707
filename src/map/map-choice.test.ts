import { expect, it } from 'vitest'
import type { RendererProbe } from './engine/probe.ts'
import { chooseMap, keepWish, keptWish, wishOfAddress } from './map-choice.ts'

const small = { width: 804, height: 620 }
const wide = { width: 2900, height: 1600 }
const card = (pictureMs: number): RendererProbe => ({ quality: 'full', renderer: 'card', pictureMs })
const noCard = (pictureMs: number): RendererProbe => ({
  quality: 'software',
  renderer: 'llvmpipe',
  pictureMs,
})
const nothing: RendererProbe = { quality: 'none', renderer: '', pictureMs: Infinity }

it.each([
  ['a card', card(0.5), wide, '3d', 'full', 'able'],
  ['a card of ten years ago', card(15), small, '3d', 'software', 'able'],
  ['a card that no map can be asked of', card(400), small, '2d', 'software', 'slow'],
  ['a quick machine without a card', noCard(24), small, '3d', 'software', 'able'],
  ['the same on a video wall, at half the pixels', noCard(24), wide, '3d', 'software', 'able'],
  ['a slow machine without a card', noCard(180), small, '2d', 'software', 'slow'],
  ['one that is quick enough for a small map only', noCard(85), wide, '2d', 'software', 'slow'],
  ['one that could not finish the picture', noCard(Infinity), small, '2d', 'software', 'slow'],
  ['no WebGL', nothing, small, '2d', undefined, 'unable'],
] as const)('%s', (_, probe, size, kind, quality, why) => {
  expect(chooseMap(probe, size, undefined)).toEqual({ kind, quality, why })
})

it('does as it is told, where the machine can', () => {
  expect(chooseMap(noCard(900), small, '3d')).toEqual({ kind: '3d', quality: 'software', why: 'wished' })
  expect(chooseMap(card(0.5), small, '2d')).toEqual({ kind: '2d', quality: 'full', why: 'wished' })
  expect(chooseMap(nothing, small, '3d')).toEqual({ kind: '2d', quality: undefined, why: 'unable' })
})

it('reads a wish from the address, and keeps one', () => {
  expect(wishOfAddress('?asOf=now&map=2d')).toBe('2d')
  expect(wishOfAddress('?map=3d')).toBe('3d')
  for (const search of ['', '?map=', '?map=globe']) expect(wishOfAddress(search)).toBeUndefined()
  expect(keptWish()).toBeUndefined()
  keepWish('2d')
  expect(keptWish()).toBe('2d')
  localStorage.clear()
})
