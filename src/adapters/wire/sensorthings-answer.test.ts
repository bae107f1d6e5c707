import { expect, test } from 'vitest'
import { beginOf, expectUnit, odataError, readObservations } from './sensorthings-answer.ts'

const root = 'http://sta.invalid/v1.1'

test('the next page is followed as it is written, and only below the service', () => {
  const page = (link: unknown) => JSON.stringify({ value: [{ result: 1 }], '@iot.nextLink': link })
  const written = `${root}/Datastreams(1)/Observations?$top=2&$skip=2&x=%2B`
  expect(readObservations(page(written), root, '').next).toBe(written)
  expect(readObservations(JSON.stringify({ value: [] }), root, '').next).toBeUndefined()
  for (const link of ['http://169.254.169.254/v1.1/x', 'http://sta.invalid/other', 7])
    expect(() => readObservations(page(link), root, 'GET x')).toThrow(/GET x: the link to the next page/)
})

test('a datastream in another unit than the mapping was made for is a fault of the configuration', () => {
  const body = JSON.stringify({
    unitOfMeasurement: { name: 'milligram', symbol: 'mg/m3', definition: 'ucum:mg/m3' },
  })
  expect(() => expectUnit(body, { definition: 'ucum:mg/m3', symbol: undefined }, '')).not.toThrow()
  expect(() => expectUnit(body, { definition: 'ucum:ug/m3' }, 'GET x')).toThrow(
    'GET x: measures in definition "ucum:mg/m3", the mapping says "ucum:ug/m3"',
  )
})

test('an interval stands where it begins; one that ends before is none', () => {
  expect(beginOf('2026-08-06T00:00:00Z')).toBe('2026-08-06T00:00:00Z')
  expect(beginOf('2026-08-06T00:00:00Z/2026-08-06T01:00:00Z')).toBe('2026-08-06T00:00:00Z')
  for (const wrong of ['2026-08-06T01:00:00Z/2026-08-06T00:00:00Z', 'a/b', 'a/b/c', 5, null])
    expect(beginOf(wrong)).toBeUndefined()
})

test('both ways to write an error are read', () => {
  expect(odataError('{"error":{"code":"400","message":"bad filter"}}')).toBe('bad filter')
  expect(odataError('{"code":400,"type":"error","message":"bad filter"}')).toBe('bad filter')
  expect(odataError('<html>')).toBeUndefined()
})
