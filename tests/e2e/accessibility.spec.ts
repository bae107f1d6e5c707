import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './support/gateway.ts'

for (const name of ['wall', 'desk', 'analyst', 'kiosk']) {
  test(`${name} has no grave fault for those who cannot see or point`, async ({ page }) => {
    // Colours are judged at rest: a figure that has just changed fades in, and is pale for that moment.
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto(`/${name}`)
    await expect(page.locator('[data-indicator]').first()).toBeVisible({ timeout: 30_000 })
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze()
    const grave = violations.filter(({ impact }) => impact === 'critical' || impact === 'serious')
    expect(
      grave.map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .slice(0, 3)
            .map(({ html }) => html.slice(0, 120))
            .join(' | ')}`,
      ),
    ).toEqual([])
  })
}
