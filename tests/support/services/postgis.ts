import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { launch, ownerOf, portOf } from './launch.ts'
import type { Running, Service } from './service.ts'

const packages = ['postgresql-15', 'postgresql-15-postgis-3']
const programs = '/usr/lib/postgresql/15/bin'
const extension = '/usr/share/postgresql/15/extension/postgis.control'
const owner = {
  user: 'city',
  password: 'loopback-only-postgis',
  readUser: 'city_reader',
  readPassword: 'loopback-only-reader',
  database: 'city',
}

/** A superuser who makes the tables, and one who may only read them, as a source's user should be. SCRAM only. */
export const service: Service = {
  id: 'postgis',
  packages,
  missing() {
    const here = existsSync(join(programs, 'initdb')) && existsSync(extension)
    return here
      ? undefined
      : `PostgreSQL 15 with PostGIS not installed: apt-get install ${packages.join(' ')}`
  },
  async start(folder) {
    const unprivileged = ownerOf('postgres')
    const port = await portOf(folder, 'sql')
    if (!existsSync(join(folder, 'PG_VERSION'))) prepare(folder, unprivileged)
    const address = `postgres://127.0.0.1:${port}/${owner.database}`
    const pid = await launch({
      program: join(programs, 'postgres'),
      args: [
        '-D',
        folder,
        '-p',
        String(port),
        '-c',
        'listen_addresses=127.0.0.1',
        '-c',
        'unix_socket_directories=',
        '-c',
        'shared_buffers=64MB',
        '-c',
        'fsync=on',
      ],
      folder,
      owner: unprivileged,
      answers: () => ready(port),
    })
    const running: Running = { address, settings: { ...owner }, pid }
    return running
  },
}

/** A cluster whose folder is also that of the service, by which its process is known again. */
function prepare(folder: string, unprivileged: { uid: number; gid: number } | undefined): void {
  const fresh = join(folder, 'cluster')
  if (unprivileged) {
    chownSync(folder, unprivileged.uid, unprivileged.gid)
    for (const name of readdirSync(folder)) chownSync(join(folder, name), unprivileged.uid, unprivileged.gid)
  }
  const word = join(folder, 'first-password')
  writeFileSync(word, owner.password)
  const options = ['-D', fresh, '-U', owner.user, '--auth=scram-sha-256', `--pwfile=${word}`]
  execFileSync(join(programs, 'initdb'), [...options, '--encoding=UTF8', '--locale=C', '--no-sync'], {
    ...unprivileged,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  for (const name of readdirSync(fresh)) renameSync(join(fresh, name), join(folder, name))
  rmdirSync(fresh)
  rmSync(word)
  chmodSync(folder, 0o700)
}

/** The database, its extension and its reader are made when it first answers. */
async function ready(port: number): Promise<boolean> {
  const maintenance = await connect(port, 'postgres')
  try {
    const { rowCount } = await maintenance.query('SELECT 1 FROM pg_database WHERE datname = $1', [
      owner.database,
    ])
    if (rowCount === 0) {
      await maintenance.query(`CREATE ROLE ${owner.readUser} LOGIN PASSWORD '${owner.readPassword}'`)
      await maintenance.query(`CREATE DATABASE ${owner.database}`)
    }
  } finally {
    await maintenance.end()
  }
  const city = await connect(port, owner.database)
  try {
    await city.query('CREATE EXTENSION IF NOT EXISTS postgis')
    await city.query(
      `ALTER DEFAULT PRIVILEGES FOR ROLE ${owner.user} GRANT SELECT ON TABLES TO ${owner.readUser}`,
    )
  } finally {
    await city.end()
  }
  return true
}

async function connect(port: number, database: string): Promise<pg.Client> {
  const { user, password } = owner
  const client = new pg.Client({ host: '127.0.0.1', port, user, password, database })
  client.on('error', () => undefined)
  await client.connect()
  return client
}
