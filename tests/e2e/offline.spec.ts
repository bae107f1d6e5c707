import { expect, test } from './support/gateway.ts'

for (const name of ['wall', 'desk', 'analyst', 'kiosk']) {
  test(`${name} asks nothing of any other machine, breaks no content policy and throws nothing`, async ({
    page,
    gateway,
  }) => {
    const foreign: string[] = []
    const faults: string[] = []
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url())
      if (protocol.startsWith('http') && origin !== gateway.url) foreign.push(request.url())
    })
    page.on('pageerror', (error) => faults.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text())
    })
    await page.goto(`/${name}`)
    await expect(page.locator('[data-indicator]').first()).toBeVisible({ timeout: 30_000 })
    await page.waitForFunction(
      () =>
        document.querySelector('[data-map]') === null || document.querySelector('[data-map="idle"]') !== null,
    )
    expect(foreign).toEqual([])
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
