import type { APIRequestContext, Browser, Page } from '@playwright/test'
import { expect, test } from './support/gateway.ts'
import { stopShow } from './support/kiosk.ts'

const minute = 60_000
const count = (page: Page, code: string) =>
  page.locator(`[data-indicator="GOV.COCKPIT.${code}"][data-part="value"] .digits`).first()

/** Seconds, as the wire writes an instant. */
const instant = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')

interface Situation {
  serverTime: string
  incidents: { incident: string; stage: string; result?: string }[]
  alarms: { id: string; acknowledgedBy?: string }[]
}

async function situation(request: APIRequestContext): Promise<Situation> {
  return (await (await request.get('/api/situation')).json()) as Situation
}

/** Reports one at the gateway's own time; `acceptInMs` below zero means that nobody took it in time. */
async function report(request: APIRequestContext, title: string, acceptInMs: number): Promise<string> {
  const now = Date.parse((await situation(request)).serverTime)
  const incident = `desk-${Date.now()}-${Math.abs(acceptInMs)}`
  const answer = await request.post('/api/commands', {
    data: {
      id: `report-${incident}`,
      type: 'incident.report',
      stream: `incident:${incident}`,
      payload: {
        incident,
        title,
        kind: '市政设施',
        region: '220103',
        urgency: 'urgent',
        origin: 'screen',
        reportedAt: instant(now - 24 * 60 * minute),
        owner: 'emergency',
        acceptBy: instant(now + acceptInMs),
        closeBy: instant(now + 48 * 60 * minute),
        provenance: 'synthetic',
      },
    },
  })
  expect(answer.status(), await answer.text()).toBe(200)
  return incident
}

/** A screen that only watches, at the scene where incidents are counted. */
async function watcher(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  await page.goto(address)
  await expect(async () => {
    const open = count(page, 'INCIDENTS')
    if (address.endsWith('/kiosk') && !(await open.isVisible())) await page.keyboard.press('ArrowRight')
    await expect(open).toHaveText(/\d/, { timeout: 1_500 })
  }).toPass({ timeout: 40_000 })
  // The show stands still here, so that what is counted stays on the screen.
  if (address.endsWith('/kiosk')) await stopShow(page)
  return page
}

test('a duty officer takes an overdue incident to its end by keyboard, and every screen counts along', async ({
  page,
  browser,
  request,
  gateway,
}) => {
  test.setTimeout(180_000)
  const screens = await Promise.all([
    watcher(browser, `${gateway.url}/wall`),
    watcher(browser, `${gateway.url}/kiosk`),
  ])
  await page.goto('/desk')
  const queue = page.getByRole('option')
  await expect(count(page, 'INCIDENTS')).toHaveText(/\d/)

  const calm = await report(request, '护栏松动（尚有时间）', 30 * 60 * minute)
  const overdue = await report(request, '栈道塌陷（已超时）', -23 * 60 * minute)
  await expect(queue.filter({ hasText: '护栏松动' })).toBeVisible()
  await expect(queue.first(), 'what is longest overdue stands first').toContainText('栈道塌陷')

  /** The desk's list, its count, and the counts of wall and kiosk are one number; the simulator may report more meanwhile. */
  const expectCounted = async (incident: string, stage: string) =>
    expect(async () => {
      const [{ incidents }, listed, ...counted] = await Promise.all([
        situation(request),
        queue.count(),
        ...[page, ...screens].map((screen) => count(screen, 'INCIDENTS').textContent({ timeout: 1_000 })),
      ])
      expect(incidents.find((one) => one.incident === incident)?.stage).toBe(stage)
      const open = incidents.filter((one) => one.stage !== 'closed').length
      expect([listed, ...counted.map(Number)]).toEqual([open, open, open, open])
    }).toPass({ timeout: 40_000 })
  await expectCounted(overdue, 'reported')
  const overdueBefore = Number(await count(page, 'OVERDUE').textContent())
  expect(overdueBefore).toBeGreaterThan(0)

  // Nothing but keys from here: K climbs to the head of the queue, Enter goes to what is to be done.
  await page.keyboard.press('j')
  for (let row = await queue.count(); row > 0; row--) await page.keyboard.press('k')
  await expect(page.getByRole('option', { selected: true })).toContainText('栈道塌陷')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: '确认受理' })).toBeFocused()
  await page.keyboard.press('Enter')
  const result = page.getByLabel('处置结果')
  await expect(result).toBeFocused()
  await expectCounted(overdue, 'accepted')
  await expect(queue.first()).not.toContainText('待受理栈道塌陷')

  await page.keyboard.press('Control+Enter')
  await expect(result, 'nothing is closed without a result').toBeFocused()
  await page.keyboard.type('已封闭栈道并复查')
  await page.keyboard.press('Control+Enter')
  await expect(queue.filter({ hasText: '栈道塌陷' })).toHaveCount(0)
  await expectCounted(overdue, 'closed')
  const { incidents } = await situation(request)
  expect(incidents.find(({ incident }) => incident === overdue)?.result).toBe('已封闭栈道并复查')
  expect(incidents.find(({ incident }) => incident === calm)?.stage).toBe('reported')
  for (const screen of screens) await screen.close()
})

test('an acknowledged alarm says so on the desk, once for all', async ({ page, context, request }) => {
  await expect
    .poll(async () => (await situation(request)).alarms.filter((one) => !one.acknowledgedBy).length, {
      timeout: 60_000,
    })
    .toBeGreaterThan(0)
  const other = await context.newPage()
  await page.goto('/desk')
  await other.goto('/desk')
  const open = (desk: Page) => desk.locator('.alarms li:not(.seen)')
  await expect(open(page).first()).toBeVisible()
  await expect(open(other).first()).toBeVisible()
  const name = (await open(page).first().locator('.what').textContent()) ?? ''
  const seen = (desk: Page) => desk.locator('.alarms li.seen').filter({ hasText: name })
  const before = await seen(page).count()
  await open(page).first().getByRole('button', { name: '确认' }).press('Enter')
  for (const desk of [page, other]) {
    await expect(seen(desk)).toHaveCount(before + 1)
    await expect(seen(desk).first()).toContainText('已确认')
  }
  expect((await situation(request)).alarms.some(({ acknowledgedBy }) => acknowledgedBy)).toBe(true)
})
