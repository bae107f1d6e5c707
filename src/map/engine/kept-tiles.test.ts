import { expect, it } from 'vitest'
import { KeptTiles } from './kept-tiles.ts'

const MINUTE = 60_000
const MEGABYTE = 1024 * 1024

it('keeps what is shown however long, and lets go of what was not for three minutes', () => {
  const tiles = new KeptTiles<string>()
  tiles.put('a', 'mesh a', MEGABYTE)
  tiles.put('b', 'mesh b', MEGABYTE)
  expect(tiles.show(new Set(['a', 'b']), 0)).toBeUndefined()
  expect(tiles.show(new Set(['a']), 10 * MINUTE)).toBe(3 * MINUTE)
  expect(tiles.show(new Set(['a']), 12 * MINUTE)).toBe(MINUTE)
  expect(tiles.get('b')).toBe('mesh b')
  expect(tiles.show(new Set(['a']), 13 * MINUTE)).toBeUndefined()
  expect(tiles.get('b')).toBeUndefined()
  expect(tiles.show(new Set(['a']), 24 * 60 * MINUTE)).toBeUndefined()
  expect(tiles.get('a')).toBe('mesh a')
})

it('counts anew from when a tile came back', () => {
  const tiles = new KeptTiles<string>()
  tiles.put('a', 'mesh a', MEGABYTE)
  tiles.show(new Set(), 0)
  tiles.show(new Set(['a']), 2 * MINUTE)
  expect(tiles.show(new Set(), 4 * MINUTE)).toBe(3 * MINUTE)
  expect(tiles.get('a')).toBe('mesh a')
})

it('never holds more than 96 MB out of view, the longest unseen going first', () => {
  const tiles = new KeptTiles<number>()
  for (let at = 0; at < 1000; at++) {
    tiles.put(`${at}`, at, MEGABYTE)
    tiles.show(new Set(), at)
  }
  expect(tiles.size).toBe(96)
  expect(tiles.get('999')).toBe(999)
  expect(tiles.get('903')).toBeUndefined()
})
