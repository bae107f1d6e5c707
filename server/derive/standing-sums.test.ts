import { describe, expect, it } from 'vitest'
import type { Observation } from '../../src/domain/observation.ts'
import { indicatorOf, observationOf } from '../../tests/support/domain-samples.ts'
import { area, bookOf, everything, regions, storeOf, told } from '../../tests/support/told-units.ts'

const counties = (year: string, receivedAt: string, ...values: number[]) =>
  values.map((value, nth) => told(year, regions[nth + 1]!.code, value, receivedAt))
const whole = counties('2024', '2025-03-01T00:00:00Z', 70, 20, 30)
const [first, ...others] = counties('2025', '2026-03-01T00:00:00Z', 77, 22, 33)

describe('the headline of a city whose units tell one after another', () => {
  it('stays at the last whole year until the newer is as full', async () => {
    const list = [...whole]
    const book = await bookOf(list)
    const shown = () => book.get(area.code, '220100')
    for (const next of [first!, others[0]!]) {
      list.push(next)
      const changed = await book.accept([next])
      expect(changed.map(({ region }) => region)).toEqual([next.region])
      expect(shown()).toMatchObject({ value: 120, period: { label: '2024' }, coverage: { have: 3, of: 3 } })
    }
    expect((await bookOf(list)).get(area.code, '220100')).toMatchObject({ value: 120 })
    list.push(others[1]!)
    await book.accept([others[1]!])
    expect(shown()).toMatchObject({ value: 132, comparisons: [{ kind: 'yoy', value: 10 }] })
    const [before] = await book.read({
      indicators: [area.code],
      regions: ['220100'],
      asOf: '2026-02-01T00:00:00Z',
    })
    expect(before).toMatchObject({ value: 120, period: { label: '2024' } })
  })

  it('gives way to the newer with its gap once that is late itself, whoever tells something then', async () => {
    const list = [...whole, first!]
    let nowMs = Date.parse('2026-12-31T00:00:00+08:00')
    const book = await bookOf(list, { now: () => nowMs })
    expect(book.get(area.code, '220100')).toMatchObject({ value: 120 })
    nowMs += 2 * 86_400_000
    const other = { ...first!, indicator: 'MAC.TEST.ONE' }
    list.push(other)
    await book.accept([other])
    expect(book.get(area.code, '220100')).toMatchObject({
      value: 77,
      coverage: { have: 1, of: 3 },
      flags: ['partial-coverage'],
    })
  })

  it('takes in a late or revised figure of the year that is shown, though the unit has told a newer one', async () => {
    const list = [...whole, first!]
    const book = await bookOf(list)
    const revised = { ...whole[0]!, value: 80, revision: 1, receivedAt: '2026-04-01T00:00:00Z' }
    list.push(revised)
    expect((await book.accept([revised])).map(({ region, value }) => [region, value])).toEqual([
      ['220100', 130],
    ])
  })
})

describe('what a batch costs', () => {
  it('asks the store nothing for sums that did not change, until their history is in', async () => {
    const list = [...counties('2023', '2024-03-01T00:00:00Z', 35, 10, 15), ...whole]
    const store = storeOf(list)
    const asked: number[] = []
    const atMany: typeof store.atMany = (queries) => {
      asked.push(queries.length)
      return store.atMany(queries)
    }
    const book = await bookOf(list, { store: { ...store, atMany } })
    asked.length = 0
    expect(await book.accept(whole)).toHaveLength(3)
    expect(asked).toEqual([])
    list.push(...counties('2023', '2024-04-01T00:00:00Z', 70, 20, 30))
    expect((await book.recompare(area.code)).map(({ comparisons }) => comparisons[0]?.value)).toEqual([0])
    expect(asked).toEqual([3])
  })

  it('refuses more periods of a unit than it reads at once, and never takes that unit for missing', async () => {
    const store = storeOf(whole)
    const many = Array.from({ length: 20_001 }, () => whole[0]!)
    const series: typeof store.series = async ({ limit }) => many.slice(0, limit)
    const book = await bookOf(whole, { store: { ...store, series } })
    const asked = book.rollups.series({ indicator: area.code, region: '220100', ...everything })
    await expect(asked).rejects.toMatchObject({ problem: { status: 413 } })
  })

  it('reads of a figure of every hour its own hours and those of a year ago, not all between', async () => {
    const hourly = indicatorOf({ code: area.code, unit: 'har', freq: 'H', comparisons: ['yoy'] })
    const at = (label: string, value: number): Observation =>
      observationOf(hourly, label, value, { region: '220102', receivedAt: '2026-07-01T00:00:00Z' })
    const list = [at('2025-06-30T08', 10), at('2026-06-30T08', 11)]
    const store = storeOf(list)
    let readMs = 0
    const series: typeof store.series = (query) => {
      readMs += Date.parse(query.to) - Date.parse(query.from)
      return store.series(query)
    }
    const book = await bookOf(list, { store: { ...store, series }, indicators: [hourly] })
    const span = { from: '2026-06-30T00:00:00Z', to: '2026-06-30T01:00:00Z', asOf: everything.asOf }
    const [figure] = await book.rollups.series({ indicator: area.code, region: '220100', ...span })
    expect(figure).toMatchObject({ value: 11, comparisons: [{ kind: 'yoy', value: 10 }] })
    expect(readMs).toBeLessThan(15 * 86_400_000)
  })
})
