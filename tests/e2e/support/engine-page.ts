import type { Page } from '@playwright/test'
import { buildMapPage } from '../../support/map-page/build.ts'
import { test as base } from './sealed.ts'
import { serveFolder } from './static-server.ts'

interface OfWorker {
  /** Where the engine's own page is served. */
  address: string
}

/** Tests of the engine on a page of its own; `furnish` puts beside it what it is to load. */
export function engineTest(furnish: (folder: string) => void = () => undefined) {
  return base.extend<object, OfWorker>({
    address: [
      // eslint-disable-next-line no-empty-pattern
      async ({}, use) => {
        const { folder, remove } = await buildMapPage()
        furnish(folder)
        const server = await serveFolder(folder)
        await use(server.url)
        await server.stop()
        remove()
      },
      { scope: 'worker', timeout: 180_000 },
    ],
  })
}

/** Opens the page and waits for the engine; what it complains of is filled as it goes. */
export async function openEngine(page: Page, address: string, query = ''): Promise<string[]> {
  const said: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && !/favicon/.test(message.location().url)) said.push(message.text())
  })
  page.on('pageerror', ({ message }) => said.push(message))
  await page.goto(`${address}/${query}`)
  // A slice is shown by a page around the engine's own.
  if (!query.includes('slice')) await page.waitForFunction('globalThis.engine')
  return said
}
