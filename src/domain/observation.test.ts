import { expect, test } from 'vitest'
import { lineageIdOf } from './observation.ts'

test('a reference to a row leads to its record, one to a record stays', () => {
  expect(lineageIdOf('0123456789abcdef01234567:12')).toBe('0123456789abcdef01234567')
  expect(lineageIdOf('situation-1')).toBe('situation-1')
  const rolled = 'rollup:MAC.GDP.TOTAL:220100:lq1-lq2:0:123'
  expect(lineageIdOf(rolled)).toBe(rolled)
})
