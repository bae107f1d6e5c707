import { bareNumbers } from './support/figure-law.ts'
import { expect, test } from './support/gateway.ts'
import { atRest, openMap } from './support/map-page.ts'

const county = '220182'
const names = '[data-label^="town-outlines-"]'

for (const kind of ['2d', '3d'] as const)
  test(`gone down to a county, the ${kind} map outlines its towns${kind === '2d' ? ', and a click on one goes there' : ''}`, async ({
    page,
  }) => {
    test.setTimeout(90_000)
    await openMap(page, kind)
    await expect(page.locator(names)).toHaveCount(0)
    await page.locator('[data-tool="regions"]').click()
    await page.locator(`.left [data-drill="${county}"]`).click()
    await expect(page.locator(`[data-crumb="${county}"]`)).toHaveAttribute('aria-current', 'location')
    await expect(page.locator(names).nth(5)).toBeAttached({ timeout: 15_000 })
    await atRest(page)
    const shown = page.locator(names).filter({ visible: true }).last()
    await expect(shown).toBeVisible()
    expect(await bareNumbers(page)).toEqual([])
    // A software renderer flies on for seconds, and a name that moves is no aim for a hand: picks in 3D have tests of their own.
    if (kind === '3d') return
    const code = (await shown.getAttribute('data-label'))!.slice('town-outlines-'.length)
    const box = (await shown.boundingBox())!
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
    await expect(page.locator(`[data-crumb="${code}"]`)).toHaveAttribute('aria-current', 'location')
    // The panels stay with the county: nothing finer has figures.
    await expect(page.locator('.slot.economy')).toContainText('榆树')
    await atRest(page)
    await expect(page.locator(`[data-label="town-outlines-${code}"]`)).toBeVisible()
    expect(await bareNumbers(page)).toEqual([])
    await page.locator('.map-slot .canvas[tabindex]').focus()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect(page.locator(names)).toHaveCount(0)
  })
