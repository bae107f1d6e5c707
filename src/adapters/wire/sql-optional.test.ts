import { expect, test } from 'vitest'
import { loadDriver, openOptional } from './sql-optional.ts'
import type { SessionSettings } from './sql-session.ts'

const settings: SessionSettings = {
  place: 'oracle://db:1521/CITY',
  host: '10.0.0.1',
  port: 1521,
  servername: 'db',
  database: 'CITY',
  user: 'reader',
  password: 'p',
  tls: false,
  timeZone: 'Asia/Shanghai',
  timeoutMs: 1_000,
  signal: new AbortController().signal,
}

/** What node-oracledb and dmdb answer, as their documentation has it. */
function toldDriver(rows: unknown[][]) {
  const heard: { text: string; values: unknown }[] = []
  const connection = {
    callTimeout: 0,
    execute(text: string, values: unknown) {
      heard.push({ text, values })
      const rest = [...rows]
      const resultSet = {
        getRows: (count: number) => Promise.resolve(rest.splice(0, count)),
        close: () => Promise.resolve(),
      }
      const metaData = [
        { name: 'AT', dbTypeName: 'TIMESTAMP' },
        { name: 'N', dbTypeName: 'NUMBER' },
      ]
      return Promise.resolve(text.startsWith('SELECT') ? { metaData, resultSet } : {})
    },
    close: () => Promise.resolve(),
  }
  const driver = {
    getConnection: (options: unknown) => (
      heard.push({ text: 'connect', values: options }),
      Promise.resolve(connection)
    ),
  }
  return { heard, load: () => Promise.resolve({ default: driver }) }
}

test('a driver that is not installed is named, with the way to get it', async () => {
  await expect(loadDriver('oracle')).rejects.toThrow('npm install oracledb')
  await expect(loadDriver('dm')).rejects.toThrow('达梦 needs its driver, which is not part of Citydeck')
})

test('a session reads only, in the declared zone, and binds what it is given', async () => {
  const { heard, load } = toldDriver([
    ['2026-08-06 00:00:00', 1],
    ['2026-08-06 01:00:00', null],
    ['2026-08-06 02:00:00', '3.5'],
  ])
  const session = await openOptional('oracle', settings, load)
  expect(heard[0]!.values).toMatchObject({ connectString: 'tcp://10.0.0.1:1521/CITY' })
  expect(heard[1]!.text).toContain("TIME_ZONE = 'Asia/Shanghai'")
  const query = { text: 'SELECT * FROM (t) q WHERE a = :1', values: ['x'] }
  expect((await session.columns(query)).map(({ kind }) => kind)).toEqual(['wall-clock', 'integer'])
  const pages = []
  for await (const page of session.pages(query, 2)) pages.push(page)
  expect(pages).toEqual([
    [
      ['2026-08-06 00:00:00', '1'],
      ['2026-08-06 01:00:00', null],
    ],
    [['2026-08-06 02:00:00', '3.5']],
  ])
  const texts = heard.map(({ text }) => text)
  expect(texts.indexOf('SET TRANSACTION READ ONLY')).toBe(texts.indexOf(query.text) - 1)
  expect(await session.standing()).toContain('not verified')
  session.close()
})

test('a zone that is no zone is not written into a statement', async () => {
  const { load } = toldDriver([])
  const bad = { ...settings, timeZone: "UTC' x" }
  await expect(openOptional('oracle', bad, load)).rejects.toThrow('is no time zone')
})
