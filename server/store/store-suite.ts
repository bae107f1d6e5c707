import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Lineage } from '../../src/domain/observation.ts'
import { SequenceTakenError } from './storage-errors.ts'
import { everything, forever, minute, month, observed } from './sample-observations.ts'
import type { NewObservation, ObservationStore } from './store.ts'

export interface EngineUnderTest {
  open(): Promise<ObservationStore>
  /** Opens the same store again, as after a restart. */
  reopen(): Promise<ObservationStore>
  dispose(): Promise<void>
}

const lineage: Lineage = {
  id: 'l-1',
  adapter: 'file',
  adapterVersion: '1',
  source: 'statistics',
  request: 'facts.csv row 3',
  fetchedAt: minute(0),
  rawSha256: 'ab',
  steps: [{ step: 'unit', detail: '10*8.CNY → CNY' }],
}

/** What every engine must do; `title` says which one, and why it is skipped where it is. */
export function describeStore(
  title: string,
  makeEngine: () => Promise<EngineUnderTest>,
  options: { skip?: boolean } = {},
): void {
  describe.skipIf(options.skip ?? false)(`${title}: contract`, () => {
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
      store.append({ sequence: ++sequence, observations, lineages: [lineage] })
    const latest = (change: Partial<Parameters<ObservationStore['latest']>[0]> = {}) =>
      store.latest({
        indicators: ['MAC.GDP.TOTAL'],
        regions: ['220102'],
        asOf: forever,
        onceSources: [],
        ...change,
      })
    const series = (change: Partial<Parameters<ObservationStore['series']>[0]> = {}) =>
      store.series({ indicator: 'MAC.GDP.TOTAL', region: '220102', dims: {}, ...everything, ...change })
    const restart = async () => {
      await store.close()
      store = await engine.reopen()
    }

    it('gives back what was appended, byte for byte, also after a restart', async () => {
      const full = observed({
        dims: { sector: '二产', b: 'x', a: 'y' },
        value: 0.1 + 0.2,
        flags: ['late', 'spike'],
        interval: [{ level: 0.8, lower: -1.5, upper: 2 }],
        comparisons: [{ kind: 'yoy', value: -0.3, unit: 'pp', published: true }],
        resultTime: '2026-08-06T14:32:00.25+08:00',
      })
      const { stored, refused } = await put(full)
      const expected = { ...full, resultTime: '2026-08-06T06:32:00.250Z', revision: 0 }
      expect({ stored, refused }).toEqual({ stored: [expected], refused: 0 })
      for (const round of ['now', 'restarted']) {
        expect(await latest(), round).toEqual([expected])
        expect(await series({ dims: { a: 'y', b: 'x', sector: '二产' } }), round).toEqual([expected])
        expect(await store.after(0, 10), round).toEqual([{ sequence: 1, observations: [expected] }])
        expect(await store.lineage('l-1'), round).toEqual(lineage)
        expect(await store.lastSequence(), round).toBe(1)
        await restart()
      }
    })

    it('answers the newest period: the later end, where cumulative periods share their start', async () => {
      const start = month(0).start
      const upTo = (end: number) =>
        observed({ period: { start, end: month(end).start, label: `${end}` }, value: end })
      await put(upTo(3), upTo(10), upTo(6))
      expect((await latest()).map(({ value }) => value)).toEqual([10])
      expect((await series()).map(({ value }) => value)).toEqual([3, 6, 10])
    })

    it('keeps series apart by region, indicator and dims', async () => {
      await put(
        observed({ value: 1 }),
        observed({ region: '220103', value: 2 }),
        observed({ indicator: 'IND.ENT.COUNT', value: 3 }),
        observed({ dims: { a: '1' }, value: 4 }),
      )
      expect((await latest()).map(({ value }) => value).sort(byNumber)).toEqual([1, 4])
      expect(
        (await latest({ regions: ['220102', '220103'], indicators: ['MAC.GDP.TOTAL', 'IND.ENT.COUNT'] }))
          .map(({ value }) => value)
          .sort(byNumber),
      ).toEqual([1, 2, 3, 4])
      expect((await series({ dims: {} })).map(({ value }) => value)).toEqual([1])
      const everyDims = { indicator: 'MAC.GDP.TOTAL', region: '220102', ...everything }
      expect((await store.series(everyDims)).map(({ value }) => value).sort(byNumber)).toEqual([1, 4])
    })

    it('drops a repeat, without a sequence, and stores a change as the next revision', async () => {
      await put(observed({ value: 5 }))
      expect(await put(observed({ value: 5, resultTime: minute(9), receivedAt: minute(9) }))).toEqual({
        stored: [],
        refused: 0,
      })
      expect(await store.lastSequence()).toBe(1)
      const { stored } = await put(
        observed({ value: 6, resultTime: minute(10), receivedAt: minute(10) }),
        observed({ value: 6, status: 'P', resultTime: minute(11), receivedAt: minute(11) }),
      )
      expect(stored.map(({ revision, value, status }) => [revision, value, status])).toEqual([
        [1, 6, 'A'],
        [2, 6, 'P'],
      ])
      expect(await latest()).toEqual([stored[1]])
      expect(await series()).toEqual([stored[1]])
    })

    it('keeps null as null: an absent value is a revision like any other, never 0', async () => {
      await put(observed({ value: 5 }))
      await put(observed({ value: null, status: 'M', resultTime: minute(1), receivedAt: minute(1) }))
      expect((await latest())[0]).toMatchObject({ value: null, status: 'M', revision: 1 })
      await put(observed({ value: 0, resultTime: minute(2), receivedAt: minute(2) }))
      expect((await latest())[0]).toMatchObject({ value: 0, revision: 2 })
      await restart()
      expect((await latest())[0]).toMatchObject({ value: 0, revision: 2 })
    })

    it('replays what was known at any moment', async () => {
      const known = (value: number, at: number, period = month(0)) =>
        observed({ value, period, resultTime: minute(at), receivedAt: minute(at) })
      await put(known(5, 10))
      await put(known(6, 20))
      await put(known(7, 30, month(1)))
      const seen = async (at: number) => ({
        latest: (await latest({ asOf: minute(at) })).map(({ value }) => value),
        series: (await series({ asOf: minute(at) })).map(({ value }) => value),
        at: (
          await store.at({
            indicator: 'MAC.GDP.TOTAL',
            region: '220102',
            dims: {},
            periodStart: month(0).start,
            periodEnd: month(0).end,
            asOf: minute(at),
            real: true,
          })
        )?.value,
      })
      for (const round of ['now', 'restarted']) {
        expect(await seen(9), round).toEqual({ latest: [], series: [], at: undefined })
        expect(await seen(10), round).toEqual({ latest: [5], series: [5], at: 5 })
        expect(await seen(25), round).toEqual({ latest: [6], series: [6], at: 6 })
        expect(await seen(30), round).toEqual({ latest: [7], series: [6, 7], at: 6 })
        await restart()
      }
    })

    it('lets a late answer with an older result time not undo a newer one', async () => {
      const released = (value: number, result: number, received: number) =>
        observed({ value, resultTime: minute(result), receivedAt: minute(received) })
      await put(released(6, 3, 3))
      expect((await put(released(5, 1, 4))).stored).toEqual([])
      await put(released(6, 8, 8))
      expect((await put(released(7, 6, 9))).stored).toEqual([])
      expect((await latest()).map(({ value }) => value)).toEqual([6])
    })

    it('refuses a synthetic value where a real one stands, and lets a real one supersede it', async () => {
      const synthetic = (period: number, value: number) =>
        observed({
          period: month(period),
          value,
          provenance: 'synthetic',
          source: 'simulator',
          receivedAt: minute(value),
          resultTime: minute(value),
        })
      const real = (period: number, value: number) =>
        observed({ period: month(period), value, source: 'facts' })
      await put(synthetic(0, 10), synthetic(1, 11))
      await put(real(1, 1))
      expect(await put(synthetic(1, 12), synthetic(2, 13))).toMatchObject({
        refused: 1,
        stored: [{ value: 13 }],
      })
      expect((await series()).map(({ value }) => value)).toEqual([10, 1, 13])
      expect((await latest({ onceSources: ['facts'] })).map(({ value }) => value)).toEqual([13, 1])
      expect((await latest({ onceSources: [] })).map(({ value }) => value)).toEqual([13])
      const ask = {
        indicator: 'MAC.GDP.TOTAL',
        region: '220102',
        dims: {},
        periodStart: month(0).start,
        periodEnd: month(0).end,
        asOf: forever,
      }
      expect(await store.at({ ...ask, real: true })).toBeUndefined()
      expect(await store.at({ ...ask, real: false })).toMatchObject({ value: 10 })
    })

    it('never answers a superseded synthetic value as the newest of its class', async () => {
      const synthetic = (period: number) =>
        observed({ period: month(period), value: 10 + period, provenance: 'synthetic', source: 'simulator' })
      await put(synthetic(0), synthetic(1))
      await put(observed({ period: month(1), value: 1, source: 'facts', receivedAt: minute(5) }))
      for (const round of ['now', 'restarted']) {
        expect(
          (await latest({ onceSources: ['facts'] })).map(({ value }) => value),
          round,
        ).toEqual([10, 1])
        expect(
          (await latest({ onceSources: ['facts'], asOf: minute(4) })).map(({ value }) => value),
          round,
        ).toEqual([11])
        await restart()
      }
    })

    it('does not mistake a real value for a repeat of an equal synthetic one', async () => {
      await put(observed({ value: 5, provenance: 'synthetic', source: 'simulator' }))
      expect((await put(observed({ value: 5 }))).stored).toMatchObject([{ provenance: 'real', revision: 1 }])
    })

    it('moves the cursor with the batch, also when every observation was known', async () => {
      const cursor = (value: string) => ({ key: "poll|it's", value })
      expect(await store.cursor("poll|it's")).toBeUndefined()
      await store.append({ sequence: 1, observations: [observed()], lineages: [], cursors: [cursor('1')] })
      await store.append({ sequence: 2, observations: [observed()], lineages: [], cursors: [cursor('2')] })
      expect(await store.cursor("poll|it's")).toBe('2')
      expect(await store.lastSequence()).toBe(1)
      await restart()
      expect(await store.cursor("poll|it's")).toBe('2')
    })

    it('writes nothing of a batch that fails: no observation, no cursor, no number', async () => {
      await put(observed())
      const bad = {
        observations: [observed({ period: month(5) }), observed({ period: month(6), value: Number.NaN })],
        lineages: [],
        cursors: [{ key: 'c', value: '1' }],
      }
      await expect(store.append({ sequence: 2, ...bad })).rejects.toThrow(RangeError)
      await expect(
        store.append({ ...bad, sequence: 1, observations: [observed({ period: month(7) })] }),
      ).rejects.toThrow(SequenceTakenError)
      expect(await store.cursor('c')).toBeUndefined()
      expect(await series()).toHaveLength(1)
      expect(await store.lastSequence()).toBe(1)
    })

    it('hands followers whole batches after their number, oldest first', async () => {
      for (const value of [1, 2, 3, 4])
        await store.append({
          sequence: value * 10,
          observations: [
            observed({ period: month(value), value }),
            observed({ period: month(value), region: '220103', value }),
          ],
          lineages: [],
        })
      for (const round of ['now', 'restarted']) {
        const batches = await store.after(10, 2)
        expect(
          batches.map((batch) => batch.sequence),
          round,
        ).toEqual([20, 30])
        expect(
          batches[1]!.observations.map(({ region, value }) => [region, value]),
          round,
        ).toEqual([
          ['220102', 3],
          ['220103', 3],
        ])
        expect(await store.after(40, 2), round).toEqual([])
        expect((await store.after(0, 100)).length, round).toBe(4)
        await restart()
      }
    })

    it('cuts a series at half-open borders and at the limit', async () => {
      await put(...[0, 1, 2, 3, 4, 5].map((number) => observed({ period: month(number), value: number })))
      expect((await series({ from: month(1).start, to: month(4).start })).map(({ value }) => value)).toEqual([
        1, 2, 3,
      ])
      expect((await series({ limit: 2 })).map(({ value }) => value)).toEqual([0, 1])
    })

    it('answers empty questions with nothing', async () => {
      await put(observed())
      expect(await latest({ indicators: [] })).toEqual([])
      expect(await latest({ regions: [] })).toEqual([])
      expect(await latest({ indicators: ['MAC.NOT.KNOWN'] })).toEqual([])
      expect(await series({ dims: { none: 'x' } })).toEqual([])
      expect(await store.lineage('none')).toBeUndefined()
      expect(await put()).toEqual({ stored: [], refused: 0 })
    })

    it('takes any text as text', async () => {
      const texts = [
        "'; DROP TABLE observations; --",
        '$1',
        '"quoted"',
        'a|b=c',
        '\\u0000\\',
        '长春\n\t',
        '{"a":1}',
        '%_',
        '😀',
      ]
      const rows = texts.map((text, place) =>
        observed({
          dims: { [text]: text, other: text },
          value: place,
          unit: text,
          source: text,
          lineage: text,
          period: { ...month(0), label: text },
        }),
      )
      await store.append({
        sequence: 1,
        observations: rows,
        lineages: texts.map((id) => ({ ...lineage, id, request: id })),
        cursors: [{ key: texts[0]!, value: texts[1]! }],
      })
      await restart()
      for (const [place, text] of texts.entries()) {
        expect(await series({ dims: { other: text, [text]: text } })).toEqual([
          { ...rows[place], revision: 0 },
        ])
        expect((await store.lineage(text))?.request).toBe(text)
      }
      expect(await series({ dims: { a: "x' OR '1'='1" } })).toEqual([])
      expect(await latest({ indicators: ["x' OR '1'='1"], regions: ["' OR 1=1 --"] })).toEqual([])
    })

    it('tells dims apart whose readable keys would be equal', async () => {
      await put(
        observed({ dims: { a: 'x|b=y' }, value: 1 }),
        observed({ dims: { a: 'x', b: 'y' }, value: 2 }),
      )
      expect((await series({ dims: { a: 'x|b=y' } })).map(({ value }) => value)).toEqual([1])
      expect((await latest()).map(({ value }) => value).sort(byNumber)).toEqual([1, 2])
    })
  })
}

function byNumber(a: number | null, b: number | null): number {
  return (a ?? 0) - (b ?? 0)
}
