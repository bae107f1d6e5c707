import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Delivery } from '../../contracts/delivery.ts'
import { SourceError } from '../../contracts/indicator-adapter.ts'
import { Inbox, type Item } from './inbox.ts'

const reading = (region: string, value: number, rawSha256 = 'a'): Item => ({
  key: 'k',
  reading: {
    region,
    dims: {},
    at: { instant: '2026-08-06T06:32:00.000Z' },
    value,
    unit: '1',
    lineage: { request: 'topic', rawSha256, steps: [] },
  },
})
const valuesOf = (delivery: Delivery | undefined) =>
  delivery?.pages.flatMap(({ readings }) => readings.map(({ region, value }) => `${region}=${value}`))

function follow(inbox: Inbox<number>, signal = new AbortController().signal) {
  const settled: number[][] = []
  const deliveries = inbox.deliveries({
    signal,
    settle: (marks) => void settled.push([...marks]),
    cursor: String,
  })
  const next = async () => (await deliveries.next()).value as Delivery | undefined
  return { next, settled }
}

describe('what waits', () => {
  it('comes as one delivery of all that came meanwhile, grouped by subscription, in order', async () => {
    const inbox = new Inbox<number>(10)
    const { next } = follow(inbox)
    inbox.put(1, [reading('a', 1), { key: 'other', refusal: { row: 'm1', reason: 'no number' } }])
    inbox.put(2, [reading('b', 2)])
    const delivery = await next()
    expect(valuesOf(delivery)).toEqual(['a=1', 'b=2'])
    expect(delivery?.pages.map(({ key, refusals }) => [key, refusals.length])).toEqual([
      ['k', 0],
      ['other', 1],
    ])
    expect(delivery).not.toHaveProperty('dropped')
  })

  it('is waited for', async () => {
    const inbox = new Inbox<number>(10)
    const { next } = follow(inbox)
    const waiting = next()
    inbox.put(1, [reading('a', 1)])
    expect(valuesOf(await waiting)).toEqual(['a=1'])
  })

  it('is handed over in bounded deliveries, a message settled with the last of its items', async () => {
    const inbox = new Inbox<number>(10_000)
    const { next, settled } = follow(inbox)
    inbox.put(
      1,
      Array.from({ length: 2_500 }, (_, value) => reading('a', value)),
    )
    inbox.put(2, [])
    expect(valuesOf(await next())).toHaveLength(2_000)
    expect(valuesOf(await next())).toHaveLength(500)
    expect(settled).toEqual([[]])
    inbox.put(3, [reading('a', 1)])
    await next()
    expect(settled).toEqual([[], [1, 2]])
  })
})

describe('settling', () => {
  it('tells upstream only when the next delivery is asked for, in the order of arrival', async () => {
    const inbox = new Inbox<number>(10)
    const { next, settled } = follow(inbox)
    inbox.put(7, [reading('a', 1)])
    inbox.put(8, [])
    const first = await next()
    expect([first?.cursor, settled]).toEqual(['8', []])
    inbox.put(9, [reading('a', 2)])
    expect((await next())?.cursor).toBe('9')
    expect(settled).toEqual([[7, 8]])
  })

  it('has a message that tells nothing settled without waiting for others', async () => {
    const inbox = new Inbox<number>(10)
    const { next } = follow(inbox)
    const waiting = next()
    inbox.put(3, [])
    expect(await waiting).toEqual({ pages: [], cursor: '3' })
  })

  it('settles what was given up too, or the source would send it for ever', async () => {
    const inbox = new Inbox<number>(1)
    const { next } = follow(inbox)
    inbox.put(1, [reading('a', 1)])
    inbox.put(2, [reading('a', 2)])
    expect(await next()).toMatchObject({ cursor: '2', dropped: 1 })
  })
})

describe('when more comes than is taken', () => {
  it('gives up the oldest of the series that speaks, never the only value of another', async () => {
    const inbox = new Inbox<number>(4)
    const { next } = follow(inbox)
    inbox.put(1, [reading('quiet', 1)])
    for (let value = 1; value <= 50; value += 1) inbox.put(value, [reading('busy', value)])
    inbox.put(60, [reading('late', 9)])
    const delivery = await next()
    expect(valuesOf(delivery)).toEqual(['quiet=1', 'busy=49', 'busy=50', 'late=9'])
    expect(delivery?.dropped).toBe(48)
  })

  it('gives up the oldest of all where every series has one', async () => {
    const inbox = new Inbox<number>(2)
    const { next } = follow(inbox)
    for (const region of ['a', 'b', 'c']) inbox.put(1, [reading(region, 1)])
    expect(valuesOf(await next())).toEqual(['b=1', 'c=1'])
  })

  it('counts each one given up once', async () => {
    const inbox = new Inbox<number>(1)
    const { next } = follow(inbox)
    for (const value of [1, 2, 3]) inbox.put(value, [reading('a', value)])
    expect((await next())?.dropped).toBe(2)
    inbox.put(4, [reading('a', 4)])
    expect(await next()).not.toHaveProperty('dropped')
  })
})

describe('the end', () => {
  it('comes after what had come', async () => {
    const inbox = new Inbox<number>(10)
    const { next } = follow(inbox)
    inbox.put(1, [reading('a', 1)])
    inbox.fail(new SourceError('broke off'))
    inbox.fail(new SourceError('a second end'))
    expect(valuesOf(await next())).toEqual(['a=1'])
    await expect(next()).rejects.toThrow('broke off')
  })

  it('comes at once when it is told to stop', async () => {
    const control = new AbortController()
    const { next } = follow(new Inbox<number>(10), control.signal)
    const waiting = next()
    control.abort()
    await expect(waiting).rejects.toThrow(/abort/i)
  })
})

it('gives a delivery one digest: the message’s own, or that of its messages’', async () => {
  const inbox = new Inbox<number>(10)
  const { next } = follow(inbox)
  const digests = async () =>
    (await next())?.pages.flatMap(({ readings }) => readings.map(({ lineage }) => lineage.rawSha256))
  inbox.put(1, [reading('a', 1, 'aa'), reading('b', 1, 'aa')])
  expect(await digests()).toEqual(['aa', 'aa'])
  inbox.put(2, [reading('a', 2, 'aa')])
  inbox.put(3, [reading('a', 3, 'bb')])
  const both = createHash('sha256').update('aa\nbb').digest('hex')
  expect(await digests()).toEqual([both, both])
})
