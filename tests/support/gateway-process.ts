import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

/** A Thursday afternoon in August, in the rainy season. */
export const TEST_CLOCK = '2026-08-06T14:32:00+08:00'

export interface GatewayProcess {
  url: string
  varDir: string
  pid: number
  output(): string
  /** Ends it, waits until it is gone and answers its exit code; throws when it does not go within ten seconds. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

export interface Ended {
  code: number | null
  output: string
  stderr: string
}

const START = [process.execPath, 'scripts/start.mjs']

type Settings = Record<string, string | undefined>

/** What a test process leaves behind is removed when it ends, however many gateways it started. */
const leftovers = new Set<() => void>()
process.once('exit', () => leftovers.forEach((remove) => remove()))

/** A folder that goes when the test process does. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'citydeck-'))
  leftovers.add(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The built gateway on a free port over a store of its own; resolves once it has printed its addresses. */
export async function startGateway(settings: Settings = {}, command = START): Promise<GatewayProcess> {
  const varDir = settings['VAR_DIR'] ?? temporaryFolder()
  const run = launch({ VAR_DIR: varDir, ...settings }, command)
  const url = await new Promise<string>((done, fail) => {
    run.child.stdout?.on('data', () => {
      const found = /(http:\/\/\S+?)\/wall\b/.exec(run.output())?.[1]
      if (found !== undefined) done(found)
    })
    run.child.once('exit', (code) =>
      fail(new Error(`The gateway ended (${code}) before it listened:\n${run.output()}`)),
    )
  })
  return {
    url,
    varDir,
    pid: run.child.pid ?? 0,
    output: run.output,
    stop: (signal = 'SIGTERM') => stop(run.child, signal, run.output),
  }
}

/** A start that is expected to end by itself. */
export async function runGatewayToItsEnd(settings: Settings): Promise<Ended> {
  const run = launch(settings)
  const tooLong = setTimeout(() => run.child.kill('SIGKILL'), 30_000)
  const [code] = (await once(run.child, 'close')) as [number | null]
  clearTimeout(tooLong)
  return { code, output: run.output(), stderr: run.stderr() }
}

function launch(settings: Settings, [program = '', ...args] = START) {
  const env = { ...process.env, PORT: '0', CLOCK_START: TEST_CLOCK, DATABASE_URL: undefined, ...settings }
  const child = spawn(program, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => (output += String(chunk)))
  child.stderr.on('data', (chunk) => {
    output += String(chunk)
    stderr += String(chunk)
  })
  const end = () => child.kill('SIGKILL')
  leftovers.add(end)
  child.once('exit', () => leftovers.delete(end))
  return { child, output: () => output, stderr: () => stderr }
}

async function stop(
  child: ChildProcess,
  signal: NodeJS.Signals,
  output: () => string,
): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const ended = once(child, 'exit')
  child.kill(signal)
  let late = false
  const tooLong = setTimeout(() => {
    late = true
    child.kill('SIGKILL')
  }, 10_000)
  await ended
  clearTimeout(tooLong)
  if (late) throw new Error(`The gateway did not end within ten seconds of ${signal}:\n${output()}`)
  return child.exitCode
}

/** Every living process below this one; Linux only, elsewhere none are seen. */
export function descendantsOf(pid: number): number[] {
  const children = processes().filter(({ parent }) => parent === pid)
  return children.flatMap(({ pid: child }) => [child, ...descendantsOf(child)])
}

function processes(): { pid: number; parent: number }[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const parent = parentOf(name)
      return parent === undefined ? [] : [{ pid: Number(name), parent }]
    })
}

/** undefined for a process that has just gone, and for a zombie, which is gone too. */
function parentOf(pid: string): number | undefined {
  try {
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return state === 'Z' ? undefined : Number(parent)
  } catch {
    return undefined
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return process.platform !== 'linux' || parentOf(String(pid)) !== undefined
  } catch {
    return false
  }
}
