import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { FeatureAnswer } from '../../src/domain/map-feature.ts'
import type { Catalogue, FeatureHistoryAnswer } from '../../src/domain/wire.ts'
import { type GatewayProcess, startGateway, temporaryFolder } from '../support/gateway-process.ts'

const root = resolve(import.meta.dirname, '../..')
const patient = { timeout: 30_000 }
const varDir = temporaryFolder()
const city = join(temporaryFolder(), 'changchun')
/** Each life of the gateway begins later than the one before ended. */
const starts = ['2026-08-06T14:32:00+08:00', '2026-08-06T15:10:00+08:00', '2026-08-06T16:20:00+08:00']
let gateway: GatewayProcess

const ask = async (path: string) => await fetch(`${gateway.url}/api/${path}`)
const read = async <T>(path: string) => (await (await ask(path)).json()) as T
const asOfNow = async () => (await read<{ serverTime: string }>('sources')).serverTime

async function begin(life: number): Promise<void> {
  gateway = await startGateway({
    CITY: city,
    VAR_DIR: varDir,
    CLOCK_START: starts[life],
    CITYDECK_TEST_CONTROL: '1',
  })
  await vi.waitUntil(async () => (await ask('features')).status === 200, patient)
}

async function upstream(order: object): Promise<void> {
  const url = /demo upstream answers url="(\S+)"/.exec(gateway.output())![1]!
  await fetch(`${url}/control`, { method: 'POST', body: JSON.stringify(order) })
}

/** What every collection is answered as of an instant, with the status, as text: a later start has to say the same. */
async function toldAsOf(asOf: string): Promise<Record<string, string>> {
  const { collections } = await read<Catalogue>('catalogue')
  const told = collections.map(async ({ id }) => {
    const answer = await ask(`features/${id}?asOf=${asOf}`)
    return [id, `${answer.status} ${await answer.text()}`] as const
  })
  return Object.fromEntries(await Promise.all(told))
}

const unknownIn = (told: Record<string, string>): string[] =>
  Object.values(told).filter((one) => !one.startsWith('200 '))

beforeAll(async () => {
  cpSync(join(root, 'cities/changchun'), city, { recursive: true })
  const file = join(city, 'features.yaml')
  const told = readFileSync(file, 'utf8')
  // A source that cannot say what it would have said, asked each second.
  const forgetful = told.replace(/^ +asOfParameter:.*\n/m, '').replaceAll(/poll: PT\d+[SM]/g, 'poll: PT1S')
  if (forgetful.includes('asOfParameter')) throw new Error('the source of the test can tell its past')
  writeFileSync(file, forgetful)
  await begin(0)
})
afterAll(async () => {
  await gateway?.stop('SIGKILL')
})

test('what was known at an instant is told the same after every kill -9', { timeout: 180_000 }, async () => {
  const before: [asOf: string, told: Record<string, string>][] = []
  for (let life = 0; life < starts.length; life += 1) {
    if (life > 0) await begin(life)
    for (const [asOf, told] of before) expect(await toldAsOf(asOf), asOf).toEqual(told)
    // All are heard without anybody looking, the timed ones too.
    const unheard = async () =>
      (await read<FeatureHistoryAnswer>('features')).collections.filter(({ from }) => from === null)
    await expect.poll(unheard, patient).toEqual([])
    const heardNow = async () => Date.parse((await read<FeatureAnswer>('features/shelters')).receivedAt)
    await expect.poll(heardNow, patient).toBeGreaterThan(Date.parse(starts[life]!))
    // Of a life before there is none of the steps of now: those are heard one after another.
    await expect.poll(async () => unknownIn(await toldAsOf(await asOfNow())), patient).toEqual([])
    for (let n = 0; n < 2; n += 1) {
      const asOf = await asOfNow()
      const told = await toldAsOf(asOf)
      expect(unknownIn(told)).toEqual([])
      before.push([asOf, told])
    }
    await gateway.stop('SIGKILL')
  }
  const shelters = before.map(
    ([, told]) => (JSON.parse(told['shelters']!.slice(4)) as FeatureAnswer).receivedAt,
  )
  expect(new Set(shelters).size).toBeGreaterThanOrEqual(starts.length)
})

test('an instant of which nothing was kept is unknown, and a source that is gone leaves no trace of itself', async () => {
  await begin(2)
  expect((await ask('features/shelters?asOf=2026-08-06T05:00:00Z')).status).toBe(404)
  await expect.poll(async () => (await ask('features/shelters')).status, patient).toBe(200)
  await upstream({ do: 'fail', service: 'geo', status: 500 })
  const failing = async () =>
    (await read<{ sources: { source: string; state: string }[] }>('sources')).sources.find(
      ({ source }) => source === 'geo',
    )?.state
  await expect.poll(failing, patient).toMatch(/failing|open/)
  const asOf = await asOfNow()
  const good = await read<FeatureAnswer>(`features/shelters?asOf=${asOf}`)
  expect(good.features.length).toBeGreaterThan(10)
  expect(Date.parse(good.receivedAt)).toBeLessThan(Date.parse(asOf))
  await gateway.stop('SIGKILL')
})
