import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Observation } from '../../src/domain/observation.ts'
import { everything, forever, minute, month, observed } from './sample-observations.ts'
import type { EngineUnderTest } from './store-suite.ts'
import type { NewObservation, ObservationStore } from './store.ts'

/** Any order and repetition of batches, and a volume that a table scan a second would not carry. */
export function describeStoreAtScale(
  title: string,
  makeEngine: () => Promise<EngineUnderTest>,
  options: { skip?: boolean } = {},
): void {
  describe.skipIf(options.skip ?? false)(`${title}, any order and many rows`, () => {
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
    const put = (observations: NewObservation[]) =>
      store.append({ sequence: ++sequence, observations, lineages: [] })

    it(
      'ends in the same values whatever the order and repetition of the batches',
      { timeout: 120_000 },
      async () => {
        const row = fc.record({
          series: fc.nat(1),
          period: fc.nat(3),
          value: fc.option(fc.nat(3)),
          result: fc.nat(6),
          synthetic: fc.boolean(),
        })
        const batch = fc.array(row, { minLength: 1, maxLength: 5 })
        const story = fc.array(batch, { minLength: 1, maxLength: 6 }).chain((batches) =>
          fc.record({
            batches: fc.constant(batches),
            order: fc.array(fc.nat(batches.length - 1), { maxLength: 6 }).chain((extra) =>
              fc.shuffledSubarray([...batches.keys(), ...extra], {
                minLength: batches.length + extra.length,
              }),
            ),
          }),
        )
        let run = 0
        await fc.assert(
          fc.asyncProperty(story, async ({ batches, order }) => {
            run += 1
            const play = async (name: string, places: readonly number[]) => {
              const region = name === 'a' ? `22${1000 + run}` : `23${1000 + run}`
              const rows = (place: number) =>
                batches[place]!.map(({ series: which, period, value, result, synthetic }) =>
                  observed({
                    region,
                    dims: { s: `${which}` },
                    period: month(period),
                    value,
                    status: value === null ? 'M' : 'A',
                    resultTime: minute(result),
                    receivedAt: minute(10 + place),
                    provenance: synthetic ? 'synthetic' : 'real',
                    source: synthetic ? 'simulator' : 'facts',
                  }),
                )
              for (const place of places) await put(rows(place))
              const strip = ({ dims, period, value, status, source }: Observation) => ({
                dims,
                period,
                value,
                status,
                source,
              })
              return {
                latest: (
                  await store.latest({
                    indicators: ['MAC.GDP.TOTAL'],
                    asOf: forever,
                    regions: [region],
                    onceSources: ['facts'],
                  })
                )
                  .map(strip)
                  .sort(byText),
                series: (await store.series({ indicator: 'MAC.GDP.TOTAL', region, ...everything })).map(
                  strip,
                ),
              }
            }
            expect(await play('b', order)).toEqual(await play('a', [...batches.keys()]))
          }),
          { numRuns: 60 },
        )
      },
    )

    it(
      'holds 200,000 rows and answers the newest of 3,000 series at once',
      { timeout: 180_000 },
      async () => {
        const regions = Array.from({ length: 15 }, (_, n) => `2201${10 + n}`)
        const codes = Array.from({ length: 200 }, (_, n) => `MAC.N${100 + n}.X`)
        for (let period = 0; period < 67; period += 1) {
          const rows = codes.flatMap((indicator, i) =>
            regions.map((region, r) =>
              observed({
                indicator,
                region,
                period: month(period),
                value: period * 1e4 + i * 20 + r,
                receivedAt: minute(period),
                resultTime: minute(period),
              }),
            ),
          )
          await put(rows)
        }
        const now = await store.latest({ indicators: codes, regions, asOf: forever, onceSources: [] })
        expect(now).toHaveLength(3000)
        expect(now.every(({ period }) => period.start === month(66).start)).toBe(true)
        const then = await store.latest({ indicators: codes, regions, asOf: minute(40), onceSources: [] })
        expect(then).toHaveLength(3000)
        expect(then.every(({ period }) => period.start === month(40).start)).toBe(true)
        expect(
          (await store.series({ indicator: codes[7]!, region: regions[3]!, ...everything })).map(
            ({ value }) => value,
          ),
        ).toEqual(Array.from({ length: 67 }, (_, period) => period * 1e4 + 7 * 20 + 3))
        expect(await store.lastSequence()).toBe(67)
      },
    )
  })
}

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1
}
