import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startDemoUpstream } from './child.ts'
import { type Adapters, quarantineOf } from './city/adapter-registry.ts'
import { loadIndicatorAdapters } from './city/adapters.ts'
import { type City, errorLine, loadCity } from './city/load-city.ts'
import { variablesOf } from './city/source-variables.ts'
import { withThirdParty } from './city/third-party.ts'
import { watchCity } from './city/watch-city.ts'
import type { CityError } from './city/yaml-file.ts'
import { createClock } from './clock.ts'
import { type Env, readEnv } from './env.ts'
import { Gateway } from './gateway.ts'
import { createHttpServer } from './http-server.ts'
import { createLog } from './log.ts'
import {
  JournalBrokenError,
  type Storage,
  StoreInUseError,
  StoreUnusableError,
  openStorage,
} from './store/open-storage.ts'

const here = dirname(fileURLToPath(import.meta.url))
/** The built gateway stands in dist/server, the source in server/. */
const root = existsSync(resolve(here, '../package.json')) ? resolve(here, '..') : resolve(here, '../..')
const log = createLog()

/** A start that cannot go on; the message is the sentence for whoever started it. Exit 1, or 3 where the store is in use. */
class StartError extends Error {
  readonly exitCode: number
  constructor(message: string, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

async function main(): Promise<void> {
  const env = readEnv(process.env, root)
  if ('problem' in env) throw new StartError(env.problem)
  const adapters = await adaptersOrError(env)
  const city = await cityOrError(env, adapters)
  const clock = createClock(env.clockStart)
  const storage = await storageOrError(env)
  const secrets = city.city.demo ? demoSecrets() : {}
  const variables = variablesOf(process.env)
  const secret = (name: string) => process.env[`SECRET_${name}`] ?? secrets[name]
  const gateway = await Gateway.open({
    city,
    adapters,
    storage,
    clock,
    log,
    root,
    variables,
    secret,
  })
  const server = createHttpServer(gateway, resolve(root, 'dist/client'))
  const url = await listen(server, env).catch(async (cause: unknown) => {
    await gateway.close()
    throw cause
  })
  const parts: (() => Promise<void> | void)[] = [() => gateway.close(), () => closeServer(server)]
  const stopping = stopOnSignal(parts)
  parts.push(followCity(env, gateway, city, adapters))
  sayAddresses(city, url)
  if (city.city.demo) {
    const clockOffset = String(clock.offsetMs)
    const environment = { ...secrets, CLOCK_OFFSET_MS: clockOffset, GATEWAY_URL: url, ...testControl() }
    const starting = startDemoUpstream(upstreamEntry(), environment, log)
    // Ended last: a source whose upstream goes first would report failures that are none. One that is stopped before it
    // listened is no failure either.
    parts.unshift(() => starting.then((demo) => demo.stop()).catch(() => undefined))
    const demo = await starting.catch((cause: unknown) => {
      if (!stopping.aborted) throw cause
    })
    if (!demo || stopping.aborted) return
    variables['DEMO_UPSTREAM'] = demo.url
    log.say('the demo upstream answers', { url: demo.url })
  }
  await gateway.startSources()
}

/** Ours and those of ADAPTERS_DIR; what cannot be used is told, and costs only the sources that need it. */
async function adaptersOrError({ adaptersDir }: Env): Promise<Adapters> {
  const ours = await loadIndicatorAdapters()
  for (const adapter of ours.values()) {
    const reason = quarantineOf(adapter)
    if (reason !== undefined) log.warn(`quarantined: ${reason}`)
  }
  if (adaptersDir === undefined) return ours
  return withThirdParty(ours, adaptersDir, (sentence) => log.warn(sentence)).catch((cause: unknown) => {
    throw new StartError(`ADAPTERS_DIR: ${adaptersDir} cannot be read (${String(cause)}). Check the folder.`)
  })
}

async function cityOrError(env: Env, adapters: Adapters): Promise<City> {
  const loaded = await loadCity(env.cityDir, adapters, variablesOf(process.env))
  if ('errors' in loaded) throw new StartError(loaded.errors.map(shownError).join('\n'))
  return loaded
}

function shownError(error: CityError): string {
  return errorLine({ ...error, file: relative(root, error.file) })
}

async function storageOrError({ varDir, databaseUrl }: Env): Promise<Storage> {
  try {
    const report = (sentence: string) => log.warn(sentence)
    return await openStorage({ varDir, report, ...(databaseUrl === undefined ? {} : { databaseUrl }) })
  } catch (cause) {
    if (cause instanceof StoreInUseError) throw new StartError(cause.message, 3)
    if (cause instanceof StoreUnusableError || cause instanceof JournalBrokenError) {
      throw new StartError(cause.message)
    }
    throw cause
  }
}

/** Made anew at each start: the demo's sources ask for credentials as real ones do, and none is written anywhere. */
function demoSecrets(): Record<string, string> {
  const names = ['DEMO_API_KEY', 'DEMO_BEARER', 'DEMO_APP_SECRET', 'DEMO_CLIENT_SECRET', 'DEMO_FEEDER']
  return Object.fromEntries(names.map((name) => [name, randomBytes(18).toString('base64url')]))
}

/** Tests play a bad upstream; its controls stand open only where they ask for them. */
function testControl(): Record<string, string> {
  return process.env['CITYDECK_TEST_CONTROL'] === '1' ? { CONTROL: '1' } : {}
}

function upstreamEntry(): string {
  const built = resolve(here, 'upstream.js')
  return existsSync(built) ? built : resolve(root, 'mock-data/upstream/main.ts')
}

/** A changed city is applied while running, or refused while the old one stays. */
function followCity(env: Env, gateway: Gateway, city: City, adapters: Adapters): () => void {
  const watching = watchCity(
    env.cityDir,
    adapters,
    (change) => {
      if ('errors' in change) {
        for (const error of change.errors) {
          log.warn(`the changed city is refused, the old one stays: ${shownError(error)}`)
        }
        return
      }
      gateway.changeCity(change).then(
        () => log.say('the changed city is in force', { hash: change.hash }),
        (cause: unknown) => log.warn('the changed city could not be started', { reason: String(cause) }),
      )
    },
    city,
    variablesOf(process.env),
  )
  return () => watching.stop()
}

function listen(server: Server, env: Env): Promise<string> {
  return new Promise((done, fail) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = `Port ${env.port} on ${env.host} is taken. Stop what uses it, or choose another: PORT=8081 npm start`
      const other = `Cannot listen on ${env.host}:${env.port} (${cause.message}). Check HOST and PORT.`
      fail(new StartError(cause.code === 'EADDRINUSE' ? taken : other))
    })
    server.listen(env.port, env.host, () => {
      const { port } = server.address() as { port: number }
      done(`http://${env.host.includes(':') ? `[${env.host}]` : env.host}:${port}`)
    })
  })
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((done) => void server.close(() => done()))
  server.closeAllConnections()
  await closed
}

/** Ends the last part first. A part that does not end within eight seconds does not hold up the exit. */
function stopOnSignal(parts: (() => Promise<void> | void)[]): AbortSignal {
  const stopping = new AbortController()
  const end = async (signal: string) => {
    if (stopping.signal.aborted) return
    stopping.abort()
    log.say(`${signal}: stopping`)
    setTimeout(() => process.exit(1), 8_000).unref()
    for (let part = parts.pop(); part; part = parts.pop()) await part()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      end(signal).catch((cause: unknown) => {
        log.warn('did not stop cleanly', { reason: String(cause) })
        process.exit(1)
      })
    })
  }
  return stopping.signal
}

function sayAddresses(city: City, url: string): void {
  const consoles = { wall: '大屏', desk: '值班台', analyst: '分析台', kiosk: '展示台' }
  const lines = Object.entries(consoles).map(([path, name]) => `  ${name}  ${url}/${path}`)
  process.stdout.write(`${city.city.title.zh}\n\n${lines.join('\n')}\n\nCtrl-C stops it.\n`)
}

main().catch((cause: unknown) => {
  const expected = cause instanceof StartError
  process.stderr.write(`${expected ? cause.message : String(cause instanceof Error ? cause.stack : cause)}\n`)
  process.exit(expected ? cause.exitCode : 1)
})
