import type { Page } from '@playwright/test'
import { expect, test } from './support/gateway.ts'

const codes = [
  'INCIDENTS',
  'OVERDUE',
  'WARNINGS',
  'DECISIONS',
  'SOURCES_OK',
  'SOURCES_ALL',
  'URGENT',
  'PRESSING',
  'ORDINARY',
  'ALARMS',
]

async function countsOn(page: Page): Promise<Record<string, string[]>> {
  return page.evaluate((wanted) => {
    const found: Record<string, string[]> = {}
    for (const code of wanted) {
      const texts = [
        ...document.querySelectorAll(`[data-indicator="GOV.COCKPIT.${code}"][data-part="value"] .digits`),
      ].map((element) => element.textContent ?? '')
      if (texts.length > 0) found[code] = [...new Set(texts)]
    }
    return found
  }, codes)
}

test('at one instant every console counts the same, and the lists are as long as the counts', async ({
  page,
  request,
  gateway,
}) => {
  // A fresh gateway and three consoles in a row, on a machine that may be busy.
  test.setTimeout(180_000)
  const openIncidents = async (query = '') => {
    const { incidents } = (await (await request.get(`${gateway.url}/api/situation${query}`)).json()) as {
      incidents: { stage: string }[]
    }
    return incidents.filter(({ stage }) => stage !== 'closed').length
  }
  const counted = async (query: string) => {
    const answer = await request.get(
      `${gateway.url}/api/observations/latest?indicator=GOV.COCKPIT.INCIDENTS&${query}`,
    )
    return ((await answer.json()) as { observations: { value: number }[] }).observations[0]?.value
  }
  await expect.poll(openIncidents, { timeout: 60_000 }).toBeGreaterThan(0)
  let asOf = ''
  let expected = 0
  await expect(async () => {
    const answer = await request.get(`${gateway.url}/api/situation`)
    const { serverTime } = (await answer.json()) as { serverTime: string }
    asOf = encodeURIComponent(serverTime)
    expected = await openIncidents(`?asOf=${asOf}`)
    // An incident recorded in this very moment is counted in the next.
    expect(await counted(`asOf=${asOf}`)).toBe(expected)
  }).toPass({ timeout: 30_000 })

  const seen: Record<string, Record<string, string[]>> = {}
  for (const console of ['wall', 'desk', 'kiosk']) {
    await page.goto(`/${console}?asOf=${asOf}`)
    const count = page.locator('[data-indicator="GOV.COCKPIT.INCIDENTS"]').filter({ hasText: /\d/ }).first()
    await expect(async () => {
      // The kiosk shows one scene at a time; the count stands in that of emergency command.
      if (console === 'kiosk' && !(await count.isVisible())) await page.keyboard.press('ArrowRight')
      await expect(count).toBeVisible({ timeout: 1_500 })
    }).toPass({ timeout: 40_000 })
    seen[console] = await countsOn(page)
  }
  for (const [console, counts] of Object.entries(seen)) {
    for (const [code, texts] of Object.entries(counts)) {
      expect(texts, `${code} on ${console} says one thing`).toHaveLength(1)
      for (const [other, theirs] of Object.entries(seen))
        if (theirs[code]) expect(theirs[code], `${code} on ${other} as on ${console}`).toEqual(texts)
    }
  }
  expect(seen['wall']!['INCIDENTS']).toEqual([String(expected)])
})

/** Notes every frame in which two places of the page say different numbers for one count, or a list is not as long as its count. */
async function watchDisagreements(page: Page): Promise<void> {
  await page.evaluate((wanted) => {
    const found = new Set<string>()
    Object.assign(globalThis, { disagreements: found })
    const look = (): void => {
      for (const code of wanted) {
        const texts = new Set(
          [
            ...document.querySelectorAll(
              `[data-indicator="GOV.COCKPIT.${code}"][data-region="220100"][data-part="value"] .digits`,
            ),
          ].map((element) => element.textContent ?? ''),
        )
        if (code === 'INCIDENTS' && document.querySelector('[role="option"]'))
          texts.add(String(document.querySelectorAll('[role="option"]').length))
        if (texts.size > 1) found.add(`${code}: ${[...texts].join(' / ')}`)
      }
      requestAnimationFrame(look)
    }
    look()
  }, codes)
}

test('while it runs, sentence, strip and list of one screen never contradict one another', async ({
  page,
  context,
  request,
}) => {
  test.setTimeout(120_000)
  const desk = await context.newPage()
  for (const [screen, address] of [
    [page, '/wall'],
    [desk, '/desk'],
  ] as const) {
    await screen.goto(address)
    await expect(
      screen.locator('[data-indicator="GOV.COCKPIT.INCIDENTS"]').filter({ hasText: /\d/ }).first(),
    ).toBeVisible({ timeout: 30_000 })
    await watchDisagreements(screen)
  }
  const { serverTime } = (await (await request.get('/api/situation')).json()) as { serverTime: string }
  const now = Date.parse(serverTime)
  const instant = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')
  for (let turn = 0; turn < 6; turn++) {
    const incident = `agree-${turn}`
    const stream = `incident:${incident}`
    const send = async (type: string, expectedSequence: number | undefined, payload: object) => {
      const answer = await request.post('/api/commands', {
        data: {
          id: `${type}-${incident}`,
          type,
          stream,
          expectedSequence,
          payload: { incident, ...payload },
        },
      })
      expect(answer.status(), await answer.text()).toBe(200)
    }
    await send('incident.report', undefined, {
      title: '对账',
      kind: '市政设施',
      region: '220103',
      urgency: 'urgent',
      origin: 'screen',
      reportedAt: instant(now - 3_600_000),
      owner: 'emergency',
      acceptBy: instant(now + (turn % 2 === 0 ? -60_000 : 600_000)),
      closeBy: instant(now + 86_400_000),
      provenance: 'synthetic',
    })
    await expect(desk.getByRole('option').filter({ hasText: '对账' })).toHaveCount(1)
    await send('incident.accept', 1, {})
    await send('incident.close', 2, { result: '已对' })
    await expect(desk.getByRole('option').filter({ hasText: '对账' })).toHaveCount(0)
  }
  for (const screen of [page, desk])
    expect(
      await screen.evaluate(() => [
        ...(globalThis as unknown as { disagreements: Set<string> }).disagreements,
      ]),
    ).toEqual([])
})
