import type { Browser } from '@playwright/test'
import { startGateway } from '../support/gateway-process.ts'
import { type Loss, loseBoth } from '../support/map-losses.ts'
import { type Row, median } from './statistics.ts'

/** The wall loses both contexts of its map again and again: how long until the map is back, and whether its panels go on. */
export async function benchLosses(
  browser: Browser,
  losses: number,
  say: (line: string) => void,
): Promise<Row[]> {
  const gateway = await startGateway()
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
    await page.addInitScript('globalThis.__name = (named) => named')
    await page.goto(`${gateway.url}/wall?map=3d`)
    await page.locator('[data-map="idle"]').waitFor({ timeout: 120_000 })
    say(`the wall loses both contexts ${losses} times …`)
    const taken: Loss[] = []
    for (let loss = 0; loss < losses; loss++) taken.push(await page.evaluate(loseBoth, 0))
    const kind = await page.locator('.map-slot').getAttribute('data-map-kind')
    await page.close()
    return rowsOf(taken, kind === 'webgl' ? 0 : 1)
  } finally {
    await gateway.stop()
  }
}

function rowsOf(taken: readonly Loss[], givenUp: number): Row[] {
  const back = taken.map(({ backMs }) => backMs)
  const row = (metric: string, unit: string, value: number, atMost?: number): Row => ({
    metric,
    unit,
    ours: [value],
    ...(atMost === undefined ? {} : { goal: { kind: 'value', atMost } }),
  })
  const times = `${taken.length} losses of both contexts of the wall`
  const seconds = back.reduce((sum, ms) => sum + ms, 0) / 1000
  const ticks = taken.reduce((sum, loss) => sum + loss.ticks, 0)
  return [
    row(`${times}: map at rest again, worst`, 'ms', Math.max(...back), 5000),
    row(`${times}: map at rest again, median`, 'ms', median(back), 5000),
    row(
      `${times}: longest time without a picture of the page`,
      'ms',
      Math.max(...taken.map(({ pauseMs }) => pauseMs)),
    ),
    row(`${times}: seconds per move of the panels' clock meanwhile`, 's', seconds / Math.max(1, ticks), 1.5),
    row(
      `${times}: changes of the panels' figures meanwhile`,
      '',
      taken.reduce((sum, loss) => sum + loss.figures, 0),
    ),
    row(`${times}: flat map instead`, '', givenUp, 0),
  ]
}
