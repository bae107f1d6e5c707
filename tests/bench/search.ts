import type { Browser } from '@playwright/test'
import { type MapKind, look, openMap, wake } from '../e2e/support/map-page.ts'
import { enterUntilCard, kinds } from '../support/found-things.ts'
import { startGateway } from '../support/gateway-process.ts'
import type { Row } from './statistics.ts'

/** From Enter in the search box to the card of what was found, one of each kind, on the 3D map beside the flat one. */
export async function benchSearch(
  browser: Browser,
  runs: number,
  say: (line: string) => void,
): Promise<Row[]> {
  const gateway = await startGateway()
  try {
    const solid = await cardTimes(browser, gateway.url, '3d', runs, say)
    const flat = await cardTimes(browser, gateway.url, '2d', runs, say)
    return kinds.map(({ kind }, index) => ({
      metric: `${kind}: from Enter to its card, 3D map`,
      unit: 'ms',
      ours: solid[index]!,
      reference: { name: '2D map', values: flat[index]! },
      goal: { kind: 'value', atMost: 1_500 },
    }))
  } finally {
    await gateway.stop()
  }
}

/** For each kind the times of all runs. */
async function cardTimes(
  browser: Browser,
  address: string,
  map: MapKind,
  runs: number,
  say: (line: string) => void,
): Promise<number[][]> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, baseURL: address })
  const page = await context.newPage()
  await page.addInitScript('globalThis.__name = (named) => named')
  await openMap(page, map)
  const times = kinds.map((): number[] => [])
  for (let run = 0; run < runs; run++) {
    say(`search on the ${map} map, run ${run + 1} of ${runs}`)
    for (const [index, { find }] of kinds.entries()) {
      const { query, card } = await find(page)
      await look(page, query)
      times[index]!.push(await enterUntilCard(page, card))
      await page.keyboard.press('Escape')
      await wake(page)
      await page.locator('[data-tool="home"]').click()
    }
  }
  await context.close()
  return times
}
