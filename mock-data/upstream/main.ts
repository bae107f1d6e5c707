import { setTimeout as sleep } from 'node:timers/promises'
import * as v from 'valibot'
import { InstantSchema } from '../../src/domain/instant.ts'
import { demoSeed } from '../simulator/seed.ts'
import { feed } from './feeder.ts'
import { createUpstream } from './server.ts'

/** One process: the demo city's departments over HTTP and, where a gateway is named, the feeder of its incidents. */
const EnvSchema = v.object({
  PORT: v.optional(v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.transform(Number)), '0'),
  SEED: v.optional(v.pipe(v.string(), v.nonEmpty()), demoSeed),
  /** Milliseconds that the gateway's clock is ahead of the machine's. */
  CLOCK_OFFSET_MS: v.optional(v.pipe(v.string(), v.regex(/^-?\d+$/), v.transform(Number))),
  CLOCK_START: v.optional(InstantSchema),
  GATEWAY_URL: v.optional(v.pipe(v.string(), v.url())),
  /** By which the gateway at that address knows the feeder. */
  DEMO_FEEDER: v.optional(v.pipe(v.string(), v.minLength(8)), ''),
  CONTROL: v.optional(v.picklist(['0', '1']), '0'),
  DEMO_API_KEY: v.pipe(v.string(), v.minLength(8)),
  DEMO_BEARER: v.pipe(v.string(), v.minLength(8)),
  DEMO_APP_SECRET: v.pipe(v.string(), v.minLength(8)),
  DEMO_CLIENT_SECRET: v.pipe(v.string(), v.minLength(8)),
})

function start(): void {
  const env = v.safeParse(EnvSchema, process.env)
  if (!env.success) {
    const issue = env.issues[0]
    process.stderr.write(`${String(issue.path?.[0]?.key)}: ${issue.message}\n`)
    process.exitCode = 1
    return
  }
  const { PORT, SEED, CLOCK_OFFSET_MS, CLOCK_START, GATEWAY_URL, DEMO_FEEDER, CONTROL, ...secrets } =
    env.output
  const offsetMs = CLOCK_OFFSET_MS ?? (CLOCK_START === undefined ? 0 : Date.parse(CLOCK_START) - Date.now())
  const now = () => Date.now() + offsetMs
  const stop = new AbortController()
  const server = createUpstream({ now, seed: SEED, secrets, control: CONTROL === '1' })
  const end = () => {
    stop.abort()
    server.close()
    server.closeAllConnections()
    if (process.connected) process.disconnect()
  }
  // Ctrl-C reaches the gateway and its child alike; the child goes when the gateway says so, after the sources that ask it.
  process.on('SIGINT', () => {
    if (!process.connected) end()
  })
  process.once('SIGTERM', end)
  // Forked by the gateway: the channel closes with it, even after kill -9, and nothing may be left behind.
  process.once('disconnect', end)
  server.listen(PORT, '127.0.0.1', () => {
    const { port } = server.address() as { port: number }
    process.stdout.write(`${JSON.stringify({ listening: port })}\n`)
  })
  if (GATEWAY_URL === undefined) return
  const wait = (ms: number) => sleep(ms, undefined, { signal: stop.signal }).catch(() => {})
  void feed({
    gatewayUrl: GATEWAY_URL.replace(/\/$/, ''),
    token: DEMO_FEEDER,
    seed: SEED,
    now,
    fetch: globalThis.fetch,
    signal: stop.signal,
    wait,
  })
}

start()
