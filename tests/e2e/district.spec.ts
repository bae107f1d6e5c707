import type { Page } from '@playwright/test'
import { expect, test } from './support/gateway.ts'

const city = '220100'
const kuancheng = { code: '220103', short: '宽城' }
type District = typeof kuancheng

const figuresOf = (page: Page, panel: string, region: string) =>
  page.locator(`.slot.${panel} [data-region="${region}"][data-part="value"]`).filter({ hasText: /\d/ })

async function openWall(page: Page): Promise<void> {
  await page.goto('/wall?map=3d')
  await expect(figuresOf(page, 'economy', city).first()).toBeVisible({ timeout: 30_000 })
  await expect(page.locator('[data-map="idle"]')).toBeVisible({ timeout: 60_000 })
}

/** Economy, industry and hotline each follow; what a district does not report stays the city's and says so. */
async function expectFollowed(page: Page, { code, short }: District): Promise<void> {
  await expect(figuresOf(page, 'economy', code).first()).toBeVisible()
  await expect(figuresOf(page, 'hotline', code).first()).toBeVisible()
  await expect(page.locator(`[data-pick-region="${code}"]`)).toHaveAttribute('aria-pressed', 'true')
  await expect(page.locator('.slot.economy')).toContainText(`经济运行 · ${short}`)
  const rows = await page.locator('.slot.economy .rows > *').evaluateAll((elements) =>
    elements.map((row) => ({
      regions: [
        ...new Set([...row.querySelectorAll('[data-region]')].map((at) => at.getAttribute('data-region'))),
      ],
      text: row.textContent ?? '',
    })),
  )
  expect(rows.length).toBeGreaterThan(3)
  for (const { regions, text } of rows) {
    expect(regions, `one place in a row: ${text}`).toHaveLength(1)
    if (regions[0] === city) expect(text).toContain('全市')
    else expect(text).not.toContain('全市')
  }
  expect(rows.map(({ regions }) => regions[0])).toContain(city)
}

async function expectWholeCity(page: Page, { code, short }: District): Promise<void> {
  await expect(page.locator(`[data-pick-region="${code}"]`)).toHaveAttribute('aria-pressed', 'false')
  await expect(figuresOf(page, 'economy', code)).toHaveCount(0)
  await expect(figuresOf(page, 'economy', city).first()).toBeVisible()
  await expect(page.locator('.slot.economy')).not.toContainText(`经济运行 · ${short}`)
}

test('a district picked by keyboard takes the panels with it, and Escape leads back to the city', async ({
  page,
}) => {
  await openWall(page)
  await page.locator(`[data-pick-region="${kuancheng.code}"]`).focus()
  await page.keyboard.press('Enter')
  await expectFollowed(page, kuancheng)
  await page.keyboard.press('Escape')
  await expectWholeCity(page, kuancheng)
})

test('a click on the map at a district’s name picks that district', async ({ page }) => {
  await openWall(page)
  // Names make way for each other, so which of them stand is the map's choice; one is read and clicked as it stands.
  const names = page.locator('.label.place')
  await expect(names.filter({ visible: true }).first()).toBeVisible()
  const { x, y, ...district } = await names.evaluateAll((labels) => {
    const label = labels.findLast((one) => getComputedStyle(one).visibility === 'visible')!
    const { left, top, width, height } = label.getBoundingClientRect()
    const code = /\d{6}$/.exec(label.getAttribute('data-label') ?? '')?.[0] ?? ''
    return { x: left + width / 2, y: top + height / 2, code, short: label.textContent?.trim() ?? '' }
  })
  await page.mouse.click(x, y)
  await expectFollowed(page, district)
  await page.keyboard.press('Escape')
  await expectWholeCity(page, district)
})
