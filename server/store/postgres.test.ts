import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  postgresMissing,
  postgresNote,
  startPostgres,
  type PostgresServer,
} from '../../tests/support/postgres.ts'
import type { Storage } from './open-storage.ts'
import { openPostgresStorage } from './postgres-storage.ts'
import { StoreUnavailableError, StoreUnusableError } from './storage-errors.ts'
import { month, observed } from './sample-observations.ts'
import { describeStoreAtScale } from './store-scale-suite.ts'
import { describeStoreQuestions } from './store-questions-suite.ts'
import { describeStore } from './store-suite.ts'

let server: PostgresServer
let schemas = 0

beforeAll(async () => {
  if (!postgresMissing) server = await startPostgres()
}, 60_000)
afterAll(() => server?.stop())

const openNew = (): Promise<Storage> => openPostgresStorage(server.url, { schema: `city_${++schemas}` })

const makeEngine = async () => {
  const opened: Storage[] = []
  const schema = `city_${++schemas}`
  const open = async () => {
    const storage = await openPostgresStorage(server.url, { schema })
    opened.push(storage)
    return storage.store
  }
  return {
    open,
    reopen: open,
    dispose: async () => void (await Promise.all(opened.map((storage) => storage.close()))),
  }
}

const title = `observation store on PostgreSQL${postgresNote}`
describeStore(title, makeEngine, { skip: postgresMissing })
describeStoreQuestions(title, makeEngine, { skip: postgresMissing })
describeStoreAtScale(title, makeEngine, { skip: postgresMissing })

describe.skipIf(postgresMissing)(`storage on PostgreSQL${postgresNote}`, () => {
  it('makes its tables once, however many gateways start together', async () => {
    const schema = `city_${++schemas}`
    const storages = await Promise.all([1, 2, 3].map(() => openPostgresStorage(server.url, { schema })))
    expect(await Promise.all(storages.map(({ store }) => store.lastSequence()))).toEqual([0, 0, 0])
    await Promise.all(storages.map((storage) => storage.close()))
  })

  it('refuses to change or remove what was written', async () => {
    const storage = await openNew()
    await storage.store.append({ sequence: 1, observations: [observed()], lineages: [] })
    const { default: pg } = await import('pg')
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    for (const statement of [
      'UPDATE city_S.observations SET value = 2',
      'DELETE FROM city_S.observations',
      'TRUNCATE city_S.observations',
      'DELETE FROM city_S.sequences',
    ]) {
      await expect(client.query(statement.replace('city_S', `city_${schemas}`)), statement).rejects.toThrow(
        'append-only',
      )
    }
    await client.end()
    await storage.close()
  })

  it('says in one sentence, without the password, that the server is not there', async () => {
    const opening = openPostgresStorage('postgres://someone:secret@127.0.0.1:1/city')
    await expect(opening).rejects.toThrow(StoreUnusableError)
    await expect(opening).rejects.toThrow(
      /^PostgreSQL at postgres:\/\/someone@127\.0\.0\.1:1\/city cannot be used: connect ECONNREFUSED/,
    )
  })

  it(
    'fails clearly while the server is away and goes on when it is back, with nothing lost',
    { timeout: 60_000 },
    async () => {
      const reports: string[] = []
      const storage = await openPostgresStorage(server.url, {
        schema: `city_${++schemas}`,
        report: (sentence) => reports.push(sentence),
      })
      const put = (value: number) =>
        storage.lane.run(async (sequence) => {
          const { stored } = await storage.store.append({
            sequence,
            observations: [observed({ period: month(value), value })],
            lineages: [],
          })
          return { used: stored.length, result: sequence }
        })
      expect(await put(1)).toBe(1)
      await server.crash()
      await expect(put(2)).rejects.toThrow(StoreUnavailableError)
      await expect(storage.store.lastSequence()).rejects.toThrow(StoreUnavailableError)
      await server.start()
      expect(await put(2)).toBe(2)
      expect((await storage.store.after(0, 10)).map(({ sequence }) => sequence)).toEqual([1, 2])
      expect(reports.join()).toContain('connection to PostgreSQL was lost')
      await storage.close()
    },
  )
})
