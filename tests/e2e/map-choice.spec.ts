import type { Page } from '@playwright/test'
import { expect, test } from './support/gateway.ts'
import { wake } from './support/map-page.ts'

const map = (page: Page) => page.locator('.map-slot')
const why = (page: Page) => page.locator('[data-map-why]')

async function expectMap(page: Page, kind: 'flat' | 'webgl'): Promise<void> {
  await expect(map(page)).toHaveAttribute('data-map-kind', kind, { timeout: 30_000 })
  await expect(map(page)).toHaveAttribute('data-map', 'idle', { timeout: 60_000 })
}

/** The card takes half a second for its first pictures: those by which the page learns how fast it is. Runs in the page. */
function drawSlowly(): void {
  let pictures = 2
  const read = WebGL2RenderingContext.prototype.readPixels
  const readLate = function (this: WebGL2RenderingContext, ...args: unknown[]): void {
    const until = performance.now() + (pictures-- > 0 ? 500 : 0)
    while (performance.now() < until);
    Reflect.apply(read, this, args)
  }
  Object.assign(WebGL2RenderingContext.prototype, { readPixels: readLate })
}

test('a slow machine gets the flat map and is told why; who wants the other gets it, now and the next time', async ({
  page,
}) => {
  test.setTimeout(180_000)
  await page.addInitScript(drawSlowly)
  await page.goto('/wall')
  await expectMap(page, 'flat')
  await expect(why(page)).toHaveAttribute('data-map-why', 'slow')
  await expect(why(page)).toContainText('过慢')
  await why(page).getByRole('button').click()
  await expectMap(page, 'webgl')
  await expect(why(page)).toHaveCount(0)
  await page.reload()
  await expectMap(page, 'webgl')
})

test('the address goes before what was wished, and a tool changes the map in place', async ({ page }) => {
  test.setTimeout(180_000)
  await page.goto('/wall?map=2d')
  await expectMap(page, 'flat')
  await expect(why(page)).toHaveAttribute('data-map-why', 'wished')
  await wake(page)
  const tool = page.locator('[data-tool="flat"]')
  await expect(tool).toHaveAttribute('aria-pressed', 'true')
  await tool.click()
  await expectMap(page, 'webgl')
  // Tools go where nobody moves, and another map may take its time.
  await wake(page)
  await tool.click()
  await expectMap(page, 'flat')
  await page.goto('/wall?map=3d')
  await expectMap(page, 'webgl')
})
