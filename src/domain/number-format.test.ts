import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { displayValue, formatChange, formatDuration, formatNumber, roundTo } from './number-format.ts'

describe('formatNumber', () => {
  it('writes commas, a real minus and no negative zero', () => {
    expect(formatNumber(1234567.891, 2)).toBe('1,234,567.89')
    expect(formatNumber(-12345.6, 1)).toBe('−12,345.6')
    expect(formatNumber(-0.04, 1)).toBe('0.0')
    expect(formatNumber(999.95, 1)).toBe('1,000.0')
  })

  it('never writes a missing value as a number', () => {
    expect(formatNumber(null, 1)).toBe('—')
    expect(formatNumber(Number.NaN, 1)).toBe('—')
    for (let decimals = 0; decimals <= 4; decimals += 1)
      expect(formatNumber(null, decimals)).not.toMatch(/\d/)
  })

  it('rounds halves away from zero as on paper', () => {
    expect([1.005, -1.005, 2.675, 0.5, 1e-9].map((value) => roundTo(value, 2))).toEqual([
      1.01, -1.01, 2.68, 0.5, 0,
    ])
    expect(roundTo(2.5, 0)).toBe(3)
  })

  it('reads back as the rounded value', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e12, max: 1e12 }),
        fc.integer({ min: 0, max: 3 }),
        (thousandths, decimals) => {
          const text = formatNumber(thousandths / 1000, decimals)
          expect(Number(text.replaceAll(',', '').replace('−', '-'))).toBeCloseTo(
            roundTo(thousandths / 1000, decimals),
            6,
          )
          expect(text).toMatch(/^−?\d{1,3}(,\d{3})*(\.\d+)?$/)
        },
      ),
    )
  })
})

describe('displayValue', () => {
  it('scales 元 to 亿元 and names what it shows', () => {
    expect(displayValue({ unit: 'CNY' }, 375_490_000_000, 'zh')).toEqual({
      text: '3,754.9',
      unit: '亿元',
      scale: '亿元',
      ucumScale: '10*8.CNY',
    })
    expect(displayValue({ unit: 'CNY' }, 375_490_000_000, 'en')).toEqual({
      text: '375.49',
      unit: 'bn CNY',
      scale: '亿元',
      ucumScale: '10*9.CNY',
    })
    expect(
      displayValue({ unit: 'CNY', display: { scale: '亿元', decimals: 2 } }, 50_000_000, 'zh').text,
    ).toBe('0.50')
    expect(displayValue({ unit: '{person}' }, 32_000, 'zh')).toMatchObject({ text: '3.2', unit: '万人' })
    expect(displayValue({ unit: '{person}' }, 32_000, 'en')).toMatchObject({ text: '32', unit: 'k people' })
    expect(displayValue({ unit: 'kW.h' }, 2_345_000_000, 'zh')).toMatchObject({
      text: '23.45',
      unit: '亿千瓦时',
    })
    expect(displayValue({ unit: '%' }, 5.25, 'zh')).toMatchObject({ text: '5.3', unit: '%' })
    expect(displayValue({ unit: 't/CNY' }, 0.0000451, 'zh')).toMatchObject({ text: '0.451', unit: '吨/万元' })
    expect(displayValue({ unit: 's', display: { scale: '分秒' } }, 468, 'zh')).toMatchObject({
      text: '7′48″',
      unit: '',
    })
  })

  it('writes a missing value as — in the unit it would have had', () => {
    expect(displayValue({ unit: 'CNY', display: { scale: '亿元' } }, null, 'zh')).toMatchObject({
      text: '—',
      unit: '亿元',
    })
    expect(displayValue({ unit: 's', display: { scale: '分秒' } }, null, 'zh').text).toBe('—')
  })
})

describe('formatChange', () => {
  it('tells points from percent and direction from sign', () => {
    expect(formatChange({ value: 0.3, unit: 'pp' }, 'zh')).toEqual({
      arrow: '▲',
      text: '+0.3',
      size: '0.3',
      unit: '个百分点',
      tightUnit: '百分点',
    })
    expect(formatChange({ value: -1.1, unit: '%' }, 'zh')).toMatchObject({
      arrow: '▼',
      text: '−1.1',
      unit: '%',
    })
    expect(formatChange({ value: -0.04, unit: '%' }, 'zh')).toMatchObject({ arrow: '–', text: '0.0' })
    expect(formatChange({ value: 2, unit: 'pp' }, 'en').unit).toBe('pp')
  })

  it('never shows a difference of rates in %', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -50, max: 50, noNaN: true }),
        fc.constantFrom('zh' as const, 'en' as const),
        (value, language) => {
          const { unit, tightUnit } = formatChange({ value, unit: 'pp' }, language)
          expect(unit + tightUnit).not.toContain('%')
        },
      ),
    )
  })
})

describe('formatDuration', () => {
  it('writes clocks only with seconds and words otherwise', () => {
    expect(formatDuration(312_000, 'clock')).toBe('05:12')
    expect(formatDuration(4_100_000, 'clock')).toBe('1:08:20')
    expect(formatDuration(-192_000, 'overdue')).toBe('超 03:12')
    expect(formatDuration(468_000, 'prime')).toBe('7′48″')
    expect(formatDuration(8_820_000, 'long')).toBe('2 小时 27 分')
    expect(formatDuration(4_440_000, 'long')).toBe('74 分')
    expect(formatDuration(273_600_000, 'long')).toBe('3 天 4 小时')
    expect(formatDuration(7_200_000, 'long')).toBe('2 小时')
    expect(formatDuration(45_000, 'long')).toBe('45 秒')
    expect(formatDuration(8_820_000, 'long', 'en')).toBe('2 h 27 min')
  })
})
