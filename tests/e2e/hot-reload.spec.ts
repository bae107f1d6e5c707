import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type GatewayProcess, startGateway, temporaryFolder } from '../support/gateway-process.ts'
import { expect, test } from './support/sealed.ts'

const city = join(temporaryFolder(), 'changchun')
const file = join(city, 'indicators/mac.yaml')
let gateway: GatewayProcess | undefined

test.beforeAll(async () => {
  cpSync(resolve(import.meta.dirname, '../../cities/changchun'), city, { recursive: true })
  gateway = await startGateway({ CITY: city })
})
test.afterAll(() => gateway?.stop())

function edit(from: string, to: string): number {
  const before = readFileSync(file, 'utf8')
  expect(before.split(from), `${from} stands once in the file`).toHaveLength(2)
  writeFileSync(file, before.replace(from, to))
  return before.slice(0, before.indexOf(from)).split('\n').length
}

test('an edited city is on the open wall without loading it anew, a broken one is refused with its line', async ({
  page,
}) => {
  test.setTimeout(120_000)
  const economy = page.locator('.slot.economy')
  await page.goto(`${gateway!.url}/wall`)
  await expect(economy).toContainText('规上工业增加值', { timeout: 30_000 })
  await expect(economy.locator('[data-indicator="MAC.IND.VAI"]').first()).toContainText(/\d/)
  await page.evaluate(() => document.documentElement.setAttribute('data-test-since', 'before the edit'))

  edit('short: { zh: 规上工业增加值', 'short: { zh: 工业新名称')
  await expect(economy).toContainText('工业新名称', { timeout: 20_000 })
  await expect(economy.locator('[data-indicator="MAC.IND.VAI"]').first()).toContainText(/\d/)

  const line = edit('short: { zh: 工业新名称', 'short: { wrong: 1, zh: 不该出现')
  await expect
    .poll(() => gateway!.output(), { timeout: 20_000 })
    .toMatch(new RegExp(`refused, the old one stays: .*mac\\.yaml:${line}\\b`))
  const served = (await (await page.request.get(`${gateway!.url}/api/catalogue`)).json()) as {
    indicators: { code: string; short?: { zh: string } }[]
  }
  expect(served.indicators.find(({ code }) => code === 'MAC.IND.VAI')?.short?.zh).toBe('工业新名称')
  await expect(economy).toContainText('工业新名称')

  edit('short: { wrong: 1, zh: 不该出现', 'short: { zh: 改正后的名称')
  await expect(economy).toContainText('改正后的名称', { timeout: 20_000 })
  await expect(page.locator('html')).toHaveAttribute('data-test-since', 'before the edit')
})
