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
  const openIncidents = async (query = '') => {
    const { incidents } = (await (await request.get(`${gateway.url}/api/situation${query}`)).json()) as {
      incidents: { stage: string }[]
    }
    return incidents.filter(({ stage }) => stage !== 'closed').length
  }
  const counted = async () => {
    const answer = await request.get(`${gateway.url}/api/observations/latest?indicator=GOV.COCKPIT.INCIDENTS`)
    return ((await answer.json()) as { observations: { value: number }[] }).observations[0]?.value
  }
  await expect.poll(openIncidents, { timeout: 60_000 }).toBeGreaterThan(0)
  await expect.poll(async () => (await counted()) === (await openIncidents()), { timeout: 30_000 }).toBe(true)
  const { serverTime } = (await (await request.get(`${gateway.url}/api/situation`)).json()) as {
    serverTime: string
  }
  const asOf = encodeURIComponent(serverTime)
  const expected = String(await openIncidents(`?asOf=${asOf}`))

  const seen: Record<string, Record<string, string[]>> = {}
  for (const console of ['wall', 'desk', 'kiosk']) {
    await page.goto(`/${console}?asOf=${asOf}`)
    await expect(
      page.locator('[data-indicator="GOV.COCKPIT.INCIDENTS"]').filter({ hasText: /\d/ }).first(),
    ).toBeVisible()
    seen[console] = await countsOn(page)
  }
  for (const [console, counts] of Object.entries(seen)) {
    for (const [code, texts] of Object.entries(counts)) {
      expect(texts, `${code} on ${console} says one thing`).toHaveLength(1)
      for (const [other, theirs] of Object.entries(seen))
        if (theirs[code]) expect(theirs[code], `${code} on ${other} as on ${console}`).toEqual(texts)
    }
  }
  expect(seen['wall']!['INCIDENTS']).toEqual([expected])
})
