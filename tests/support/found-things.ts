import { type Page, expect } from '@playwright/test'
import { featuresOf, incidentsOf } from '../e2e/support/map-page.ts'

export interface Wanted {
  query: string
  /** How the address of its card begins. */
  card: string
  /** False for what is of the whole city: the map goes home. */
  near: boolean
}

export async function named(page: Page, collection: string): Promise<Wanted> {
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
export const kinds: readonly { kind: string; find(page: Page): Promise<Wanted> }[] = [
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
export async function enterUntilCard(page: Page, card: string): Promise<number> {
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
