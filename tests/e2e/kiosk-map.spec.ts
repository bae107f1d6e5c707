import type { Page } from '@playwright/test'
import { expect, test } from './support/gateway.ts'
import { stopShow } from './support/kiosk.ts'
import { atRest } from './support/map-page.ts'

test('the kiosk’s map fills the screen, stays behind the panels, and flies for four seconds from step to step', async ({
  page,
}) => {
  test.setTimeout(180_000)
  await page.goto('/kiosk?map=3d')
  await stopShow(page)
  // It may have turned before.
  await page.locator('.rail button').first().click()
  await expect(page.locator('[data-map="idle"]')).toBeAttached({ timeout: 90_000 })
  await atRest(page)
  const canvas = page.locator('.map-slot .canvas')
  expect(await canvas.boundingBox()).toEqual({ x: 0, y: 0, width: 1920, height: 1080 })
  await expect(page.locator('.map-slot .themes')).toBeVisible()

  // New figures keep the map busy for a moment too: the longest of its busy times is the flight.
  const busy = await page.evaluateHandle(() => {
    const slot = document.querySelector<HTMLElement>('.map-slot')!
    const times = { longestMs: 0 }
    let since: number | undefined
    new MutationObserver(() => {
      const now = performance.now()
      if (slot.dataset['map'] === 'busy') since ??= now
      else {
        times.longestMs = Math.max(times.longestMs, now - (since ?? now))
        since = undefined
      }
    }).observe(slot, { attributeFilter: ['data-map'] })
    return times
  })
  await page.keyboard.press('ArrowRight')
  await expect
    .poll(() => busy.evaluate(({ longestMs }) => longestMs), { timeout: 30_000 })
    .toBeGreaterThan(3500)
  const panel = page.locator('main.stage .panel, main.stage section').first()
  await expect(panel).toBeVisible()
  await expect(canvas).toBeVisible()
  await expect(page.locator('.map-slot .notes')).toBeVisible()
  await expect(page.locator('.map-slot .themes')).toBeHidden()
  await expect(page.locator('.map-slot .label').filter({ visible: true })).toHaveCount(0)
  const inFront = await panel.evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect()
    return element.closest('main')!.contains(document.elementFromPoint(x + width / 2, y + height / 2))
  })
  expect(inFront).toBe(true)
  await page.keyboard.press('ArrowLeft')
  await expect(page.locator('.map-slot .themes')).toBeVisible()
  await expect(page.locator('.map-slot .label').filter({ visible: true }).first()).toBeVisible()
  // The canvas goes on under bar and footer: its fading edge does not lie over what they say.
  for (const part of ['header b', 'footer'])
    expect(await brightest(page, `.kiosk > ${part}`)).toBeGreaterThan(90)
})

/** The lightest pixel of an element as it stands on the screen, 0 to 255. */
async function brightest(page: Page, selector: string): Promise<number> {
  const shot = await page.locator(selector).screenshot()
  return page.evaluate(async (png) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob())
    const paper = new OffscreenCanvas(image.width, image.height).getContext('2d')!
    paper.drawImage(image, 0, 0)
    // The upper half: an edge fades from above, and a word is as light everywhere.
    const { data } = paper.getImageData(0, 0, image.width, Math.ceil(image.height / 2))
    return Math.max(...data.filter((_, at) => at % 4 === 1))
  }, shot.toString('base64'))
}
