import type { Page } from '@playwright/test'
import { bareNumbers } from './support/figure-law.ts'
import { expect, test } from './support/gateway.ts'

/** A terminal whose browser has no WebGL. */
test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    const open = HTMLCanvasElement.prototype.getContext
    HTMLCanvasElement.prototype.getContext = function (
      this: HTMLCanvasElement,
      kind: string,
      ...rest: unknown[]
    ) {
      return kind.startsWith('webgl') ? null : Reflect.apply(open, this, [kind, ...rest])
    } as typeof open
  })
})

const map = (page: Page) => page.locator('.map-slot')
/** Share of the canvas that is painted. */
const painted = (page: Page) =>
  page.locator('.flat canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
    let inked = 0
    for (let at = 3; at < data.length; at += 4) if (data[at]! > 0) inked++
    return inked / (data.length / 4)
  })

test('without WebGL the flat map shows the same districts, columns and figures, and picks what is clicked', async ({
  page,
}) => {
  await page.goto('/wall?map=3d')
  await expect(map(page)).toHaveAttribute('data-map-kind', 'flat', { timeout: 30_000 })
  await expect(map(page)).toHaveAttribute('data-map', 'idle', { timeout: 30_000 })
  await expect(page.locator('[data-map-why="unable"]')).toContainText('不支持')
  await expect(page.locator('[data-map-why] button')).toHaveCount(0)
  const figures = page.locator('.map-slot [data-indicator][data-part="value"]').filter({ hasText: /\d/ })
  await expect(figures.nth(5)).toBeVisible()
  expect(await painted(page)).toBeGreaterThan(0.08)
  expect(await bareNumbers(page)).toEqual([])

  // Names make way for each other and for incidents, so which of them stand is the map's choice.
  const names = page.locator('.map-slot [data-label^="district-land-"]')
  await expect(names.filter({ visible: true }).first()).toBeVisible()
  const { x, y, code, short } = await names.evaluateAll((labels) => {
    const label = labels.findLast((one) => getComputedStyle(one).visibility === 'visible')!
    const { left, top, width, height } = label.getBoundingClientRect()
    const at = { x: left + width / 2, y: top + height / 2 }
    return {
      ...at,
      code: label.getAttribute('data-label')!.slice(-6),
      short: label.textContent?.trim() ?? '',
    }
  })
  await page.mouse.click(x, y)
  const picked = page.locator(`[data-pick-region="${code}"]`)
  await expect(picked).toHaveAttribute('aria-pressed', 'true')
  await expect(page.locator('.slot.economy')).toContainText(`经济运行 · ${short}`)
  await page.keyboard.press('Escape')
  await expect(picked).toHaveAttribute('aria-pressed', 'false')
})

test('without WebGL the map is moved and brought home by keys alone', async ({ page }) => {
  await page.goto('/wall')
  await expect(map(page)).toHaveAttribute('data-map', 'idle', { timeout: 30_000 })
  await page.locator('.map-slot .canvas[tabindex]').focus()
  const before = await painted(page)
  for (let press = 0; press < 6; press++) await page.keyboard.press('-')
  await expect.poll(() => painted(page)).toBeLessThan(before * 0.7)
  await page.keyboard.press('Home')
  await expect.poll(() => painted(page)).toBeGreaterThan(before * 0.95)
})
