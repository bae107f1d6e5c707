import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'

export interface PostgresServer {
  url: string
  /** Takes the server away at once, as a crash does; the data folder stays. */
  crash(): Promise<void>
  /** Brings it back on the same port and data. */
  start(): Promise<void>
  /** Ends it and removes its data. */
  stop(): Promise<void>
}

const installed = findPrograms()

/** What stands in the title of a suite that needs a server. */
export const postgresMissing = installed === undefined
export const postgresNote = postgresMissing ? ' (skipped: PostgreSQL is not installed)' : ''

/** A real server of its own: own data folder, free port, loopback only. It ends with this process, however that ends. */
export async function startPostgres(): Promise<PostgresServer> {
  if (!installed) throw new Error('PostgreSQL is not installed')
  const owner = unprivileged()
  const folder = mkdtempSync(join(tmpdir(), 'citydeck-postgres-'))
  const cluster = join(folder, 'cluster')
  mkdirSync(cluster)
  if (owner) for (const path of [folder, cluster]) chownSync(path, owner.uid, owner.gid)
  await promisify(execFile)(
    join(installed, 'initdb'),
    ['-D', cluster, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
    { ...owner, cwd: folder },
  )
  const port = await freePort()
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  let child: ChildProcess | undefined
  const server: PostgresServer = {
    url,
    async start() {
      child = launch(join(installed, 'postgres'), cluster, port, owner, folder)
      await answering(url, child)
    },
    async crash() {
      await end(child, 'crash\n')
      child = undefined
    },
    async stop() {
      await end(child, 'stop\n')
      child = undefined
      await rm(folder, { recursive: true, force: true })
    },
  }
  await server.start()
  return server
}

/** The shell waits for a word; when this process dies its end of the pipe closes, and the server is stopped all the same. */
function launch(
  program: string,
  cluster: string,
  port: number,
  owner: { uid: number; gid: number } | undefined,
  cwd: string,
): ChildProcess {
  const script =
    '"$0" "$@" & server=$!; read word; if [ "$word" = crash ]; then kill -QUIT $server; else kill -INT $server; fi; wait $server'
  const settings = [
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'unix_socket_directories=',
    '-c',
    'shared_buffers=64MB',
    '-c',
    'max_connections=60',
  ]
  return spawn('sh', ['-c', script, program, '-D', cluster, '-p', String(port), ...settings], {
    ...owner,
    cwd,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
}

async function end(child: ChildProcess | undefined, word: string): Promise<void> {
  if (!child || child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.stdin!.end(word)
  await ended
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (const deadline = Date.now() + 30_000; ;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.query('SELECT 1')
      return
    } catch (error) {
      if (child.exitCode !== null || Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}

/** initdb and postgres refuse to run as root. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const number = (flag: string): number =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: number('-u'), gid: number('-g') }
}

function findPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [
    process.env.PG_BIN,
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(':'),
  ]
  return folders.find(
    (folder) => folder && existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  )
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
