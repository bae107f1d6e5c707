import { expect, test } from './support/gateway.ts'
import { bareNumbers } from './support/figure-law.ts'

for (const console of ['wall', 'desk', 'analyst', 'kiosk']) {
  test(`${console}: every digit is a figure that says what it is, or says why it is none`, async ({
    page,
  }) => {
    await page.goto(`/${console}`)
    await expect(page.locator('[data-indicator]').filter({ hasText: /\d/ }).first()).toBeVisible()
    expect(await bareNumbers(page)).toEqual([])
    // Once more when charts and lists have come.
    await expect(page.locator('.loading')).toHaveCount(0)
    expect(await bareNumbers(page)).toEqual([])
  })
}

test('what layers say of shelters and forces are figures too, whatever the theme', async ({ page }) => {
  test.setTimeout(120_000)
  await page.goto('/wall?map=3d')
  await expect(page.locator('[data-map="idle"]')).toBeVisible({ timeout: 60_000 })
  const themes = page.locator('[data-theme-id]')
  for (let nth = 0; nth < (await themes.count()); nth++) {
    await themes.nth(nth).click()
    await expect(themes.nth(nth)).toHaveAttribute('aria-selected', 'true')
    if ((await themes.nth(nth).getAttribute('data-theme-id')) === 'flood') {
      const capacity = page.locator('.label.shelter [data-indicator="shelters.capacity"]').first()
      await expect(capacity).toHaveText(/\d/)
      await expect(page.locator('.label.force [data-indicator="forces.people"]').first()).toHaveText(/\d/)
    }
    expect(await bareNumbers(page)).toEqual([])
  }
})

test('a planted bare number is found, also one inside a mark of an unknown kind', async ({ page }) => {
  await page.goto('/wall')
  await expect(page.locator('[data-indicator]').filter({ hasText: /\d/ }).first()).toBeVisible()
  await page.evaluate(() => {
    document.body.insertAdjacentHTML(
      'beforeend',
      '<p class="planted">共 42 件</p><p data-not-figure="decoration">4１</p><p data-indicator="X.Y">7</p>',
    )
  })
  const found = await bareNumbers(page)
  expect(found.map(({ text }) => text)).toEqual(expect.arrayContaining(['共 42 件', '4１', '7']))
})
