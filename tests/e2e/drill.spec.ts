import { expect, test } from './support/gateway.ts'

/** A monthly one of an office, and one that goes on all day. */
for (const code of ['MAC.FIS.REV', 'PUB.12345.VOL']) {
  test(`${code}: one click on the wall's figure leads to the record it came from`, async ({ page }) => {
    const head = page.locator(`.numbers [data-indicator="${code}"][data-part="value"]`)
    // A figure that goes on all day may take its next value between the click and the other page.
    await expect(async () => {
      await page.goto('/wall')
      const figure = page.locator(`.column a[data-indicator="${code}"][data-part="value"]`).first()
      await expect(figure).toContainText(/\d/, { timeout: 15_000 })
      const shown = await figure.locator('.digits').textContent()
      const period = (await figure.getAttribute('data-period')) ?? ''
      const region = (await figure.getAttribute('data-region')) ?? ''
      await figure.click()
      await expect(page).toHaveURL(new RegExp(`/analyst\\?.*indicator=${code}.*region=${region}`))
      await expect(head).toHaveAttribute('data-region', region)
      await expect(head).toHaveAttribute('data-period', period, { timeout: 5_000 })
      await expect(head.locator('.digits')).toHaveText(shown ?? '', { timeout: 2_000 })
    }).toPass({ timeout: 50_000 })

    const steps = page.locator('aside .steps')
    await expect(steps).toContainText('rest-json')
    await expect(steps).toContainText(/GET \S*\//)
    await expect(steps).toContainText(/[0-9a-f]{64}/)
    await expect(steps).toContainText(/\d{1,2}:\d{2}/)
  })
}

test('no figure on the wall that is a link leads nowhere: each indicator is in the catalogue, each region known', async ({
  page,
  request,
}) => {
  await page.goto('/wall')
  await expect(page.locator('.column a[data-indicator]').filter({ hasText: /\d/ }).first()).toBeVisible()
  const catalogue = (await (await request.get('/api/catalogue')).json()) as {
    indicators: { code: string }[]
    regions: { code: string }[]
  }
  const codes = new Set(catalogue.indicators.map(({ code }) => code))
  const regions = new Set(catalogue.regions.map(({ code }) => code))
  const links = await page
    .locator('a[data-indicator]')
    .evaluateAll((all) => all.map((link) => new URL((link as HTMLAnchorElement).href)).map(String))
  expect(links.length).toBeGreaterThan(20)
  for (const link of links) {
    const asked = new URL(link).searchParams
    expect(codes, link).toContain(asked.get('indicator'))
    expect(regions, link).toContain(asked.get('region') || '220100')
  }
})
