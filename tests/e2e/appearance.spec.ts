import { expect, test } from './support/gateway.ts'

test('desk and analyst are dark or light as this browser last chose; a wall only by its address', async ({
  page,
}) => {
  const root = page.locator('html')
  const choose = (appearance: string) => page.locator(`.appearances [data-choice="${appearance}"]`)
  await page.goto('/desk')
  await expect(choose('dark')).toHaveAttribute('aria-pressed', 'true')
  await choose('light').focus()
  await page.keyboard.press('Enter')
  await expect(root).toHaveAttribute('data-theme', 'light')
  await page.goto('/analyst')
  await expect(choose('light')).toHaveAttribute('aria-pressed', 'true')
  await expect(root).toHaveAttribute('data-theme', 'light')
  await page.goto('/desk?theme=dark')
  await expect(choose('dark')).toHaveAttribute('aria-pressed', 'true')
  await page.goto('/wall')
  await expect(page.locator('.slot.economy')).toBeVisible()
  await expect(root).toHaveAttribute('data-theme', 'dark')
  await expect(choose('light')).toHaveCount(0)
})
