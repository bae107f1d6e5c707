import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describe as describeCell, fractionToPercent, readNumber } from './number-text.ts'

describe('readNumber', () => {
  it.each([
    [3.5, 3.5],
    ['1,234.5', 1234.5],
    ['-12', -12],
    ['+0.5', 0.5],
    ['１２３．５', 123.5],
    ['－１，２３４', -1234],
    [' 7 ', 7],
    ['1e3', 1000],
    [0, 0],
    ['0', 0],
  ])('reads %j as %d', (cell, value) => {
    expect(readNumber(cell)).toEqual({ value })
  })

  it.each([null, undefined, '', ' ', '-', '—', '——', '－', 'null'])(
    'takes %j for none, never for 0',
    (cell) => {
      expect(readNumber(cell)).toEqual({ value: null })
    },
  )

  it.each([
    true,
    [],
    {},
    'x',
    '约1534',
    '12,34',
    '1,2345',
    '5.7%',
    'NaN',
    'Infinity',
    '0x10',
    '1e999',
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '9'.repeat(400),
  ])('refuses %j', (cell) => {
    expect(readNumber(cell)).toHaveProperty('reason')
  })

  it('gives nothing but a finite number, null or a reason, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), (cell) => {
        const read = readNumber(cell)
        return 'reason' in read || read.value === null || Number.isFinite(read.value)
      }),
    )
  })
})

it('makes per cent of a fraction without binary dust', () => {
  expect([0.07, 0.057, 1.1, -0.29].map(fractionToPercent)).toEqual([7, 5.7, 110, -29])
})

it('describes a cell on one short line, so that a source cannot forge a log', () => {
  expect(describeCell('a\r\nWARN b\u001b[31m')).not.toMatch(/\p{Cc}/u)
  expect(describeCell('x'.repeat(500)).length).toBeLessThan(70)
})
