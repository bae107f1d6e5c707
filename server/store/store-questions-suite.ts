import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Lineage } from '../../src/domain/observation.ts'
import { everything, forever, minute, month, observed } from './sample-observations.ts'
import type { EngineUnderTest } from './store-suite.ts'
import type { DrillQuery, NewObservation, ObservationStore } from './store.ts'

const record: Lineage = {
  id: 'l-9',
  adapter: 'file',
  adapterVersion: '1',
  source: 'statistics',
  request: 'facts.csv',
  fetchedAt: minute(0),
  rawSha256: 'ab',
  steps: [],
}

/** Questions over many series at once, replay and retention: what every engine must answer alike. */
export function describeStoreQuestions(
  title: string,
  makeEngine: () => Promise<EngineUnderTest>,
  options: { skip?: boolean } = {},
): void {
  describe.skipIf(options.skip ?? false)(`${title}: questions`, () => {
    let engine: EngineUnderTest
    let store: ObservationStore
    let sequence: number
    beforeEach(async () => {
      engine = await makeEngine()
      store = await engine.open()
      sequence = 0
    })
    afterEach(async () => {
      await store.close()
      await engine.dispose()
    })
    const put = (...observations: NewObservation[]) =>
      store.append({ sequence: ++sequence, observations, lineages: [record] })
    const at = (number: number, region: string, change: { asOf?: string; real?: boolean } = {}) => ({
      indicator: 'MAC.GDP.TOTAL',
      region,
      dims: {},
      periodStart: month(number).start,
      periodEnd: month(number).end,
      asOf: forever,
      real: false,
      ...change,
    })
    const drill = async (change: Partial<DrillQuery> = {}) =>
      (
        await store.drill({
          indicator: 'MAC.GDP.TOTAL',
          regions: ['220102', '220103'],
          from: everything.from,
          to: everything.to,
          bucket: 'year',
          timeZone: 'UTC',
          asOf: forever,
          ...change,
        })
      ).sort((a, b) => (`${a.region}${a.start}` < `${b.region}${b.start}` ? -1 : 1))

    it('answers many periods as it answers each alone, in the order they were asked', async () => {
      await put(observed({ value: 1 }), observed({ region: '220103', value: 2, provenance: 'synthetic' }))
      await put(observed({ value: 3, resultTime: minute(5), receivedAt: minute(5) }))
      const queries = [
        at(0, '220103'),
        at(1, '220102'),
        at(0, '220102'),
        at(0, '220102', { asOf: minute(4) }),
        at(0, '220103', { real: true }),
        at(0, '999999'),
        at(0, '220102'),
      ]
      const answers = await store.atMany(queries)
      expect(answers.map((found) => found?.value)).toEqual([2, undefined, 3, 1, undefined, undefined, 3])
      expect(answers).toEqual(await Promise.all(queries.map((query) => store.at(query))))
      expect(await store.atMany([])).toEqual([])
    })

    it('tells what was received in a window, batch by batch, wherever the periods lie', async () => {
      for (const value of [1, 2, 3, 4])
        await put(
          observed({ period: month(9 - value), value, receivedAt: minute(value) }),
          observed({ period: month(value), region: '220103', value, receivedAt: minute(value) }),
        )
      const told = async (from: number, to: number, limit = 10, after?: number) =>
        (
          await store.received({
            from: minute(from),
            to: minute(to),
            limit,
            ...(after === undefined ? {} : { after }),
          })
        ).map((batch) => [batch.sequence, ...batch.observations.map(({ value }) => value)])
      expect(await told(2, 4)).toEqual([
        [2, 2, 2],
        [3, 3, 3],
      ])
      expect(await told(0, 9, 2)).toEqual([
        [1, 1, 1],
        [2, 2, 2],
      ])
      expect(await told(0, 9, 2, 2)).toEqual([
        [3, 3, 3],
        [4, 4, 4],
      ])
      expect(await told(5, 9)).toEqual([])
    })

    it('sums standing observations over the calendar, missing ones counted and never added', async () => {
      await put(...[0, 1, 2, 12].map((number) => observed({ period: month(number), value: number + 1 })))
      await put(observed({ region: '220103', value: null, status: 'M' }))
      await put(observed({ region: '220104', value: 100 }))
      await put(observed({ period: month(1), value: 20, resultTime: minute(5), receivedAt: minute(5) }))
      const all = await drill()
      expect(all).toHaveLength(3)
      expect(all[0]).toEqual({
        region: '220102',
        dims: {},
        unit: 'CNY',
        start: '2024-01-01T00:00:00Z',
        end: '2025-01-01T00:00:00Z',
        count: 3,
        missing: 0,
        synthetic: 0,
        sum: 24,
        min: 1,
        max: 20,
        last: 3,
      })
      expect(all[1]).toMatchObject({ start: '2025-01-01T00:00:00Z', count: 1, sum: 13 })
      expect(all[2]).toMatchObject({ region: '220103', count: 0, missing: 1, sum: null, last: null })
      expect((await drill({ asOf: minute(4) }))[0]).toMatchObject({ sum: 6, max: 3 })
      expect((await drill({ bucket: 'quarter', to: month(1).start })).map(({ sum }) => sum)).toEqual([
        1,
        null,
      ])
      expect(await drill({ dims: { none: 'x' } })).toEqual([])
      expect(await drill({ regions: [] })).toEqual([])
    })

    it('takes the days of the city, and each breakdown by itself', async () => {
      const hour = (start: string, value: number, dims = {}) =>
        observed({ period: { start, end: start, label: start }, value, dims, provenance: 'synthetic' })
      await put(
        hour('2026-08-05T15:00:00Z', 1),
        hour('2026-08-05T16:00:00Z', 2),
        hour('2026-08-06T15:00:00Z', 3),
      )
      await put(hour('2026-08-05T16:00:00Z', 9, { station: 'a' }))
      const days = await drill({ bucket: 'day', timeZone: 'Asia/Shanghai', dims: {} })
      expect(days.map(({ start, sum, synthetic }) => [start, sum, synthetic])).toEqual([
        ['2026-08-04T16:00:00Z', 1, 1],
        ['2026-08-05T16:00:00Z', 5, 2],
      ])
      expect(await drill({ bucket: 'day', timeZone: 'Asia/Shanghai' })).toHaveLength(3)
    })

    it('removes whole months of the sources that were named, never what stands newest', async () => {
      const months = [0, 1, 2, 3]
      await put(...months.map((number) => observed({ period: month(number), value: number })))
      await put(
        ...months.map((number) => observed({ period: month(number), region: '220103', source: 'other' })),
      )
      await put(observed({ period: month(0), region: '220104', value: 7 }))
      await put(observed({ period: month(5), region: '220105' }))
      const prune = (before: string) => store.prune({ sources: ['statistics'], before })
      expect(await store.prune({ sources: [], before: forever })).toBe(0)
      expect(await prune('2024-03-20T00:00:00Z')).toBe(2)
      const values = async (region: string) =>
        (await store.series({ indicator: 'MAC.GDP.TOTAL', region, ...everything })).length
      expect([await values('220102'), await values('220103'), await values('220104')]).toEqual([2, 4, 1])
      expect(await prune(forever)).toBe(1)
      await store.close()
      store = await engine.reopen()
      const newest = { indicators: ['MAC.GDP.TOTAL'], asOf: forever, onceSources: [] }
      expect(await store.latest({ ...newest, regions: ['220102', '220104'] })).toMatchObject([
        { value: 3 },
        { value: 7 },
      ])
      expect(await store.lastSequence()).toBe(4)
      await put(observed({ period: month(0), value: 70 }))
      expect(await values('220102')).toBe(2)
    })

    it('keeps a record that only its rows are named of', async () => {
      await put(observed({ lineage: 'l-9:12' }))
      expect(await store.lineage('l-9')).toEqual(record)
    })
  })
}
