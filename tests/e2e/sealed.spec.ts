import { test } from './support/gateway.ts'

// Each is marked to fail: the seal itself is what is tested.
test.beforeEach(async ({ page }) => {
  test.fail()
  await page.goto('/desk')
})

test('a request that the policy stops fails its test', ({ page }) =>
  page.evaluate(() => fetch('http://example.com/').then(Boolean, () => undefined)))

test.describe('were there no policy', () => {
  test.use({ bypassCSP: true })

  test('a request to another name fails its test', ({ page }) =>
    page.evaluate(() => fetch('http://example.com/').then(Boolean, () => undefined)))

  test('a socket to another port of this machine fails its test', ({ page }) =>
    page.evaluate(
      () => new Promise((resolve) => new WebSocket('ws://127.0.0.1:9/').addEventListener('error', resolve)),
    ))

  test('a request of a worker fails its test', ({ page }) =>
    page.evaluate(() => {
      const script = new Blob(["fetch('http://127.0.0.1:9/').then(postMessage, () => postMessage(''))"])
      const worker = new Worker(URL.createObjectURL(script))
      return new Promise((resolve) => worker.addEventListener('message', resolve))
    }))
})
