import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { units } from './unit-table.ts'
import { convert, fittingScale, isUnit, scaleOf, unitOf } from './unit.ts'

const valueOf = (answer: ReturnType<typeof convert>): number => ('value' in answer ? answer.value : NaN)

describe('convert', () => {
  it('carries published figures into base units without a binary tail', () => {
    expect(convert(3754.9, '10*8.CNY', 'CNY')).toEqual({ value: 375_490_000_000 })
    expect(convert(1.1, '10*4.{person}', '{person}')).toEqual({ value: 11_000 })
    expect(convert(0.07, '1', '%')).toEqual({ value: 7 })
    expect(convert(260, '10*8.[jin]', 't')).toEqual({ value: 13_000_000 })
    expect(convert(3, '[mu]', 'm2')).toEqual({ value: 2000 })
    expect(convert(12.5, 'mg/m3', 'ug/m3')).toEqual({ value: 12_500 })
    expect(convert(25, 'Cel', 'K')).toEqual({ value: 298.15 })
    expect(convert(74, 'min', 'h')).toEqual({ value: 1.23333333333333 })
    expect(convert(36, 'km/h', 'm/s')).toEqual({ value: 10 })
    expect(convert(1, '10*4.CNY/[mu]', 'CNY/m2')).toEqual({ value: 15 })
  })

  it('refuses what the table does not join', () => {
    expect(convert(1, '{person}', '{case}')).toHaveProperty('error')
    expect(convert(1, '%', 'pp')).toHaveProperty('error')
    expect(convert(1, 'mo', 'd')).toHaveProperty('error')
    expect(convert(1, '亿元', 'CNY')).toEqual({ error: 'unit 亿元 is not in the unit table' })
    expect(convert(1e300, '10*20.CNY', 'CNY')).toHaveProperty('error')
  })

  it('comes back to where it started, within every kind', () => {
    const pairs = units.flatMap((from) =>
      units.filter((to) => to.kind === from.kind).map((to) => [from.code, to.code] as const),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...pairs),
        fc.integer({ min: -9_999_999, max: 9_999_999 }),
        ([from, to], thousandths) => {
          const value = thousandths / 1000
          const back = valueOf(convert(valueOf(convert(value, from, to)), to, from))
          expect(Math.abs(back - value)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(value)))
        },
      ),
    )
  })

  it('knows each code once, every one with a plain or natural scale', () => {
    expect(new Set(units.map(({ code }) => code)).size).toBe(units.length)
    for (const unit of units) expect(unit.scales.length).toBeGreaterThan(0)
    expect(isUnit('CNY') && isUnit('10*8.CNY') && !isUnit('yuan') && !isUnit('10*8.yuan')).toBe(true)
    expect(unitOf('10*-4.t/CNY')?.power).toBe(1e-4)
  })
})

describe('scales', () => {
  it('picks the largest that leaves at least one', () => {
    const money = unitOf('CNY')!.unit
    expect(
      [0, 9_999, 10_000, 99_999_999, -100_000_000, null].map((value) => fittingScale(money, value).zh),
    ).toEqual(['元', '元', '万元', '万元', '亿元', '元'])
    expect(fittingScale(unitOf('s')!.unit, 468).zh).toBe('秒')
    expect(fittingScale(unitOf('t/CNY')!.unit, 0.0000451).zh).toBe('吨/万元')
    expect(scaleOf('CNY', '亿元')?.factor).toBe(1e8)
    expect(scaleOf('CNY', '亿人')).toBeUndefined()
  })
})
