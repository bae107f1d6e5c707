import type { Page } from '@playwright/test'
import { bareNumbers } from './support/figure-law.ts'
import { expect, test } from './support/gateway.ts'
import { enterUntilCard, kinds, named } from '../support/found-things.ts'
import { atRest, look, openMap, wake } from './support/map-page.ts'

/** Metres that one pixel in the middle of the map stands for, read off its scale bar; NaN while it shows none. */
async function metresPerPixel(page: Page): Promise<number> {
  const scale = page.locator('.map-tools .scale')
  const { width } = (await scale.locator('.bar').boundingBox()) ?? { width: NaN }
  return metres(await scale.innerText()) / width
}

for (const map of ['2d', '3d'] as const)
  test(`on the ${map} map every kind of name flies there and opens its card`, async ({ page }) => {
    test.setTimeout(300_000)
    await openMap(page, map)
    const whole = await metresPerPixel(page)
    const seen = (kind: string) =>
      expect.poll(async () => (await metresPerPixel(page)) / whole, { message: kind, timeout: 15_000 })
    for (const { kind, find } of kinds) {
      const { query, card, near } = await find(page)
      await look(page, query)
      await enterUntilCard(page, card)
      if (near) await seen(kind).toBeLessThan(0.7)
      await atRest(page)
      expect(await bareNumbers(page), kind).toEqual([])
      await page.keyboard.press('Escape')
      await wake(page)
      await page.locator('[data-tool="home"]').click()
      // Columns grow as figures come, and the whole city with them stands a little farther away.
      await seen(kind).toBeGreaterThan(0.8)
    }
  })

test('the flat map comes as near to a camera as one must to see where it stands', async ({ page }) => {
  await openMap(page, '2d')
  const { query, card } = await named(page, 'cameras')
  await look(page, query)
  await page.keyboard.press('Enter')
  const mark = page.locator(`[data-label-feature="${card}"]`)
  await expect(mark).toBeVisible()
  // Some 700 m are seen on the shorter side of what the card leaves free, so the bar stands for a few hundred at most.
  const bar = page.locator('.map-tools .scale')
  await expect.poll(async () => metres(await bar.innerText()), { timeout: 15_000 }).toBeLessThanOrEqual(200)
})

function metres(text: string): number {
  const [, number, unit] = /([\d.,]+)\s*(km|m)/.exec(text) ?? []
  return Number((number ?? 'x').replaceAll(',', '')) * (unit === 'km' ? 1000 : 1)
}

test('a station’s card shows what is measured there and leads to its history', async ({ page }) => {
  await openMap(page, '2d')
  for (const [collection, indicator] of [
    ['air-stations', 'ECO.AIR.STATION'],
    ['water-sections', 'ECO.WAT.CLASS'],
  ] as const) {
    const { query, card } = await named(page, collection)
    await look(page, query)
    await page.keyboard.press('Enter')
    const figure = page.locator(`[data-card="${card}"] [data-indicator="${indicator}"]`)
    await expect(figure).toHaveAttribute('href', /analyst/)
    // A click on the figure beside the station opens the same card, not the city's.
    const label = page.locator(`[data-label-feature="${card}"]`).first()
    await expect(label).toBeVisible({ timeout: 15_000 })
    await page.keyboard.press('Escape')
    await label.click()
    await expect(page.locator(`[data-card="${card}"]`)).toBeVisible()
    await wake(page)
    await page.locator('[data-tool="home"]').click()
    await atRest(page)
  }
})
