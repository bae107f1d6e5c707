import { type GatewayProcess, startGateway } from '../support/gateway-process.ts'
import { alarmHued } from './support/figure-law.ts'
import { expect, test } from './support/sealed.ts'

/** Changes each second and is polled every few. */
const code = 'LIF.PWR.LOAD'
let gateway: GatewayProcess

test.beforeAll(async () => {
  gateway = await startGateway({ CITYDECK_TEST_CONTROL: '1' })
})
test.afterAll(() => gateway.stop())

async function order(body: Record<string, unknown>): Promise<void> {
  await expect.poll(() => /demo upstream answers url="(\S+)"/.exec(gateway.output())?.[1]).toBeDefined()
  const [, url] = /demo upstream answers url="(\S+)"/.exec(gateway.output())!
  const answer = await fetch(`${url}/control`, { method: 'POST', body: JSON.stringify(body) })
  expect(answer.status, await answer.text()).toBe(200)
}

test('a change at the upstream is painted, silence turns late and then missing, and recovery needs nobody', async ({
  page,
}) => {
  test.setTimeout(180_000)
  await page.goto(`${gateway.url}/analyst?indicator=${code}&region=220100`)
  const figure = page.locator(`[data-indicator="${code}"][data-part="value"]`).first()
  await expect(figure).toContainText(/\d/, { timeout: 60_000 })
  await expect(figure).toHaveAttribute('data-freshness', 'live')

  await order({ do: 'override', indicator: code, value: 4_321_000 })
  await expect(figure.locator('.digits')).toHaveText(/4[,.]?3/, { timeout: 20_000 })

  await order({ do: 'fail', service: '*', status: 503 })
  await expect(figure).toHaveAttribute('data-freshness', 'late', { timeout: 40_000 })
  await expect(figure.locator('.digits')).toHaveText(/4[,.]?3/)
  await expect(figure).toHaveAttribute('data-freshness', 'missing', { timeout: 60_000 })
  await expect(figure.locator('.digits')).toHaveText('—')
  expect(await alarmHued(page, `[data-indicator="${code}"]`)).toEqual([])

  await order({ do: 'reset' })
  await expect(figure).toHaveAttribute('data-freshness', 'live', { timeout: 30_000 })
  await expect(figure.locator('.digits')).toHaveText(/\d/)
})

test('a gateway that goes and comes back finds its screens again, without gap in what was recorded', async ({
  page,
}) => {
  test.setTimeout(120_000)
  await page.goto(`${gateway.url}/desk`)
  await expect(page.locator('[data-indicator="GOV.COCKPIT.INCIDENTS"]').first()).toContainText(/\d/, {
    timeout: 60_000,
  })
  const { port } = new URL(gateway.url)
  const before = (await (await fetch(`${gateway.url}/api/situation`)).json()) as { sequence: number }
  await gateway.stop('SIGKILL')
  gateway = await startGateway({ CITYDECK_TEST_CONTROL: '1', VAR_DIR: gateway.varDir, PORT: port })
  const after = (await (await fetch(`${gateway.url}/api/situation`)).json()) as { sequence: number }
  expect(after.sequence).toBeGreaterThanOrEqual(before.sequence)
  const { hostname } = new URL(gateway.url)
  expect(hostname).toBe('127.0.0.1')
  // A record made after the restart reaches the page that was open before it.
  const incident = `e2e-${Date.now()}`
  const reportedAt = new Date(Date.parse('2026-08-06T14:32:00+08:00')).toISOString().replace('.000', '')
  const late = '2027-01-01T00:00:00Z'
  const answer = await fetch(`${gateway.url}/api/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      id: `command-${incident}`,
      type: 'incident.report',
      stream: `incident:${incident}`,
      payload: {
        incident,
        title: '重连后上报的事件',
        kind: 'test',
        region: '220102',
        urgency: 'urgent',
        origin: 'screen',
        reportedAt,
        owner: 'emergency',
        acceptBy: late,
        closeBy: late,
        provenance: 'synthetic',
      },
    }),
  })
  expect(answer.status, await answer.text()).toBe(200)
  await expect(page.getByText('重连后上报的事件').first()).toBeVisible({ timeout: 30_000 })
})
