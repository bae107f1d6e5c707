import { execFileSync, spawn } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { delimiter, join } from 'node:path'

/** Where a program lies; Debian's servers are not on every user's PATH. */
export function programOf(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/usr/bin']
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}

/** Why a server whose program is not here cannot run; undefined when it can. */
export function lacking(programs: readonly string[], packages: readonly string[]): string | undefined {
  const absent = programs.filter((program) => programOf(program) === undefined)
  return absent.length === 0
    ? undefined
    : `${absent.join(', ')} not installed: apt-get install ${packages.join(' ')}`
}

/** A free port of loopback, the same one again for the same folder and use: a server comes back where it was. */
export async function portOf(folder: string, use: string): Promise<number> {
  const file = join(folder, `${use}.port`)
  if (existsSync(file)) return Number(readFileSync(file, 'utf8'))
  const port = await freePort()
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, String(port))
  return port
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

export interface Owner {
  uid: number
  gid: number
}

/** Whom a server that refuses to be root runs as; undefined where we are not root. */
export function ownerOf(user: string): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined
  const number = (flag: string): number => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }))
  return { uid: number('-u'), gid: number('-g') }
}

/** The folder, made where it is not there, as its owner's. */
export function ownedFolder(folder: string, owner?: Owner): string {
  mkdirSync(folder, { recursive: true })
  if (owner) chownSync(folder, owner.uid, owner.gid)
  return folder
}

export interface Launch {
  program: string
  args: readonly string[]
  /** Becomes the working folder, by which the process is known again; server.log lies in it. */
  folder: string
  owner?: Owner | undefined
  env?: Record<string, string>
  /** Whether the server answers by now; a rejection is a no. */
  answers(): Promise<boolean>
}

const patienceMs = 60_000

/** Starts a server that outlives this process, and waits until it answers. */
export async function launch({ program, args, folder, owner, env, answers }: Launch): Promise<number> {
  ownedFolder(folder, owner)
  const log = join(folder, 'server.log')
  const sink = openSync(log, 'a')
  const path = programOf(program) ?? program
  const child = spawn(path, args, {
    cwd: folder,
    detached: true,
    stdio: ['ignore', sink, sink],
    env: { ...process.env, ...env },
    ...owner,
  })
  closeSync(sink)
  let ended: string | undefined
  child.once('error', (error) => (ended = error.message))
  child.once('exit', (code, signal) => (ended ??= `ended with ${code ?? signal}`))
  child.unref()
  for (const deadline = Date.now() + patienceMs; ;) {
    if (await answers().catch(() => false)) return child.pid!
    if (ended !== undefined || Date.now() > deadline) {
      if (child.pid !== undefined) endGroup(child.pid, 'SIGKILL')
      throw new Error(`${program} ${ended ?? 'does not answer'}: ${readFileSync(log, 'utf8').slice(-600)}`)
    }
    await pause(50)
  }
}

/** Whether that process runs, and is the one that was started in that folder. */
export function lives(pid: number, folder?: string): boolean {
  try {
    process.kill(pid, 0)
    if (!existsSync(`/proc/${pid}`)) return true
    // A killed one stays in the table until its parent has looked.
    if (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.startsWith('Z') === true) return false
    return (
      folder === undefined || !statSync(folder).isDirectory() || readlinkSync(`/proc/${pid}/cwd`) === folder
    )
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function endGroup(pid: number, signal: NodeJS.Signals): void {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, signal)
    } catch {
      // Gone already.
    }
  }
}

/** Ends a server with all its processes and waits until it is gone; one that does not heed is killed. */
export async function endServer(pid: number, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  endGroup(pid, signal)
  for (const deadline = Date.now() + 10_000; lives(pid);) {
    if (Date.now() > deadline) endGroup(pid, 'SIGKILL')
    await pause(20)
  }
}

/** Ends whatever runs in that folder: what a start that failed has left. */
export async function endAllIn(folder: string): Promise<void> {
  const pids = existsSync('/proc')
    ? readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(Number)
    : []
  await Promise.all(pids.filter((pid) => runsIn(pid, folder)).map((pid) => endServer(pid, 'SIGKILL')))
}

function runsIn(pid: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder
  } catch {
    return false
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms))
}
