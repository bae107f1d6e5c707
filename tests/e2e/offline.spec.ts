import { expect, test } from './support/gateway.ts'

const consoles = { wall: true, desk: false, analyst: false, kiosk: true }

for (const [name, withMap] of Object.entries(consoles)) {
  test(`${name} breaks no content policy and throws nothing, its map built included`, async ({ page }) => {
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text())
    })
    await page.goto(`/${name}?map=3d`)
    await expect(page.locator('[data-indicator]').first()).toBeVisible({ timeout: 30_000 })
    if (withMap) await expect(page.locator('[data-map="idle"]')).toBeAttached({ timeout: 60_000 })
    expect(faults).toEqual([])
  })
}

test('every file of the app comes compressed, hashed ones for a year', async ({ request }) => {
  const page = await request.get('/wall', { headers: { 'accept-encoding': 'gzip' } })
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text())?.[1] ?? ''
  const answer = await request.get(script, { headers: { 'accept-encoding': 'gzip' } })
  expect(answer.headers()).toMatchObject({
    'content-encoding': 'gzip',
    'cache-control': expect.stringContaining('immutable'),
  })
})
