import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import sql from '../../src/adapters/indicators/sql.ts'
import { endOf, ioOf } from '../conformance/protocol-book.ts'
import { seedRows } from '../conformance/protocol-suite.ts'
import { service as mariadb } from '../support/services/mariadb.ts'
import { type OwnInstance, ownInstance } from '../support/services/own-instance.ts'
import { service as postgis } from '../support/services/postgis.ts'
import { runningService, skipReason } from '../support/services/running.ts'
import { mariadbSubject, postgisSubject } from './support/sql-subjects.ts'

const window = { from: '2026-08-05T16:00:00Z', to: '2026-08-20T16:00:00Z' }

describe.each([
  [postgis, postgisSubject],
  [mariadb, mariadbSubject],
] as const)('$id killed between two pages', (service, subjectOf) => {
  describe.skipIf(!runningService(service.id))(`of its own${skipReason(service.id)}`, () => {
    let own: OwnInstance
    beforeAll(async () => {
      own = await ownInstance(service)
    }, 90_000)
    afterAll(() => own?.stop())

    test('the pages that came are whole, the break is said, and the same window then gives all', async () => {
      const subject = await subjectOf(own.running, `cut_${process.pid}`)
      await subject.seed(seedRows(9_000))
      // More bytes than any buffer on the way holds.
      const { query, ...rest } = subject.mapping as { query: string }
      const wide = { ...rest, query: query.replace('value', "value, repeat('x', 4000) AS wide") }
      const [settings, mapping] = [v.parse(sql.settings, subject.source), v.parse(sql.mapping, wide)]
      const pages = (): ReturnType<typeof sql.read> =>
        sql.read(settings, mapping, window, ioOf(subject, AbortSignal.timeout(45_000)))
      const cut: number[] = []
      const reading = async (): Promise<void> => {
        for await (const { readings } of pages()) {
          cut.push(readings.length)
          if (cut.length === 1) await own.kill()
        }
      }
      const { message } = await endOf(reading())
      expect(message).toMatch(/the connection broke|is being shut down/)
      expect(cut.length).toBeLessThan(90)
      expect(new Set(cut)).toEqual(new Set([100]))
      await own.restart()
      const times = new Set<string>()
      let count = 0
      for await (const { readings, refusals } of pages()) {
        count += readings.length + refusals.length
        for (const { at } of readings) times.add('instant' in at ? at.instant : at.label)
      }
      expect([count, times.size]).toEqual([9_000, 9_000])
    })
  })
})
