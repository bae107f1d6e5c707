import { expect, test } from './support/gateway.ts'
import { openWall, tool, wake } from './support/map-page.ts'

test('three hours ahead a map of rain says 预报 on itself, and names what is only as it is now', async ({
  page,
}) => {
  await openWall(page)
  await page.locator('[data-theme-id="flood"]').click()
  const marks = page.locator('.map-slot .label')
  const shelter = marks.and(page.locator('[data-label^="shelters-"]')).first()
  await expect(shelter).toBeAttached({ timeout: 30_000 })
  await expect(marks.filter({ hasText: '预报' })).toHaveCount(0)
  await expect(page.locator('.state-notes')).not.toContainText('现状')
  await wake(page)
  await tool(page, 'time').click()
  await page.getByRole('slider').focus()
  await page.keyboard.press('End')
  // The legend may lie over the middle of a small map, where the word stands; the notes say it too.
  await expect(marks.filter({ hasText: '预报' })).not.toHaveCount(0)
  await expect(page.locator('.state-notes')).toContainText('降水格点为预报')
  await expect(page.locator('.state-notes')).toContainText(/非所选时刻，为现状：.*在办事件.*/)
  await expect(shelter).toContainText('现状')
  await page.keyboard.press('0')
  await expect(marks.filter({ hasText: '预报' })).toHaveCount(0)
  await expect(page.locator('.state-notes')).not.toContainText('现状')
})
