import { expect, it } from 'vitest'
import { Recovery } from './recovery.ts'

it('mends a hundred losses, each after a picture, at once', () => {
  const recovery = new Recovery()
  for (let loss = 0; loss < 100; loss++) {
    expect(recovery.lost(loss * 50)).toBe(0)
    recovery.drawn()
  }
})

it('gives up when restores fail again and again without a picture, and waits longer between them', () => {
  const recovery = new Recovery()
  const pauses = Array.from({ length: 6 }, (_, at) => recovery.lost(at * 1000))
  expect(pauses).toEqual([0, 100, 400, 1000, 2000, undefined])
})

it('keeps trying where failures lie far apart', () => {
  const recovery = new Recovery()
  for (let loss = 0; loss < 50; loss++) expect(recovery.lost(loss * 20_000)).toBeDefined()
})
