import { expect, test } from './support/gateway.ts'

test('the kiosk’s map fills the screen, stays behind the panels, and flies for four seconds from step to step', async ({
  page,
}) => {
  test.setTimeout(180_000)
  await page.goto('/kiosk?map=3d')
  const map = page.locator('.map-slot')
  await expect(map).toHaveAttribute('data-map', 'idle', { timeout: 90_000 })
  await page.keyboard.press('Space')
  const canvas = page.locator('.map-slot .canvas')
  expect(await canvas.boundingBox()).toEqual({ x: 0, y: 0, width: 1920, height: 1080 })
  await expect(page.locator('.map-slot .themes')).toBeVisible()

  const flight = page.evaluate(async () => {
    const slot = document.querySelector<HTMLElement>('.map-slot')!
    const until = async (flying: boolean) => {
      while ((slot.dataset['map'] === 'busy') !== flying) await new Promise(requestAnimationFrame)
      return performance.now()
    }
    const start = await until(true)
    return (await until(false)) - start
  })
  await page.keyboard.press('ArrowRight')
  expect(await flight).toBeGreaterThan(3500)
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
  // The canvas goes on under bar and footer: they stand before it, not under its fading edge.
  const covered = await page.evaluate(() => {
    const [bar, footer] = [
      document.querySelector('.kiosk > header'),
      document.querySelector('.kiosk > footer'),
    ]
    return [bar, footer].map((part) => {
      const { x, y, height } = part!.getBoundingClientRect()
      return part!.contains(document.elementFromPoint(x + 20, y + height / 2))
    })
  })
  expect(covered).toEqual([true, true])
})
