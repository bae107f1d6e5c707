import type { Page } from '@playwright/test'
import { bareNumbers } from './support/figure-law.ts'
import { expect, test } from './support/gateway.ts'
import { type MapKind, atRest, featuresOf, incidentsOf, look, openMap, wake } from './support/map-page.ts'

interface Wanted {
  query: string
  card: string
  /** False for what is of the whole city: the map goes home. */
  near: boolean
}

async function named(page: Page, collection: string): Promise<Wanted> {
  const [first] = await featuresOf(page, collection)
  return { query: first!.properties.name, card: `${collection}/${first!.id}`, near: true }
}

async function region(page: Page, level: string): Promise<Wanted> {
  const answer = await page.request.get('/api/regions?parent=220104&depth=all')
  const { regions } = (await answer.json()) as { regions: { code: string; level: string }[] }
  const { code } = regions.find((one) => one.level === level)!
  return { query: code, card: `region:${code}`, near: true }
}

/** 人地事物情组织: one of each kind that a name leads to. */
const kinds: readonly { kind: string; find(page: Page): Promise<Wanted> }[] = [
  { kind: 'a district', find: async () => ({ query: 'cyq', card: 'region:220104', near: true }) },
  { kind: 'a town', find: (page) => region(page, 'town') },
  { kind: 'a village', find: (page) => region(page, 'community') },
  { kind: 'a place', find: (page) => named(page, 'shelters') },
  { kind: 'an enterprise', find: (page) => named(page, 'enterprises') },
  { kind: 'a facility', find: (page) => named(page, 'facilities') },
  { kind: 'a camera', find: (page) => named(page, 'cameras') },
  {
    kind: 'an incident',
    async find(page) {
      const open = (await incidentsOf(page)).find(({ stage, place }) => stage !== 'closed' && place)!
      return { query: open.incident, card: `incident:${open.incident}`, near: true }
    },
  },
  {
    kind: 'an indicator',
    find: async () => ({ query: '地区生产总值', card: 'indicator:', near: false }),
  },
]

/** Presses Enter; milliseconds until the card stands on the page, by the page's own clock. */
async function enterUntilCard(page: Page, card: string): Promise<number> {
  const watch = await page.evaluateHandle((wanted) => {
    let pressedMs = 0
    const note = ({ timeStamp }: KeyboardEvent): void => {
      pressedMs = timeStamp
    }
    addEventListener('keydown', note, { capture: true, once: true })
    const shown = new Promise<number>((done) => {
      const observer = new MutationObserver(() => {
        if (pressedMs === 0 || !document.querySelector(`[data-card^="${wanted}"]`)) return
        observer.disconnect()
        done(performance.now() - pressedMs)
      })
      observer.observe(document.body, { subtree: true, childList: true, attributes: true })
    })
    return { shown }
  }, card)
  await page.keyboard.press('Enter')
  await expect(page.locator(`[data-card^="${card}"]`), card).toBeVisible()
  return await watch.evaluate(({ shown }) => shown)
}

const scale = (page: Page) => page.locator('.map-tools .scale').innerText()

/** The 3D map's own time is held where one is measured on it alone: map-tools.spec.ts. A software renderer shares the processor. */
const mostMs: Readonly<Record<MapKind, number>> = { '2d': 1_500, '3d': 15_000 }

for (const map of ['2d', '3d'] as const)
  test(`on the ${map} map every kind of name flies there and opens its card, within a second and a half where nothing but the page is drawn`, async ({
    page,
  }) => {
    test.setTimeout(300_000)
    await openMap(page, map)
    const whole = await scale(page)
    for (const { kind, find } of kinds) {
      const { query, card, near } = await find(page)
      await look(page, query)
      expect(await enterUntilCard(page, card), kind).toBeLessThan(mostMs[map])
      // It flies there: what a finger's breadth of the map stands for is no longer that of the whole city.
      if (near) await expect.poll(() => scale(page), { message: kind, timeout: 15_000 }).not.toBe(whole)
      await atRest(page)
      expect(await bareNumbers(page), kind).toEqual([])
      await page.keyboard.press('Escape')
      await wake(page)
      await page.locator('[data-tool="home"]').click()
      await expect.poll(() => scale(page), { message: kind, timeout: 15_000 }).toBe(whole)
    }
  })

test('the flat map comes as near to a camera as one must to see where it stands', async ({ page }) => {
  await openMap(page, '2d')
  const { query, card } = await named(page, 'cameras')
  await look(page, query)
  await page.keyboard.press('Enter')
  const mark = page.locator(`[data-label-feature="${card}"]`)
  await expect(mark).toBeVisible()
  // Some 700 m are seen on the shorter side of what the card leaves free, so the bar stands for a few hundred at most.
  await expect.poll(async () => metres(await scale(page)), { timeout: 15_000 }).toBeLessThanOrEqual(200)
})

function metres(text: string): number {
  const [, number, unit] = /([\d.,]+)\s*(km|m)/.exec(text) ?? []
  return Number((number ?? 'x').replaceAll(',', '')) * (unit === 'km' ? 1000 : 1)
}

test('a station’s card shows what is measured there and leads to its history', async ({ page }) => {
  await openMap(page, '2d')
  for (const [collection, indicator] of [
    ['air-stations', 'ECO.AIR.STATION'],
    ['water-sections', 'ECO.WAT.CLASS'],
  ] as const) {
    const { query, card } = await named(page, collection)
    await look(page, query)
    await page.keyboard.press('Enter')
    const figure = page.locator(`[data-card="${card}"] [data-indicator="${indicator}"]`)
    await expect(figure).toHaveAttribute('href', /analyst/)
    // A click on the figure beside the station opens the same card, not the city's.
    const label = page.locator(`[data-label-feature="${card}"]`).first()
    await expect(label).toBeVisible({ timeout: 15_000 })
    await page.keyboard.press('Escape')
    await label.click()
    await expect(page.locator(`[data-card="${card}"]`)).toBeVisible()
    await wake(page)
    await page.locator('[data-tool="home"]').click()
    await atRest(page)
  }
})
