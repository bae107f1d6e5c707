import { type Page, expect } from '@playwright/test'

/** Stops the show where it is: it turns every 20 seconds, and what is new may have stopped it already. */
export async function stopShow(page: Page): Promise<void> {
  const told = page.locator('.kiosk footer [role="status"]')
  await expect(async () => {
    if ((await told.innerText()) !== '已暂停') await page.keyboard.press('Space')
    await expect(told).toHaveText('已暂停', { timeout: 1_000 })
  }).toPass({ timeout: 30_000 })
}
