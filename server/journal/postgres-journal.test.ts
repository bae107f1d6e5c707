import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  postgresMissing,
  postgresNote,
  startPostgres,
  type PostgresServer,
} from '../../tests/support/postgres.ts'
import { openPostgresStorage } from '../store/postgres-storage.ts'
import { observed } from '../store/sample-observations.ts'
import { describeJournal } from './journal-suite.ts'
import { all, written } from './sample-records.ts'

let server: PostgresServer
let schemas = 0
beforeAll(async () => {
  if (!postgresMissing) server = await startPostgres()
}, 60_000)
afterAll(() => server?.stop())

const open = (schema: string) => openPostgresStorage(server.url, { schema, report: () => undefined })

describeJournal(
  `journal on PostgreSQL${postgresNote}`,
  async () => {
    const schema = `city_${++schemas}`
    const closing: (() => Promise<void>)[] = []
    return {
      async open() {
        const storage = await open(schema)
        closing.push(storage.close)
        return storage.journal
      },
      dispose: async () => void (await Promise.all(closing.map((close) => close()))),
    }
  },
  { skip: postgresMissing },
)

describe.skipIf(postgresMissing)(`two gateways on one PostgreSQL${postgresNote}`, () => {
  it(
    'share one sequence without a gap or a double, and one unbroken chain',
    { timeout: 60_000 },
    async () => {
      const schema = `city_${++schemas}`
      const [a, b] = [await open(schema), await open(schema)]
      const record = (storage: typeof a, number: number) =>
        storage.lane.run(async (first) => {
          const records = await storage.journal.append([written(number)], first)
          return { used: 1, result: records[0]!.sequence }
        })
      const observe = (storage: typeof a, number: number) =>
        storage.lane.run(async (first) => {
          const { stored } = await storage.store.append({
            sequence: first,
            observations: [observed({ dims: { n: `${number}` } })],
            lineages: [],
          })
          return { used: stored.length, result: first }
        })
      const numbers = await Promise.all(
        Array.from({ length: 40 }, (_, place) =>
          (place % 3 === 0 ? observe : record)(place % 2 === 0 ? a : b, place),
        ),
      )
      expect(numbers.toSorted((x, y) => x - y)).toEqual(Array.from({ length: 40 }, (_, place) => place + 1))
      expect(await a.journal.verify()).toEqual({ records: 26 })
      expect((await all(a.journal)).map(({ sequence }) => sequence)).toEqual(
        (await all(b.journal)).map(({ sequence }) => sequence),
      )
      await Promise.all([a.close(), b.close()])
    },
  )

  it('wake each other, also after the connection that listens was cut', { timeout: 60_000 }, async () => {
    const schema = `city_${++schemas}`
    const [a, b] = [await open(schema), await open(schema)]
    const woken: number[] = []
    b.lane.onAdvance(() => woken.push(b.journal.lastSequence()))
    const record = () =>
      a.lane.run(async (first) => ({ used: 1, result: await a.journal.append([written(first)], first) }))
    await record()
    await vi.waitFor(() => expect(woken).toEqual([1]), 5_000)
    expect(b.lane.last()).toBe(1)
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    await client.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' OR query = 'SELECT 1' AND pid <> pg_backend_pid()",
    )
    await client.end()
    await record()
    await vi.waitFor(() => expect(woken).toEqual([1, 2]), 15_000)
    expect((await all(b.journal)).map(({ sequence }) => sequence)).toEqual([1, 2])
    await Promise.all([a.close(), b.close()])
  })

  it('tell of a record that was changed behind their backs', async () => {
    const schema = `city_${++schemas}`
    const storage = await open(schema)
    await storage.journal.append([written(1), written(2), written(3)], 1)
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    await client.query(`ALTER TABLE ${schema}.journal DISABLE TRIGGER ALL`)
    await client.query(`UPDATE ${schema}.journal SET line = replace(line, 'i-2', 'i-X') WHERE sequence = 2`)
    await client.end()
    expect(await storage.journal.verify()).toEqual({
      broken: { line: 2, reason: 'its hash does not fit its content' },
    })
    await storage.close()
  })
})
