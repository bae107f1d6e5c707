import { describe, expect, it } from 'vitest'
import type { Observation } from '../../src/domain/observation.ts'
import { area, bookOf, everything, regions, storeOf, told } from '../../tests/support/told-units.ts'

const { code } = area
const day = '2026-03-01T00:00:00Z'
const counties = (year: string, ...values: (number | null)[]) =>
  values.map((value, nth) => told(year, regions[nth + 1]!.code, value, day))
const cityOf = (list: readonly Observation[]) => list.find(({ region }) => region === '220100')

describe('figures of the city that only its units tell', () => {
  it('sums 2019 without a county that joined in 2020 and 2021 with it, comparing like with like', async () => {
    const book = await bookOf([
      ...counties('2019', 70, 20, 30),
      ...counties('2020', 70, 20, 30),
      ...counties('2021', 77, 22, 33),
    ])
    const series = await book.rollups.series({ indicator: code, region: '220100', ...everything })
    expect(series.map(({ period, value, coverage }) => [period.label, value, coverage])).toEqual([
      ['2019', 90, { have: 2, of: 2 }],
      ['2020', 120, { have: 3, of: 3 }],
      ['2021', 132, { have: 3, of: 3 }],
    ])
    expect(series.map(({ comparisons }) => comparisons.map(({ value }) => value))).toEqual([[], [], [10]])
    expect(cityOf(await book.read({ indicators: [code] }))).toMatchObject({
      value: 132,
      provenance: 'synthetic',
      comparisons: [{ kind: 'yoy', value: 10 }],
    })
  })

  it('compares nothing where a unit says that it has no figure: a gap is no fall', async () => {
    const book = await bookOf([...counties('2020', 70, 20, 30), ...counties('2021', 77, 22, null)])
    const figure = cityOf(await book.read({ indicators: [code] }))
    expect(figure).toMatchObject({ value: 99, coverage: { have: 2, of: 3 }, comparisons: [] })
    const [, year] = await book.rollups.series({ indicator: code, region: '220100', ...everything })
    expect(year).toMatchObject({ value: 99, comparisons: [] })
  })

  it('tells a gap, and what was known at a past instant', async () => {
    const book = await bookOf([
      ...counties('2021', 77, 22, null),
      told('2021', '220184', 33, '2026-05-01T00:00:00Z'),
    ])
    const asOf = '2026-04-01T00:00:00Z'
    const [before] = await book.read({ indicators: [code], regions: ['220100'], asOf })
    expect(before).toMatchObject({ value: 99, flags: ['partial-coverage'], coverage: { have: 2, of: 3 } })
    expect(cityOf(await book.read({ indicators: [code] }))).toMatchObject({ value: 132, flags: [] })
  })

  it('leaves a figure of its own and adds up no published record', async () => {
    const own = told('2021', '220100', 999, day)
    const book = await bookOf([...counties('2021', 77, 22, 33), own])
    expect((await book.read({ indicators: [code], regions: ['220100'] })).map(({ value }) => value)).toEqual([
      999,
    ])
    const published = await bookOf([told('2021', '220102', 5, day, 'yearbook')])
    expect(cityOf(await published.read({ indicators: [code] }))).toBeUndefined()
  })

  it('follows what arrives, and says from what it was made', async () => {
    const list = counties('2021', 77, 22)
    const book = await bookOf(list)
    const last = told('2021', '220184', 33, '2026-05-01T00:00:00Z')
    list.push(last)
    const changed = await book.accept([last])
    expect(changed.map(({ region, value }) => [region, value])).toEqual([
      ['220184', 33],
      ['220100', 132],
    ])
    const record = await book.rollups.lineage(cityOf(changed)!.lineage)
    expect(record).toMatchObject({ source: 'rollup', fetchedAt: last.receivedAt })
    expect(record!.steps.map(({ step }) => step)).toEqual(['rollup', '220102', '220103', '220184'])
    expect(book.rolledWith([last]).map(({ value }) => value)).toEqual([132])
  })

  it('never puts an older sum over a newer one, however long its comparison takes', async () => {
    const list: Observation[] = []
    const store = storeOf(list)
    let release = (): void => undefined
    const held = new Promise<void>((done) => (release = done))
    let asked = 0
    const slow = async (query: Parameters<typeof store.atMany>[0]) => {
      asked += 1
      const first = asked === 1
      const answer = await store.atMany(query)
      if (first) await held
      return answer
    }
    const book = await bookOf(list, { store: { ...store, atMany: slow } })
    const [older, newer] = counties('2021', 77, 22)
    list.push(older!)
    const taken = [book.accept([older!])]
    await new Promise((next) => setImmediate(next))
    list.push(newer!)
    taken.push(book.accept([newer!]))
    await new Promise((next) => setImmediate(next))
    release()
    await Promise.all(taken)
    expect(book.get(code, '220100')).toMatchObject({ value: 99, coverage: { have: 2, of: 3 } })
  })
})
