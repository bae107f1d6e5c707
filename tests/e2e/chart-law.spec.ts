import type { Page } from '@playwright/test'
import { expect, test } from './support/gateway.ts'
import { bareNumbers } from './support/figure-law.ts'

const drawing = '[data-not-figure="axis"] svg'

async function openChart(page: Page): Promise<void> {
  await page.goto('/analyst?indicator=MAC.IND.VAI&region=220100')
  await expect(page.locator(`${drawing} text`).filter({ hasText: /\d/ }).nth(3)).toBeAttached({
    timeout: 30_000,
  })
}

/** Every text with a digit that a chart draws, and whether it stands inside the axis mark. */
async function numbersDrawn(page: Page): Promise<{ text: string; marked: boolean }[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('svg text')]
      .map((element) => ({
        text: element.textContent ?? '',
        marked: element.closest('[data-not-figure="axis"]') !== null,
      }))
      .filter(({ text }) => /\d/.test(text)),
  )
}

for (const address of ['/analyst?indicator=MAC.IND.VAI&region=220100', '/wall']) {
  test(`${address}: a chart prints numbers at its axes only, as text and not as pixels`, async ({ page }) => {
    await page.goto(address)
    await expect(page.locator(`${drawing} text`).filter({ hasText: /\d/ }).first()).toBeAttached({
      timeout: 30_000,
    })
    const drawn = await numbersDrawn(page)
    expect(drawn.length).toBeGreaterThan(1)
    expect(drawn.filter(({ marked }) => !marked)).toEqual([])
    await expect(page.locator('[data-not-figure="axis"] canvas')).toHaveCount(0)
    expect(await bareNumbers(page)).toEqual([])
  })
}

test('a number in a chart’s title is found outside the axis mark, and inside it when the chart draws it', async ({
  page,
}) => {
  await openChart(page)
  expect(await bareNumbers(page)).toEqual([])
  await page.evaluate((selector) => {
    const chart = document.querySelector(selector)!
    chart.closest('[data-not-figure]')!.insertAdjacentHTML('beforebegin', '<h3>近 24 期走势</h3>')
    for (const [text, x, y] of [
      ['共 37 期', 311, 9],
      ['峰值 88.4', 237, 71],
    ] as const) {
      const planted = document.createElementNS('http://www.w3.org/2000/svg', 'text')
      planted.textContent = text
      planted.setAttribute('transform', `translate(${x} ${y})`)
      chart.append(planted)
    }
  }, drawing)
  const found = (await bareNumbers(page)).map(({ text }) => text)
  expect(found.toSorted()).toEqual(['近 24 期走势', '共 37 期', '峰值 88.4'].toSorted())
})

test('a value on the map says what it is, and nothing is written on it in pixels', async ({ page }) => {
  await page.goto('/wall')
  const values = page.locator('[data-map] .label').filter({ hasText: /\d/ })
  await expect(values.first()).toBeAttached({ timeout: 60_000 })
  const said = await values.evaluateAll((labels) =>
    labels.map((label) => {
      const { indicator, region, period, received, unit } =
        label.querySelector<HTMLElement>('[data-indicator]')?.dataset ?? {}
      return {
        text: label.textContent ?? '',
        complete: [indicator, region, period, received, unit].every(Boolean),
      }
    }),
  )
  expect(said.length).toBeGreaterThan(3)
  expect(said.filter(({ complete }) => !complete)).toEqual([])
})
