import type { Page } from '@playwright/test'
import { bareNumbers } from './support/figure-law.ts'
import { expect, test } from './support/gateway.ts'
import { atRest, openMap } from './support/map-page.ts'

/** Of 长春 since 2020-06-19. */
const joined = '220184'
const code = 'MAC.AGR.SOWN'

interface Told {
  value: number
  region: string
  period: { label: string }
  coverage?: { have: number; of: number }
}

async function told(page: Page, region: string): Promise<ReadonlyMap<string, Told>> {
  const answer = await page.request.get(
    `/api/indicators/${code}/series?region=${region}&from=2015-01-01T00:00:00Z`,
  )
  const { series } = (await answer.json()) as { series: { observations: Told[] }[] }
  return new Map(series.flatMap(({ observations }) => observations).map((one) => [one.period.label, one]))
}

test('a county that joined in 2020 is in the sum of 2021 and not in that of 2019', async ({ page }) => {
  const have = async () => {
    const sums = await told(page, '220100')
    return ['2019', '2021'].map((year) => sums.get(year)?.coverage?.have)
  }
  await expect.poll(have, { timeout: 40_000 }).toEqual([10, 11])
  const { regions } = (await (await page.request.get('/api/catalogue')).json()) as {
    regions: { code: string; level: string }[]
  }
  const counties = regions.filter(({ level }) => level === 'county').map(({ code: one }) => one)
  const [city, ...units] = await Promise.all(['220100', ...counties].map((region) => told(page, region)))
  const sum = (year: string, without?: string): number =>
    units.reduce((all, unit, nth) => (counties[nth] === without ? all : all + unit.get(year)!.value), 0)
  expect(city!.get('2019')).toMatchObject({ value: sum('2019', joined), coverage: { have: 10, of: 10 } })
  expect(city!.get('2021')).toMatchObject({ value: sum('2021'), coverage: { have: 11, of: 11 } })
  // The county's own source tells of 2019 too: it is the sum that leaves it out.
  expect(sum('2019')).toBeGreaterThan(sum('2019', joined))
})

for (const kind of ['2d', '3d'] as const)
  test(`the ${kind} map and its list of 2019 have the units of 2019, those of 2021 the county that joined`, async ({
    page,
  }) => {
    test.setTimeout(120_000)
    for (const [year, isThere] of [
      ['2019', false],
      ['2021', true],
    ] as const) {
      await page.goto(`/wall?map=${kind}&asOf=${year}-08-06T14:32:00Z`)
      await expect(page.locator('[data-map="idle"]')).toBeVisible({ timeout: 60_000 })
      await expect(page.locator('[data-label="district-land-220182"]')).toBeAttached()
      await expect(page.locator(`[data-label="district-land-${joined}"]`)).toHaveCount(isThere ? 1 : 0)
      await expect(page.locator(`[data-pick-region="${joined}"]`)).toHaveCount(isThere ? 1 : 0)
      await page.locator('.map-slot').hover()
      await page.locator('[data-tool="regions"]').click()
      await expect(page.locator('.left [data-drill="220182"]')).toBeVisible()
      await expect(page.locator(`.left [data-drill="${joined}"]`)).toHaveCount(isThere ? 1 : 0)
    }
  })

test('a picked period lists its own units with its own figures, and the sum says of how many', async ({
  page,
}) => {
  await expect.poll(async () => (await told(page, '220100')).size, { timeout: 40_000 }).toBeGreaterThan(8)
  await page.goto(`/analyst?indicator=${code}`)
  await expect(page.locator('.numbers')).toContainText('由 11/11 个县（市）区汇总')
  await expect(page.locator('aside .steps')).toContainText('公主岭')
  await expect(page.locator('.middle h1 .demo')).toBeVisible()
  await page.locator('[data-period-choice]').selectOption('2019')
  const past = page.locator('[data-past-period="2019"]')
  await expect(past.locator('[data-past-region="220182"] [data-part="value"]')).toContainText(/\d/)
  await expect(past.locator(`[data-past-region="${joined}"]`)).toHaveCount(0)
  const whole = (await told(page, '220100')).get('2019')!.value
  await expect(past.locator('[data-past-region="220100"]')).toContainText(whole.toLocaleString('en-US'))
  await expect(page).toHaveURL(/period=2019/)
  expect(await bareNumbers(page)).toEqual([])
  await page.locator('[data-period-choice]').selectOption('2021')
  await expect(page.locator(`[data-past-period="2021"] [data-past-region="${joined}"]`)).toBeVisible()
  await page.locator('[data-period-choice]').selectOption('2019')
  await page.locator('.period a').click()
  await expect(page).toHaveURL(/wall\?asOf=2019-12-31/)
})

for (const kind of ['2d', '3d'] as const)
  test(`a zone is outlined on the ${kind} map, stands apart in the list, and is flown to`, async ({
    page,
  }) => {
    test.setTimeout(90_000)
    const zone = 'zone:220172'
    await openMap(page, kind)
    const name = page.locator(`[data-label="zone-outlines-${zone}"]`)
    await expect(name).toBeAttached({ timeout: 20_000 })
    const before = await name.boundingBox()
    await page.locator('[data-tool="regions"]').click()
    await expect(page.locator('.map-tools .left')).toContainText('与县（市）区重叠')
    await page.locator(`.left [data-drill="${zone}"]`).click()
    await expect(page.locator(`[data-crumb="${zone}"]`)).toHaveAttribute('aria-current', 'location')
    await atRest(page)
    await expect(name).toBeVisible()
    await expect.poll(() => name.boundingBox()).not.toEqual(before)
    // Its streets are outlined within it; the city's other end is out of sight.
    const streets = page.locator('[data-label^="town-outlines-220172"]').filter({ visible: true })
    await expect(streets.first()).toBeVisible({ timeout: 15_000 })
    await expect(page.locator('[data-label="district-land-220182"]').filter({ visible: true })).toHaveCount(0)
    expect(await bareNumbers(page)).toEqual([])
  })
