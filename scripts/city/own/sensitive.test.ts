import { expect, it } from 'vitest'
import { isSensitive } from './sensitive.ts'

it.each([
  [{ military: 'base' }, true],
  [{ power: 'substation' }, true],
  [{ power: 'no' }, false],
  [{ amenity: 'prison' }, true],
  [{ amenity: 'school' }, false],
  [{ 用途: '军事用地' }, true],
  [{ name: '某某变电站' }, true],
  [{ name: '将军花园' }, false],
  [{ height: 12, note: '军' }, false],
])('%j: %s', (properties, sensitive) => {
  expect(isSensitive(properties)).toBe(sensitive)
})

it('takes no road or unit for what it is named after', () => {
  expect(isSensitive({ name: '油库街' }, false)).toBe(false)
  expect(isSensitive({ name: '军粮城街道' }, false)).toBe(false)
  expect(isSensitive({ type: '军用道路' }, false)).toBe(true)
})
