import { resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { buildStatic } from '../../scripts/build.mjs'
import { bareNumbers } from './support/figure-law.ts'
import { startPageClock } from './support/page-clock.ts'
import { serveFolder, type StaticServer } from './support/static-server.ts'
import { expect, test } from './support/sealed.ts'

let server: StaticServer

test.beforeAll(async () => {
  test.setTimeout(180_000)
  await buildStatic(() => undefined)
  server = await serveFolder(resolve(import.meta.dirname, '../../dist-static'))
})
test.afterAll(() => server.stop())
test.beforeEach(({ page }) => startPageClock(page))

/** What the page asks in vain, and what it throws; filled as it goes. */
function faultsOf(page: Page): string[] {
  const faults: string[] = []
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`)
  })
  page.on('pageerror', (error) => faults.push(String(error)))
  return faults
}

const figures = (page: Page) => page.locator('[data-indicator][data-part="value"]').filter({ hasText: /\d/ })

async function shownBy(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>('[data-indicator][data-part="value"]')].map((figure) => [
        `${figure.dataset['indicator']} ${figure.dataset['region']}`,
        figure.querySelector('.digits')?.textContent ?? '',
      ]),
    ),
  )
}

test('without a gateway the wall stands, says that it is a demonstration, and its values go on by themselves', async ({
  page,
}) => {
  test.setTimeout(150_000)
  const faults = faultsOf(page)
  await page.goto(`${server.url}/wall`)
  await expect(figures(page).nth(20)).toBeVisible({ timeout: 30_000 })
  await expect(page.locator('.brand .demo')).toHaveText('演示数据')
  await expect(page.locator('.slot.economy .demo')).toBeVisible()
  const first = await shownBy(page)
  await expect(async () => {
    const now = await shownBy(page)
    const changed = Object.keys(first).filter((key) => /\d/.test(first[key]!) && now[key] !== first[key])
    expect(changed.length).toBeGreaterThan(0)
  }).toPass({ timeout: 100_000 })
  expect(await bareNumbers(page)).toEqual([])
  expect(faults).toEqual([])
})

for (const console of ['desk', 'analyst', 'kiosk']) {
  test(`without a gateway ${console} opens with figures and asks nobody`, async ({ page }) => {
    const faults = faultsOf(page)
    await page.goto(`${server.url}/${console}`)
    await expect(figures(page).first()).toBeVisible({ timeout: 30_000 })
    expect(await bareNumbers(page)).toEqual([])
    expect(faults).toEqual([])
  })
}

test('without a gateway nothing can be ordered, and the screen says what it would take', async ({ page }) => {
  const faults = faultsOf(page)
  await page.goto(`${server.url}/desk`)
  const accept = page.getByRole('button', { name: '确认受理' })
  await expect(page.getByRole('option').first()).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('status').filter({ hasText: '须接入网关' })).toBeVisible()
  // An incident that waits for acceptance: the queue is walked until one is there.
  for (let row = await page.getByRole('option').count(); row > 0 && !(await accept.isVisible()); row--)
    await page.keyboard.press('j')
  const stage = await page.getByRole('option', { selected: true }).locator('.when').textContent()
  await accept.click()
  await expect(page.locator('.detail [role="alert"]')).toContainText('须接入网关')
  expect(stage).toContain('待受理')
  await expect(page.getByRole('option', { selected: true })).toContainText('待受理')

  await page.goto(`${server.url}/wall`)
  await page.getByRole('radio', { name: '应急' }).click()
  await page.keyboard.press('Enter')
  await expect(page.locator('.mode [role="alert"]')).toContainText('须接入网关')
  await expect(page.getByRole('radio', { name: '平时' })).toBeChecked()
  expect(faults).toEqual([])
})
