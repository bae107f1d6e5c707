import { type PositionJob, WORKER_FROM, enuPositions } from '../../src/map/engine/enu-positions.ts'
import { expect, test } from './support/gateway.ts'

const STREETS = 300
const CORNERS = 200

interface Told {
  jobs: { origin: PositionJob['origin']; lonLats: number[]; metres: number[] }[]
  violations: string[]
}

/** Keeps what passes between the page and its workers of positions, and what the content policy forbids. Runs in the page. */
function listen(): void {
  const told: Told = { jobs: [], violations: [] }
  Object.assign(globalThis, { told })
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    told.violations.push(`${violatedDirective} ${blockedURI}`)
  })
  globalThis.Worker = class extends Worker {
    override postMessage(message: unknown, ...rest: unknown[]): void {
      const { origin, lonLats } = (message ?? {}) as Partial<PositionJob>
      if (origin && lonLats)
        this.addEventListener('message', ({ data }: MessageEvent<Float32Array>) => {
          told.jobs.push({ origin, lonLats: [...lonLats], metres: [...data] })
        })
      Reflect.apply(super.postMessage, this, [message, ...rest])
    }
  }
}

/** More streets than the page converts by itself, over the whole city. */
function manyStreets() {
  return Array.from({ length: STREETS }, (_, street) => ({
    type: 'Feature',
    id: `street-${street}`,
    properties: { class: 'local' },
    geometry: {
      type: 'MultiLineString',
      coordinates: [
        Array.from({ length: CORNERS }, (__, corner) => [
          125 + corner * 0.003,
          43.6 + street * 0.002 + (corner % 2) * 0.001,
        ]),
      ],
    },
  }))
}

test('many streets are converted in a worker, under the content policy of the gateway, and rightly', async ({
  page,
}) => {
  test.setTimeout(120_000)
  expect(STREETS * CORNERS).toBeGreaterThan(WORKER_FROM)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  const workers: string[] = []
  page.on('worker', (worker) => void workers.push(new URL(worker.url()).pathname))
  await page.addInitScript(listen)
  await page.route('**/basemap/*/road.geojson', async (route) => {
    const response = await route.fetch()
    const city = (await response.json()) as { features: unknown[] }
    await route.fulfill({ json: { ...city, features: [...city.features, ...manyStreets()] } })
  })
  const answer = await page.goto('/wall?map=3d')
  expect(answer?.headers()['content-security-policy']).toContain("default-src 'none'")
  await page.waitForFunction(
    () => (globalThis as unknown as { told: Told }).told.jobs.length > 0,
    undefined,
    {
      timeout: 90_000,
    },
  )
  await expect(page.locator('[data-map="idle"]')).toBeVisible({ timeout: 60_000 })
  const { jobs, violations } = await page.evaluate(() => (globalThis as unknown as { told: Told }).told)
  expect(workers.filter((path) => /^\/assets\/enu-worker-[\w-]+\.js$/.test(path))).toHaveLength(1)
  expect(jobs).toHaveLength(1)
  const { origin, lonLats, metres } = jobs[0]!
  expect(metres.length).toBeGreaterThan(WORKER_FROM * 3)
  const expected = enuPositions({ origin, lonLats: new Float64Array(lonLats) })
  // The last bit of sines and cosines is each engine's own.
  const worst = metres.reduce((most, value, at) => Math.max(most, Math.abs(value - expected[at]!)), 0)
  expect(worst).toBeLessThan(0.02)
  expect(violations).toEqual([])
  expect(faults).toEqual([])
})
