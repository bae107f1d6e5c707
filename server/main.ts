import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { indicatorAdapters } from './city/adapters.ts'
import { loadCity } from './city/load-city.ts'
import { watchCity } from './city/watch-city.ts'
import { startDemoUpstream } from './child.ts'
import { createClock } from './clock.ts'
import { type Env, readEnv } from './env.ts'
import { openGateway } from './gateway.ts'
import { type Log, createLog } from './log.ts'
import { StoreInUseError, StoreUnusableError, openStorage } from './store/open-storage.ts'

/** Exit codes: 1 a wrong setting or city, 3 the store is in use by another gateway. */
async function main(): Promise<void> {
  const here = dirname(fileURLToPath(import.meta.url))
  const root = projectRoot(here)
  const log = createLog()
  const env = readEnv(process.env, root)
  if ('problem' in env) return fail(env.problem)
  const loaded = await loadCity(env.cityDir, indicatorAdapters)
  if ('errors' in loaded) return fail(loaded.errors.map((error) => `${relative(root, error.file)}:${error.line}: ${error.message}`).join('\n'))

  const clock = createClock(env.clockStart)
  const storage = await openStorage({ varDir: env.varDir, ...(env.databaseUrl === undefined ? {} : { databaseUrl: env.databaseUrl }) }).catch((cause: unknown) => {
    if (cause instanceof StoreInUseError) return fail(cause.message, 3)
    if (cause instanceof StoreUnusableError) return fail(cause.message)
    throw cause
  })
  if (!storage) return
  const secrets = loaded.city.demo ? demoSecrets() : {}
  const variables: Record<string, string> = {}
  const running = await openGateway({
    city: loaded, adapters: indicatorAdapters, storage, clock, log, root, variables,
    clientFolder: resolve(root, 'dist/client'),
    secret: (name) => process.env[`SECRET_${name}`] ?? secrets[name],
  })
  const address = await listen(running.server, env)
  if ('problem' in address) {
    await running.close()
    return fail(address.problem)
  }

  let demo: Awaited<ReturnType<typeof startDemoUpstream>> | undefined
  const watching = watchCity(env.cityDir, indicatorAdapters, (change) => {
    if ('errors' in change) {
      for (const error of change.errors) log.warn(`the changed city is refused, the old one stays: ${relative(root, error.file)}:${error.line}: ${error.message}`)
      return
    }
    log.say('the changed city is in force', { hash: change.hash })
    void running.changeCity(change).catch((cause: unknown) => log.warn('the changed city could not be started', { reason: String(cause) }))
  })
  onSignal(log, async () => {
    watching.stop()
    await demo?.stop()
    await running.close()
  })
  say(`${loaded.city.title.zh}\n`)
  for (const [path, name] of [['wall', '大屏'], ['desk', '值班台'], ['analyst', '分析台'], ['kiosk', '展示台']]) say(`  ${name}  ${address.url}/${path}`)
  say('\nCtrl-C stops it.')

  if (loaded.city.demo) {
    demo = await startDemoUpstream(upstreamEntry(here, root), { ...secrets, CLOCK_OFFSET_MS: String(clock.offsetMs), GATEWAY_URL: address.url }, log)
    variables['DEMO_UPSTREAM'] = demo.url
  }
  running.startSources()
}

/** The built gateway stands in dist/server, the source in server/. */
function projectRoot(here: string): string {
  return existsSync(resolve(here, '../package.json')) ? resolve(here, '..') : resolve(here, '../..')
}

function upstreamEntry(here: string, root: string): string {
  const built = resolve(here, 'upstream.js')
  return existsSync(built) ? built : resolve(root, 'mock-data/upstream/main.ts')
}

/** Made anew at each start: the demo's sources ask for credentials as real ones do, and none is written anywhere. */
function demoSecrets(): Record<string, string> {
  return Object.fromEntries(['DEMO_API_KEY', 'DEMO_BEARER', 'DEMO_APP_SECRET', 'DEMO_CLIENT_SECRET'].map((name) => [name, randomBytes(18).toString('base64url')]))
}

async function listen(server: import('node:http').Server, env: Env): Promise<{ url: string } | { problem: string }> {
  return await new Promise((resolveListen) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? `Port ${env.port} on ${env.host} is taken. Stop what uses it, or start with another one: PORT=8081 npm start` : `Cannot listen on ${env.host}:${env.port}: ${cause.message}. Check HOST and PORT.`
      resolveListen({ problem: why })
    })
    server.listen(env.port, env.host, () => {
      const { port } = server.address() as { port: number }
      const host = env.host.includes(':') ? `[${env.host}]` : env.host
      resolveListen({ url: `http://${host}:${port}` })
    })
  })
}

function onSignal(log: Log, stop: () => Promise<void>): void {
  let stopping = false
  const end = (signal: string) => {
    if (stopping) return
    stopping = true
    log.say(`${signal}: stopping`)
    setTimeout(() => process.exit(1), 8_000).unref()
    stop().then(
      () => process.exit(0),
      (cause: unknown) => {
        log.warn('did not stop cleanly', { reason: String(cause) })
        process.exit(1)
      },
    )
  }
  process.once('SIGINT', () => end('SIGINT'))
  process.once('SIGTERM', () => end('SIGTERM'))
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

function fail(sentence: string, code = 1): undefined {
  process.stderr.write(`${sentence}\n`)
  process.exitCode = code
  return undefined
}

await main()
