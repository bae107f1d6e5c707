import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { type MessageMapping, aroundMessage, messageItems, messageMapping } from './message-rows.ts'

const arrivedAt = Date.parse('2026-08-06T06:32:00Z')
const fields = {
  region: { field: '@topic.2' },
  time: { field: '$.t', format: 'epoch-ms' },
  value: { field: '$.v' },
  unit: 'mm',
}

function items(payload: string | Uint8Array, mapping: Record<string, unknown> = {}, at?: number) {
  const parsed: MessageMapping = v.parse(v.strictObject(messageMapping), { fields, ...mapping })
  const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload) : payload
  const topic = 'rain/220102/now'
  const message = { place: topic, payload: bytes, around: aroundMessage({ topic }, at), arrivedAt: at }
  const origin = {
    request: 'subscribe tcp://broker:1883',
    io: { timeZone: 'Asia/Shanghai' },
    clean: (text: string) => text.replaceAll('hush', '***'),
  }
  return messageItems(message, [{ key: 'k', mapping: parsed }], origin)
}
const readings = (found: ReturnType<typeof items>) =>
  found.flatMap((item) => ('reading' in item ? [item.reading] : []))
const reasons = (found: ReturnType<typeof items>) =>
  found.flatMap((item) => ('refusal' in item ? [item.refusal.reason] : []))

describe('a message', () => {
  it('is one row, its topic’s levels are fields, and it is kept as it came', () => {
    const [reading] = readings(items('{"t":1786000000000,"v":"1,234.5"}', {}, arrivedAt))
    expect(reading).toMatchObject({
      region: '220102',
      value: 1234.5,
      at: { instant: '2026-08-06T07:06:40Z' },
      lineage: {
        request: 'subscribe tcp://broker:1883',
        record: { place: 'rain/220102/now', text: '{"t":1786000000000,"v":"1,234.5"}' },
      },
    })
    expect(reading).not.toHaveProperty('flags')
  })

  it('makes the same lineage as the next of its kind, but for the digest', () => {
    const [first] = readings(items('{"t":1786000000000,"v":1}'))
    const [second] = readings(items('{"t":1786000060000,"v":2}'))
    expect(second?.lineage.steps).toEqual(first?.lineage.steps)
    expect(second?.lineage.rawSha256).not.toBe(first?.lineage.rawSha256)
  })

  it('may hold many rows, of which each says where it stood', () => {
    const found = items('[{"t":1786000000000,"v":1},{"t":"soon","v":2}]', { rows: '$[*]' })
    expect(readings(found)[0]?.lineage.record).toEqual({
      place: 'rain/220102/now row 1',
      text: '{"t":1786000000000,"v":1}',
    })
    expect(found[1]).toMatchObject({ refusal: { row: 'rain/220102/now row 2' } })
  })

  it('may be a bare value', () => {
    const bare = { payload: 'text', fields: { ...fields, value: { field: '@payload' } } }
    expect(readings(items(' 12.5', bare, arrivedAt))[0]?.value).toBe(12.5)
  })

  it('is passed over where its rows are another indicator’s', () => {
    const where = { '$.code': ['PM25', '7'] }
    expect(items('{"t":1786000000000,"v":1,"code":"PM10"}', { where })).toEqual([])
    expect(readings(items('{"t":1786000000000,"v":1,"code":7}', { where }))).toHaveLength(1)
  })
})

describe('its time', () => {
  it('is when it came where it names none, and that is flagged', () => {
    const [reading] = readings(items('{"v":1}', {}, arrivedAt))
    expect(reading).toMatchObject({ at: { instant: '2026-08-06T06:32:00Z' }, flags: ['clock-skew'] })
    expect(reading?.lineage.steps[1]?.detail).toContain('when the message came')
  })

  it('is unknown where it was kept before it came: no old value gets a new time', () => {
    expect(reasons(items('{"v":1}'))).toEqual(['$.t: no time, and when it came is not when it was'])
  })

  it('is not replaced where it is wrong', () => {
    expect(reasons(items('{"t":"soon","v":1}', {}, arrivedAt))).toHaveLength(1)
  })
})

describe('what is no reading', () => {
  it.each([
    ['a number beyond all numbers', '{"t":1786000000000,"v":1e999}', 'finite'],
    ['NaN', '{"t":1786000000000,"v":"NaN"}', 'not a number'],
    ['no JSON', 'NaN', 'not JSON'],
    ['a bare number where an object is meant', '7', 'neither an object'],
    ['rows that are no objects', '[1]', 'not an object'],
    ['no UTF-8', Uint8Array.of(0xff, 0xfe), 'UTF-8'],
  ])('%s is a refusal', (_, payload, reason) => {
    const found = items(payload, payload === '[1]' ? { rows: '$[*]' } : {}, arrivedAt)
    expect(found).toHaveLength(1)
    expect(reasons(found)[0]).toContain(reason)
  })

  it('never tells a secret that the source echoes', () => {
    const found = [...items('{"t":"hush","v":1}'), ...items('{"t":1786000000000,"v":1,"x":"hush"}')]
    expect(JSON.stringify(found)).not.toContain('hush')
  })

  it('keeps null as null', () => {
    expect(readings(items('{"t":1786000000000,"v":null}'))[0]).toMatchObject({ value: null, status: 'M' })
  })
})
