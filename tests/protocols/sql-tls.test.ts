import { execFileSync } from 'node:child_process'
import { chownSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import sql from '../../src/adapters/indicators/sql.ts'
import { ProtocolBook, endOf, readOnce } from '../conformance/protocol-book.ts'
import { type OwnInstance, ownInstance } from '../support/services/own-instance.ts'
import { service } from '../support/services/postgis.ts'
import { runningService, skipReason } from '../support/services/running.ts'
import { asOwner, ownerRows, sqlFields, sqlSecrets, sqlSource } from './support/sql-subjects.ts'

describe.skipIf(!runningService('postgis'))(`PostgreSQL by TLS${skipReason('postgis')}`, () => {
  let own: OwnInstance
  let ca = ''
  beforeAll(async () => {
    own = await ownInstance(service)
    const [shown] = await ownerRows(own.running, 'SHOW data_directory')
    const { data_directory: folder } = shown as { data_directory: string }
    const [key, certificate] = ['server.key', 'server.crt'].map((file) => join(folder, file))
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'].concat([
        '-addext',
        'subjectAltName=DNS:localhost',
        '-keyout',
        key!,
        '-out',
        certificate!,
      ]),
      { stdio: 'ignore' },
    )
    const { uid, gid } = statSync(folder)
    for (const file of [key!, certificate!]) chownSync(file, uid, gid)
    ca = readFileSync(certificate!, 'utf8')
    await asOwner(own.running, 'ALTER SYSTEM SET ssl = on', 'SELECT pg_reload_conf()')
  }, 90_000)
  afterAll(() => own?.stop())

  const read = async (host: string, tls: object): Promise<ProtocolBook> => {
    const address = own.running.address.replace('127.0.0.1', host)
    const query = `SELECT '220102' AS region, timestamptz '2026-08-06 00:00Z' AS at, ssl::int AS value FROM pg_stat_ssl WHERE pid = pg_backend_pid()`
    const subject = {
      source: sqlSource(own.running, { address, tls }),
      mapping: { query, fields: sqlFields },
      secrets: { ...sqlSecrets(own.running), CA: ca },
    }
    const window = { from: '2026-08-05T16:00:00Z', to: '2026-08-06T16:00:00Z' }
    const book = new ProtocolBook()
    await readOnce({ adapter: sql, subject, window, book, signal: AbortSignal.timeout(20_000) })
    return book
  }

  test('a certificate of the city’s own authority is taken for the name it is for', async () => {
    expect((await read('localhost', { caSecret: 'CA' })).told()).toEqual([
      '220102 2026-08-06T00:00:00.000Z = 1',
    ])
  })

  test('one of nobody we know, and one of another name, are not', async () => {
    expect((await endOf(read('localhost', {}))).message).toContain('name it by tls.caSecret')
    const other = await endOf(read('127.0.0.1', { caSecret: 'CA' }))
    expect(other.message).toContain('another server’s')
    expect(other.message).not.toContain('BEGIN CERTIFICATE')
  })
})
