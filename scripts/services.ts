import {
  mkdirSync,
  mkdtempSync,
  chmodSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
  readFileSync,
  closeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { endAllIn, endServer, lives, pause } from '../tests/support/services/launch.ts'
import { type ServiceEntry, serviceEntries, servicesFile } from '../tests/support/services/running.ts'
import type { Service } from '../tests/support/services/service.ts'

const help = `Usage: npm run services [-- id …]            start the real servers that protocol tests read from
       npm run services -- status            what runs, where, and why the others do not
       npm run services -- stop [id …]       end them and remove their data

Starts every server that is installed, or those named, each on free ports of 127.0.0.1 with a folder of its own; they go
on when this command has ended. var/services.json tells the tests where they are. One that runs already is left alone.
A server that is not installed, or does not come up, is reported with the reason, and its tests are skipped with it.`

const folder = resolve(import.meta.dirname, '../tests/support/services')

await main(process.argv.slice(2))

async function main(words: readonly string[]): Promise<void> {
  const [word, ...rest] = words
  if (word === '--help' || word === '-h') return say(help)
  const verb = word === 'stop' || word === 'status' ? word : 'start'
  const ids = verb === 'start' ? words : rest
  if (verb === 'status') return show(serviceEntries())
  const known = verb === 'start' ? await services() : []
  const unknown = ids.filter((id) => verb === 'start' && !known.some((service) => service.id === id))
  if (unknown.length > 0) {
    process.exitCode = 2
    return say(`no server ${unknown.join(', ')}; there are ${known.map(({ id }) => id).join(', ')}`)
  }
  await alone(() => (verb === 'stop' ? stop(ids) : start(known, ids)))
}

/** Every file of the folder that exports a `service`. One that cannot be loaded is told of and does not stop the others. */
async function services(): Promise<Service[]> {
  const found: Service[] = []
  for (const file of readdirSync(folder)
    .filter((name) => /^[a-z0-9-]+\.ts$/.test(name))
    .toSorted()) {
    try {
      const loaded = (await import(join(folder, file))) as { service?: Service }
      if (loaded.service) found.push(loaded.service)
    } catch (error) {
      say(`${file} cannot be loaded: ${sentence(error)}`)
    }
  }
  return found
}

async function start(known: readonly Service[], ids: readonly string[]): Promise<void> {
  const wanted = known.filter(({ id }) => ids.length === 0 || ids.includes(id))
  const entries = serviceEntries()
  await Promise.all(
    wanted.map(async (service) => {
      const old = entries[service.id]
      if (old && 'pid' in old && lives(old.pid, old.folder)) return
      entries[service.id] = await startOne(service)
    }),
  )
  write(entries)
  show(Object.fromEntries(wanted.map(({ id }) => [id, entries[id]!])))
}

async function startOne(service: Service): Promise<ServiceEntry> {
  const reason = service.missing()
  if (reason !== undefined) return { reason }
  const home = mkdtempSync(join(tmpdir(), `citydeck-service-${service.id}-`))
  // Servers that refuse to be root run as somebody else.
  chmodSync(home, 0o755)
  try {
    return { ...(await service.start(home)), folder: home }
  } catch (error) {
    await endAllIn(home)
    rmSync(home, { recursive: true, force: true })
    return { reason: sentence(error) }
  }
}

async function stop(ids: readonly string[]): Promise<void> {
  const entries = serviceEntries()
  await Promise.all(
    Object.entries(entries).map(async ([id, entry]) => {
      if (ids.length > 0 && !ids.includes(id)) return
      delete entries[id]
      if (!('pid' in entry)) return
      if (lives(entry.pid, entry.folder)) await endServer(entry.pid)
      rmSync(entry.folder, { recursive: true, force: true })
      say(`${id} stopped`)
    }),
  )
  if (Object.keys(entries).length === 0) rmSync(servicesFile, { force: true })
  else write(entries)
}

/** Two of these at a time would each forget what the other started. */
async function alone(work: () => Promise<void>): Promise<void> {
  const lock = `${servicesFile}.lock`
  mkdirSync(dirname(lock), { recursive: true })
  while (!locked(lock)) await pause(100)
  try {
    await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function locked(lock: string): boolean {
  try {
    const file = openSync(lock, 'wx')
    writeFileSync(file, String(process.pid))
    closeSync(file)
    return true
  } catch {
    const holder = Number(readHolder(lock))
    if (holder > 0 && !lives(holder)) rmSync(lock, { force: true })
    return false
  }
}

function readHolder(lock: string): string {
  try {
    return readFileSync(lock, 'utf8')
  } catch {
    return ''
  }
}

function write(entries: Record<string, ServiceEntry>): void {
  const draft = `${servicesFile}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(entries, null, 2)}\n`)
  renameSync(draft, servicesFile)
}

function show(entries: Record<string, ServiceEntry>): void {
  const ids = Object.keys(entries).toSorted()
  if (ids.length === 0) say('no server has been started: npm run services')
  for (const id of ids) {
    const entry = entries[id]!
    if ('reason' in entry) say(`${id.padEnd(18)} not here: ${entry.reason}`)
    else if (lives(entry.pid, entry.folder)) say(`${id.padEnd(18)} ${entry.address} (process ${entry.pid})`)
    else say(`${id.padEnd(18)} has ended`)
  }
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
