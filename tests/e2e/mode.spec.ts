import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { type GatewayProcess, startGateway } from '../support/gateway-process.ts'
import { expect, test } from './support/sealed.ts'

const root = resolve(import.meta.dirname, '../..')
let gateway: GatewayProcess

test.beforeAll(async () => {
  gateway = await startGateway()
})
test.afterAll(() => gateway.stop())

const button = (page: Page, word: string) => page.getByRole('radio', { name: word })

async function openWall(page: Page): Promise<void> {
  await page.goto(`${gateway.url}/wall`)
  await expect(button(page, '平时')).toBeChecked({ timeout: 30_000 })
  await expect(page.locator('.column section, .column .slot').first()).toBeVisible()
  await expect(page.locator('[data-indicator]').filter({ hasText: /\d/ }).first()).toBeVisible()
}

const question = (page: Page) => page.getByRole('dialog')

/** Where each column and panel of the wall stands, in whole pixels. */
async function layoutOf(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('[data-console] > header, main .column, main .column > *')].map((part) => {
      const { left, top, width, height } = part.getBoundingClientRect()
      return `${part.className}: ${[left, top, width, height].map(Math.round).join(' ')}`
    }),
  )
}

const accentOf = (page: Page) =>
  page
    .locator('[role="radio"][aria-checked="true"]')
    .evaluate((element) => getComputedStyle(element).backgroundColor)

/** What the journal in a store's folder says of itself, by the command an auditor uses. */
async function verifiedJournal(varDir: string): Promise<string> {
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'verify-log'], {
    cwd: root,
    env: { ...process.env, VAR_DIR: varDir, DATABASE_URL: '' },
  })
  return stdout
}

test('a mode is asked for before it is ordered: by keyboard alone, and Escape leaves everything as it is', async ({
  page,
}) => {
  await openWall(page)
  const orders: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/api/commands')) orders.push(request.url())
  })
  await button(page, '应急').focus()
  await page.keyboard.press('Enter')
  await expect(question(page)).toContainText('各屏由「平时」改为「应急」')
  await expect(question(page).getByRole('button', { name: '切换到应急' })).toBeFocused()
  await page.keyboard.press('Shift+Tab')
  await expect(question(page).getByRole('button', { name: '不切换' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(question(page)).toHaveCount(0)
  await expect(button(page, '应急')).toBeFocused()
  await expect(button(page, '平时')).toBeChecked()

  await page.keyboard.press('Enter')
  await question(page).getByRole('button', { name: '不切换' }).click()
  await expect(question(page)).toHaveCount(0)
  await expect(button(page, '应急')).toBeFocused()
  expect(orders).toEqual([])
  await expect(page.locator('html')).toHaveAttribute('data-mode', 'peace')
})

test('a mode is switched once for every wall, by a record that can be proved', async ({ page, context }) => {
  test.setTimeout(120_000)
  const other = await context.newPage()
  await openWall(page)
  await openWall(other)
  const [layout, accent] = [await layoutOf(page), await accentOf(page)]
  expect(layout.length).toBeGreaterThan(8)

  const loads: string[] = []
  for (const wall of [page, other])
    wall.on('framenavigated', (frame) => frame.parentFrame() ?? loads.push(frame.url()))
  const ordered = page.waitForRequest((request) => request.url().endsWith('/api/commands'))
  await button(page, '应急').click()
  await expect(question(page)).toContainText('本机操作员')
  await expect(page.locator('html')).toHaveAttribute('data-mode', 'peace')
  await page.keyboard.press('Enter')
  expect((await ordered).postDataJSON()).toMatchObject({
    type: 'mode.switch',
    stream: 'mode',
    payload: { mode: 'emergency' },
    expectedSequence: 0,
  })
  for (const wall of [page, other]) {
    await expect(button(wall, '应急')).toBeChecked()
    await expect(button(wall, '平时')).not.toBeChecked()
    await expect(wall.locator('html')).toHaveAttribute('data-mode', 'emergency')
    expect(await accentOf(wall), 'the accent tells the mode').not.toBe(accent)
    expect(await layoutOf(wall), 'nothing moves').toEqual(layout)
  }

  await button(other, '平时').click()
  await question(other).getByRole('button', { name: '切换到平时' }).click()
  for (const wall of [page, other]) {
    await expect(button(wall, '平时')).toBeChecked()
    await expect(wall.locator('html')).toHaveAttribute('data-mode', 'peace')
    expect(await accentOf(wall)).toBe(accent)
    expect(await layoutOf(wall)).toEqual(layout)
  }
  expect(loads, 'by the stream, not by loading anew').toEqual([])

  await page.goto('about:blank')
  await other.close()
  expect(await gateway.stop()).toBe(0)
  const verdict = await verifiedJournal(gateway.varDir)
  expect(verdict).toContain('unbroken')
  expect(Number(/(\d+) records/.exec(verdict)?.[1])).toBeGreaterThanOrEqual(2)
})
