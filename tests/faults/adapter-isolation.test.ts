import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { copyFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SourceHealth } from '../../src/domain/source.ts'
import { bundled } from '../support/bundled.ts'
import { type GatewayProcess, startGateway, temporaryFolder } from '../support/gateway-process.ts'
import { sampleCity } from '../support/sample-city.ts'

const deeds = ['loops', 'eats', 'eats-buffers', 'hangs']
const broken = ['throws-on-load', 'reads-nothing', 'never-loads']

let upstream: Server
let gateway: GatewayProcess
let city: Awaited<ReturnType<typeof sampleCity>>
let asked = 0

const source = (id: string, adapter: string, settings: string): string => `
  - id: ${id}
    name: { zh: ${id} }
    adapter: ${adapter}
    department: statistics
    provenance: synthetic
    poll: PT1S
    settings: ${settings}`

const entry = (id: string, mapping: string): string => `
      - { source: ${id}, mapping: ${mapping} }`

const indicator = (code: string, sources: string): string => `
  - code: ${code}
    name: { zh: 河道水位 }
    definition: { zh: 水尺读数 }
    unit: m
    freq: N
    timeBasis: instant
    direction: neutral
    rollup: none
    department: statistics
    sources:${sources}
`

/** One gauge whose level is the number of times it was asked, so that every answer is a new value. */
function answer(): string {
  asked += 1
  return JSON.stringify({ gauges: [{ gauge: 'A1', at: new Date().toISOString(), cm: asked }] })
}

beforeAll(async () => {
  upstream = createServer((_, response) => void response.end(answer())).listen(0, '127.0.0.1')
  await new Promise((listening) => upstream.once('listening', listening))
  const address = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/gauges`
  const folder = temporaryFolder()
  await bundled('tests/third-party/staff-gauge.ts', folder)
  await bundled('tests/third-party/broken/misbehaves.ts', folder)
  for (const name of broken)
    copyFileSync(
      resolve(import.meta.dirname, `../third-party/broken/${name}.mjs`),
      join(folder, `${name}.mjs`),
    )
  const bad = [
    ...deeds.map((deed) => [deed, 'misbehaves'] as const),
    ...broken.map((id) => [id, id] as const),
  ]
  city = await sampleCity({
    'sources.yaml': (text) =>
      `${text.replace('${UPSTREAM}/api', 'http://127.0.0.1:9/api')}${source('gauges', 'staff-gauge', `{ address: '${address}' }`)}${bad.map(([id, adapter]) => source(id, adapter, adapter === 'misbehaves' ? `{ deed: ${id} }` : '{}')).join('')}\n`,
    'indicators/nat.yaml': `indicators:${indicator('NAT.RIVER.LEVEL', entry('gauges', '{ gauges: { A1: "990101" } }'))}${indicator('NAT.RIVER.OTHER', bad.map(([id]) => entry(id, '{}')).join(''))}`,
  })
  gateway = await startGateway({ CITY: city.folder, ADAPTERS_DIR: folder, CLOCK_START: undefined })
})
afterAll(async () => {
  await gateway?.stop()
  await city?.remove()
  upstream?.close()
})

async function healths(): Promise<Map<string, SourceHealth>> {
  const response = await fetch(`${gateway.url}/api/sources`)
  const { sources: all } = (await response.json()) as { sources: SourceHealth[] }
  return new Map(all.map((health) => [health.source, health]))
}

test('a good protocol of somebody else is read; each broken one is quarantined with its name', async () => {
  await expect
    .poll(async () => (await healths()).get('gauges')?.observations, { timeout: 30_000 })
    .toBeGreaterThan(1)
  const all = await healths()
  expect(all.get('gauges')).toMatchObject({ state: 'ok', clockSkewMs: 0 })
  for (const id of broken) {
    expect(all.get(id)?.state).toBe('quarantined')
    expect(all.get(id)?.lastError).toContain(`adapter ${id}`)
    expect(gateway.output()).toContain(`quarantined: adapter ${id}`)
  }
})

test('while others loop, eat memory and hang, nothing else is slowed: neither the good source nor an answer', async () => {
  const before = (await healths()).get('gauges')!.observations
  const startedAt = performance.now()
  const waits: number[] = []
  for (;;) {
    const asking = performance.now()
    const all = await healths()
    waits.push(performance.now() - asking)
    if (deeds.slice(0, 3).every((deed) => all.get(deed)?.state === 'quarantined')) break
    expect(performance.now() - startedAt).toBeLessThan(90_000)
    await new Promise((waited) => setTimeout(waited, 50))
  }
  const seconds = (performance.now() - startedAt) / 1000
  const all = await healths()
  // Asked once a second: it may miss beats where the machine has few cores, and would miss all while one loops for ever.
  expect((all.get('gauges')!.observations - before) / seconds).toBeGreaterThan(0.4)
  expect(all.get('gauges')).toMatchObject({ state: 'ok' })
  expect(waits.toSorted((a, b) => a - b)[Math.floor(waits.length * 0.95)]).toBeLessThan(1_000)
  expect(all.get('loops')).toMatchObject({ deaths: 3, lastError: expect.stringContaining('did not answer') })
  // At its limit it may be too busy tidying up to answer.
  expect(all.get('eats')).toMatchObject({
    deaths: 3,
    lastError: expect.stringMatching(/256 MB|did not answer/),
  })
})

test('one that hangs is given up and tried again', async () => {
  await expect
    .poll(async () => (await healths()).get('hangs')?.gaveUp ?? 0, { timeout: 60_000 })
    .toBeGreaterThan(0)
  expect((await healths()).get('hangs')?.state).not.toBe('ok')
})
