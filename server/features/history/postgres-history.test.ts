import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type PostgresServer,
  postgresMissing,
  postgresNote,
  startPostgres,
} from '../../../tests/support/postgres.ts'
import { createHistoryEngine } from './history-engine.ts'
import { describeHistory, placeOf, tell } from './history-suite.ts'
import { openPostgresHistory } from './postgres-history.ts'

let server: PostgresServer
let schemas = 0
beforeAll(async () => {
  if (!postgresMissing) server = await startPostgres()
}, 60_000)
afterAll(() => server?.stop())

/** The observations' opener makes the schema before the history is asked for anything. */
async function madeSchema(): Promise<string> {
  const schema = `city_${++schemas}`
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  await client.query(`CREATE SCHEMA ${schema}`)
  await client.end()
  return schema
}

describeHistory(
  `history of features on PostgreSQL${postgresNote}`,
  async () => {
    const schema = await madeSchema()
    return {
      open: () => openPostgresHistory({ databaseUrl: server.url, schema }),
      dispose: async () => undefined,
    }
  },
  postgresMissing,
)

describe.skipIf(postgresMissing)(`two gateways on one PostgreSQL${postgresNote}`, () => {
  it('keep one history, whoever of them heard a change first', async () => {
    const schema = await madeSchema()
    const open = async () =>
      createHistoryEngine(await openPostgresHistory({ databaseUrl: server.url, schema }))
    const [one, other] = await Promise.all([open(), open()])
    // What the one hears in every third round is only the other's to write, and it is taken back in the next.
    const saidAt = (at: number) => [placeOf('a', at), placeOf('b', at % 3 === 0 ? 'closed' : 'open')]
    for (let at = 1; at <= 30; at += 1) {
      const tellers = at % 3 === 0 ? [other] : at % 5 === 0 ? [one, other] : [one]
      const isNew = await Promise.all(tellers.map((teller) => tell(teller, at, saidAt(at))))
      expect(isNew).toContain(true)
    }
    for (let at = 1; at <= 30; at += 1) {
      const asked = { identity: 'shelters', fromAtMs: undefined, atMs: undefined, asOfMs: at }
      const found = await other.find(asked)
      expect(found).toMatchObject({ sinceMs: at, receivedMs: at })
      expect(found?.features).toEqual(saidAt(at))
      expect(await one.find(asked)).toEqual(found)
    }
    await one.close()
    await other.close()
  })
})
