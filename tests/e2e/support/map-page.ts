import { type Locator, type Page, expect } from '@playwright/test'

export type MapKind = '2d' | '3d'

/** The wall with that map, standing still; its tools wait for a hand. */
export async function openWall(page: Page, kind: MapKind = '3d', gateway = ''): Promise<void> {
  await page.goto(`${gateway}/wall?map=${kind}`)
  await expect(page.locator('[data-map="idle"]')).toBeVisible({ timeout: 90_000 })
  await expect(page.locator('.map-tools')).toBeAttached()
}

/** The same with its tools at hand. */
export async function openMap(page: Page, kind: MapKind, gateway = ''): Promise<void> {
  await openWall(page, kind, gateway)
  await wake(page)
}

export const tool = (page: Page, id: string): Locator => page.locator(`[data-tool="${id}"]`)

/** A hand on the map: its tools stay for a while. */
export async function wake(page: Page): Promise<void> {
  const { x, y, width, height } = (await page.locator('.map-slot').boundingBox())!
  await page.mouse.move(x + width / 2, y + height / 2)
  await page.mouse.move(x + width / 2 + 3, y + height / 2)
  await expect(tool(page, 'search')).toBeVisible()
}

/** Waits until the camera stands: a flight begins some frames after what set it off, and is busy only from then on. */
export async function atRest(page: Page): Promise<void> {
  const stands = () =>
    page.locator('.map-slot').evaluate(async (slot: HTMLElement) => {
      const names = ['district-land-', 'zone-outlines-', 'town-outlines-']
      const places = (): string => {
        const marks = slot.querySelectorAll(names.map((name) => `[data-label^="${name}"]`).join())
        const corners = [...marks].map((mark) => {
          const { x, y } = mark.getBoundingClientRect()
          return [Math.round(x), Math.round(y)]
        })
        return JSON.stringify([slot.querySelector<HTMLElement>('.flat')?.dataset['view'], corners])
      }
      const before = places()
      for (let frame = 0; frame < 20; frame++) await new Promise(requestAnimationFrame)
      return slot.dataset['map'] === 'idle' && places() === before
    })
  await expect.poll(stands, { timeout: 45_000 }).toBe(true)
}

/** Types into the search box and waits for what it finds. */
export async function look(page: Page, query: string): Promise<void> {
  await page.keyboard.press('/')
  await expect(page.getByRole('combobox')).toBeFocused()
  await page.getByRole('combobox').fill(query)
  await expect(page.locator('[data-hit]').first()).toBeVisible({ timeout: 15_000 })
}

interface Named {
  id: string
  properties: Record<string, unknown> & { name: string }
}

export async function featuresOf(page: Page, collection: string): Promise<Named[]> {
  const answer = await page.request.get(`/api/features/${collection}`)
  return ((await answer.json()) as { features: Named[] }).features
}

export interface Told {
  incident: string
  title: string
  stage: string
  owner: string
  place?: { longitude: number; latitude: number }
  finding?: { rule: string; features: string[]; squareMetres?: number; confidence?: number }
}

export async function incidentsOf(page: Page): Promise<Told[]> {
  const answer = await page.request.get('/api/situation')
  return ((await answer.json()) as { incidents: Told[] }).incidents
}
