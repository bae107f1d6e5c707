import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type GatewayProcess, startGateway, temporaryFolder } from '../support/gateway-process.ts'
import { expect, test } from './support/sealed.ts'

const city = join(temporaryFolder(), 'changchun')
const file = join(city, 'indicators/mac.yaml')
const added = '以不变价计算的'
let gateway: GatewayProcess | undefined

test.beforeAll(async () => {
  cpSync(resolve(import.meta.dirname, '../../cities/changchun'), city, { recursive: true })
  gateway = await startGateway({ CITY: city })
})
test.afterAll(() => gateway?.stop())

interface Told {
  indicators: { code: string; definition: { zh: string } }[]
  definitionChanges: { code: string; at: string; from: { zh: string }; to: { zh: string } }[]
}

test('a pack taken in marks what changed on the open wall, and an earlier instant keeps the old definition', async ({
  page,
}) => {
  test.setTimeout(120_000)
  const { url } = gateway!
  const catalogue = async (query = '') =>
    (await (await page.request.get(`${url}/api/catalogue${query}`)).json()) as Told
  const definitionOf = ({ indicators }: Told) =>
    indicators.find(({ code }) => code === 'MAC.IND.VAI')!.definition.zh

  await page.goto(`${url}/wall`)
  const figure = page.locator('.slot.economy [data-indicator="MAC.IND.VAI"][data-part="value"]').first()
  await expect(figure).toContainText(/\d/, { timeout: 30_000 })
  await expect(figure).not.toContainText('口径调整')
  await page.evaluate(() => document.documentElement.setAttribute('data-test-since', 'before the pack'))

  const before = definitionOf(await catalogue())
  const text = readFileSync(file, 'utf8')
  expect(before).not.toContain(added)
  writeFileSync(file, text.replace(before, `${added}${before}`).replace('version: 1', 'version: 2'))
  await expect(figure).toContainText('口径调整', { timeout: 20_000 })
  await expect(page.locator('html')).toHaveAttribute('data-test-since', 'before the pack')

  const now = await catalogue()
  expect(now.definitionChanges).toMatchObject([{ code: 'MAC.IND.VAI', from: { zh: before } }])
  expect(definitionOf(now)).toBe(`${added}${before}`)
  const earlier = new Date(Date.parse(now.definitionChanges[0]!.at) - 1).toISOString()
  const then = await catalogue(`?asOf=${earlier}`)
  expect(definitionOf(then)).toBe(before)
  expect(then.definitionChanges).toEqual([])

  const difference = await page.request.get(`${url}/api/packs/mac/diff?from=1&to=2`)
  expect(await difference.json()).toMatchObject({ changes: [{ code: 'MAC.IND.VAI', field: 'definition' }] })
  expect(await (await page.request.get(`${url}/api/packs/mac?version=1`)).text()).toBe(text)

  await page.goto(`${url}/analyst?indicator=MAC.IND.VAI&region=220100`)
  await expect(page.getByText('调整前口径')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText(`${added}${before}`).first()).toBeVisible()
})
