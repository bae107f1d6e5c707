import * as v from 'valibot'
import { expect, it } from 'vitest'
import { RegionSchema } from './region.ts'

const faults = (days: { validFrom?: string; validTo?: string }) => {
  const region = { code: '990184', name: { zh: '丙市' }, level: 'county', parent: '990100', ...days }
  const read = v.safeParse(RegionSchema, region)
  return (read.issues ?? []).map((issue) => v.getDotPath(issue))
}

it('takes a year, a month or a day of the calendar for the first of a unit, and nothing else', () => {
  for (const day of ['2020', '2020-06', '2020-06-19', '2020-02-29'])
    expect([day, faults({ validFrom: day })]).toEqual([day, []])
  for (const day of ['2020-13', '2020-13-77', '2020-00-01', '2021-02-29', '2020-06-31', '20-06-19'])
    expect([day, faults({ validFrom: day })]).toEqual([day, ['validFrom']])
})

it('refuses a unit that ends before it stands, or on its first day', () => {
  expect(faults({ validFrom: '2016', validTo: '2020-06-19' })).toEqual([])
  expect(faults({ validFrom: '2020-06-19', validTo: '2020-06-20' })).toEqual([])
  expect(faults({ validFrom: '2020-06-19', validTo: '2016' })).toEqual(['validTo'])
  expect(faults({ validFrom: '2020', validTo: '2020-01-01' })).toEqual(['validTo'])
})
