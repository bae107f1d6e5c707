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

export async function atRest(page: Page): Promise<void> {
  await expect(page.locator('[data-map="idle"]')).toBeVisible({ timeout: 30_000 })
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
  place?: object
  finding?: { rule: string; features: string[]; squareMetres?: number; confidence?: number }
}

export async function incidentsOf(page: Page): Promise<Told[]> {
  const answer = await page.request.get('/api/situation')
  return ((await answer.json()) as { incidents: Told[] }).incidents
}
