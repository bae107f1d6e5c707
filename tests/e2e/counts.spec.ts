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
