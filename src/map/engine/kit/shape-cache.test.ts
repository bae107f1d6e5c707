import { expect, it } from 'vitest'
import { ShapeCache, sameShape } from './shape-cache.ts'

it('makes a shape once while it stays the same, and anew when anything in it changes', () => {
  const cache = new ShapeCache()
  let made = 0
  const make = (width: number) => cache.of('roads', [{ path: [[0, 0, 0]], width }], () => ++made)
  expect([make(1), make(1), make(2), make(2)]).toEqual([1, 1, 2, 2])
})

it('compares by value, however deep', () => {
  expect(sameShape({ a: [1, [2, { b: 'c' }]] }, { a: [1, [2, { b: 'c' }]] })).toBe(true)
  expect(sameShape({ a: [1, [2]] }, { a: [1, [3]] })).toBe(false)
  expect(sameShape(new Float32Array([1, 2]), new Float32Array([1, 2]))).toBe(true)
  expect(sameShape(new Float32Array([1, 2]), new Float32Array([1]))).toBe(false)
  expect(sameShape({ a: undefined }, {})).toBe(false)
})

it('forgets what was not asked for while two hundred others were', () => {
  const cache = new ShapeCache()
  cache.of('first', 0, () => 'old')
  for (let other = 0; other < 200; other++) cache.of(`other-${other}`, 0, () => other)
  expect(cache.of('first', 0, () => 'new')).toBe('new')
})
