import type { Page } from '@playwright/test'
import { bareNumbers } from './support/figure-law.ts'
import { expect, test } from './support/gateway.ts'
import { atRest, look, openWall, tool, wake } from './support/map-page.ts'

const city = '220100'
const chaoyang = '220104'

test('a wall that nobody touches shows no tools; a hand wakes them, within the map’s own place', async ({
  page,
}) => {
  for (const size of [
    { width: 1920, height: 1080 },
    { width: 5760, height: 2160 },
  ]) {
    await page.setViewportSize(size)
    await openWall(page)
    await expect(tool(page, 'search')).toBeHidden()
    await wake(page)
    const map = (await page.locator('.map-slot').boundingBox())!
    const rail = (await page.locator('.rail').boundingBox())!
    const head = (await page.locator('.map-slot .head').boundingBox())!
    expect(rail.x).toBeGreaterThanOrEqual(map.x - 1)
    expect(rail.x + rail.width).toBeLessThanOrEqual(map.x + map.width + 1)
    expect(rail.y).toBeGreaterThanOrEqual(head.y + head.height - 1)
  }
})

test('initials find a district: the map flies, its card opens, the panels follow', async ({ page }) => {
  await openWall(page)
  await look(page, 'cyq')
  // How soon is measured by the bench: a test shares its machine.
  await page.keyboard.press('Enter')
  await expect(page.locator(`[data-card="region:${chaoyang}"]`)).toBeVisible()
  await expect(page.locator('.slot.economy')).toContainText('经济运行 · 朝阳')
  await expect(page.locator(`[data-crumb="${chaoyang}"]`)).toHaveAttribute('aria-current', 'location')
  expect(await bareNumbers(page)).toEqual([])
})

test('pinyin finds a facility; its card tells kind, state, place, source and age, and that it is a demonstration', async ({
  page,
}) => {
  await openWall(page)
  await look(page, 'yiyuan')
  // Whatever cases of today have such a place in their title.
  await page.locator('[data-hit^="facility:"]').first().click()
  const card = page.locator('[data-card^="facilities/"]')
  await expect(card).toBeVisible()
  for (const said of ['医院', '东经', '来源', '发布']) await expect(card).toContainText(said)
  await expect(page.locator('.map-tools .right .demo')).toBeVisible()
  // The layer that draws it came with it, and its own mark is chosen.
  await expect(page.locator('.label.selected[data-label-feature^="facilities/"]')).toBeVisible({
    timeout: 15_000,
  })
  expect(await bareNumbers(page)).toEqual([])
})

test('one goes down from the city to a community by keyboard and back by the breadcrumb', async ({
  page,
}) => {
  await openWall(page)
  await wake(page)
  await tool(page, 'regions').focus()
  await page.keyboard.press('Enter')
  const below = (parent: string) => page.locator(`.left [data-drill^="${parent}"]`).first()
  const path: string[] = []
  for (const parent of [chaoyang, chaoyang, chaoyang]) {
    await expect(below(parent)).toBeVisible({ timeout: 15_000 })
    path.push((await below(parent).getAttribute('data-drill'))!)
    await below(parent).focus()
    await page.keyboard.press('Enter')
    await expect(page.locator(`[data-crumb="${path.at(-1)}"]`)).toHaveAttribute('aria-current', 'location')
  }
  expect(path.map((code) => code.length)).toEqual([6, 9, 12])
  // The panels stay with the district: nothing finer has figures.
  await expect(page.locator('.slot.economy')).toContainText('经济运行 · 朝阳')
  await page.locator(`[data-crumb="${city}"]`).focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('.slot.economy')).not.toContainText('朝阳')
})

/** Of a text that holds a time such as 14:32. */
function minuteOfDay(text: string | null): number {
  const [, hour, minute] = /(\d\d):(\d\d)/.exec(text ?? '')!
  return Number(hour) * 60 + Number(minute)
}

test('three hours ahead the slider says 预报, and zero brings the map back to now', async ({ page }) => {
  await openWall(page)
  await wake(page)
  await tool(page, 'time').click()
  const slider = page.getByRole('slider')
  await expect(slider).toHaveAttribute('aria-valuetext', /现在$/)
  const now = minuteOfDay(await slider.getAttribute('aria-valuetext'))
  await slider.focus()
  await page.keyboard.press('End')
  await expect(page.locator('[data-time-word]')).toHaveText('预报')
  const ahead = await slider.getAttribute('aria-valuetext')
  expect(ahead).toMatch(/预报$/)
  // A minute may pass between the two readings of the clock.
  expect((minuteOfDay(ahead) - now + 1440) % 1440).toBeGreaterThanOrEqual(180)
  expect((minuteOfDay(ahead) - now + 1440) % 1440).toBeLessThanOrEqual(181)
  await page.keyboard.press('0')
  await expect(page.locator('[data-time-word]')).toHaveText('现在')
  await page.keyboard.press('ArrowLeft')
  await expect(page.locator('[data-time-word]')).toHaveText('回看')
  expect(await bareNumbers(page)).toEqual([])
})

/** Clicks the four corners of a box of the map, given by shares of its width and height, and ends the outline. */
async function outline(
  page: Page,
  [west, north, east, south]: [number, number, number, number],
): Promise<void> {
  const canvas = (await page.locator('.map-slot .canvas').first().boundingBox())!
  const corners = [
    [west, north],
    [east, north],
    [east, south],
    [west, south],
  ] as const
  for (const [x, y] of corners)
    await page.mouse.click(canvas.x + canvas.width * x, canvas.y + canvas.height * y)
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-dig-count]')).toBeVisible()
}

test('a dig around the whole city lists every pipe once, one beside them none', async ({ page }) => {
  await openWall(page)
  const all = await page.evaluate(async () => {
    const answer = await fetch('/api/features/pipes')
    return ((await answer.json()) as { features: { id: string }[] }).features.map(({ id }) => id)
  })
  expect(all.length).toBeGreaterThan(0)
  await wake(page)
  await tool(page, 'dig').click()
  // The city aside, so that neither its pipes nor a corner lie under the sheet of results.
  for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowRight')
  await atRest(page)
  await outline(page, [0.01, 0.36, 0.45, 0.86])
  const listed = await page
    .locator('[data-dig-pipe]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-dig-pipe')!))
  expect(listed.toSorted()).toEqual(all.toSorted())
  expect(await bareNumbers(page)).toEqual([])
  await page.locator(`[data-dig-pipe="${listed[0]}"]`).click()
  await expect(page.locator(`[data-dig-pipe="${listed[0]}"]`)).toHaveAttribute('aria-pressed', 'true')
  await outline(page, [0.32, 0.4, 0.44, 0.6])
  await expect(page.locator('[data-dig-count="0"]')).toContainText('范围内没有管线')
})

test('by keyboard alone a distance is measured in the middle of the map', async ({ page }) => {
  await openWall(page)
  await page.keyboard.press('Tab')
  await tool(page, 'search').focus()
  for (let step = 0; step < 9; step++) {
    await page.keyboard.press('ArrowRight')
    if ((await page.evaluate(() => document.activeElement?.getAttribute('data-tool'))) === 'length') break
  }
  await page.keyboard.press('Enter')
  await page.keyboard.press(' ')
  await expect(page.locator('.sketch circle')).toHaveCount(1)
  const before = await page.locator('.sketch circle').getAttribute('cx')
  await page.keyboard.press('ArrowRight')
  // The first point goes with the ground before the second is set in the middle.
  await expect(page.locator('.sketch circle')).not.toHaveAttribute('cx', before!)
  await page.keyboard.press(' ')
  const length = page.locator('.map-tools [data-indicator="map.length"]')
  await expect(length).toBeVisible()
  expect(Number.parseFloat((await length.innerText()).replaceAll(',', ''))).toBeGreaterThan(0)
  await page.keyboard.press('Escape')
  await expect(page.locator('.sketch')).toHaveCount(0)
})

test('two sets of layers are compared by a divider that keys move', async ({ page }) => {
  await openWall(page)
  await wake(page)
  await tool(page, 'compare').click()
  const divider = page.getByRole('separator')
  await expect(divider).toHaveAttribute('aria-valuenow', '50')
  await divider.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(divider).toHaveAttribute('aria-valuenow', '48')
  await tool(page, 'compare').click()
  await expect(divider).toHaveCount(0)
})
