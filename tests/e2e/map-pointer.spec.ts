import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { writeBuildingTileset } from '../../scripts/city/tiles/building-tileset.ts'
import { EnuFrame } from '../../src/map/engine/enu-frame.ts'
import { temporaryFolder } from '../support/gateway-process.ts'
import { bareNumbers } from './support/figure-law.ts'
import { expect, test } from './support/gateway.ts'
import { atRest, look, openMap } from './support/map-page.ts'

interface Placed {
  id: string
  properties: { name: string }
  geometry: { coordinates: [number, number] & [number, number][] }
}

async function placed(page: Page, collection: string): Promise<Placed[]> {
  const answer = await page.request.get(`/api/features/${collection}`)
  return ((await answer.json()) as { features: Placed[] }).features
}

/** Where the map's metres are counted from. */
async function centreOf(page: Page): Promise<[number, number]> {
  const answer = await page.request.get('/api/catalogue')
  const { city } = (await answer.json()) as { city: { center: { longitude: number; latitude: number } } }
  return [city.center.longitude, city.center.latitude]
}

/** One tower of 160 m, 120 m wide, whose north wall stands 70 m south of the place, in the base map of the app. */
async function raiseTower(page: Page, folder: string, [longitude, latitude]: [number, number]) {
  const centre = await centreOf(page)
  const frame = new EnuFrame(...centre)
  const [east, north] = frame.project(longitude, latitude)
  const corners = [-190, -70, -70, -190].map((y, at): [number, number] => {
    const there = frame.unproject([east + (at < 2 ? -60 : 60), north + y, 0])
    return [there.longitude, there.latitude]
  })
  const rings = [[corners[0]!, corners[3]!, corners[2]!, corners[1]!, corners[0]!]]
  const tower = { id: 'tower-1', rings, height: 160, base: 0, heightFrom: 'floors' as const }
  writeBuildingTileset(folder, [tower], centre, 'synthetic', () => undefined)
  await page.route('**/basemap/changchun/manifest.json', async (route) => {
    const manifest = (await (await route.fetch()).json()) as { layers: object[] }
    const layer = {
      ...manifest.layers[0],
      id: 'towers',
      shows: 'buildings',
      kind: '3dtiles',
      file: 'towers/tileset.json',
    }
    await route.fulfill({ json: { ...manifest, layers: [...manifest.layers, layer] } })
  })
  await page.route('**/basemap/changchun/towers/**', (route) =>
    route.fulfill({
      body: readFileSync(join(folder, new URL(route.request().url()).pathname.split('/').at(-1)!)),
    }),
  )
}

test('a tower hides what stands behind it from the hand too; itself it is named under the pointer and opens its card', async ({
  page,
}) => {
  test.setTimeout(180_000)
  const folder = temporaryFolder()
  const [facility] = await placed(page, 'facilities')
  await raiseTower(page, folder, facility!.geometry.coordinates)
  await openMap(page, '3d')
  await look(page, facility!.properties.name)
  await page.keyboard.press('Enter')
  const label = page.locator(`.label[data-label-feature="facilities/${facility!.id}"]`)
  await expect(label).toBeVisible({ timeout: 30_000 })
  await atRest(page)
  await expect(label).toHaveClass(/behind/, { timeout: 30_000 })
  await expect(page.locator(`[data-card="facilities/${facility!.id}"]`)).toBeVisible()

  const box = (await label.boundingBox())!
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.move(x + 1, y)
  await expect(page.locator('[data-pointed="towers/tower-1"]')).toHaveText(/tower-1\s*建筑/)
  await expect(page.locator('.map-slot .canvas').first()).toHaveCSS('cursor', 'pointer')
  await page.mouse.click(x, y)
  const card = page.locator('[data-card="towers/tower-1"]')
  await expect(card).toBeVisible()
  for (const said of ['160', '米', '示意，未经测量', '许可']) await expect(card).toContainText(said)
  expect(await bareNumbers(page)).toEqual([])
})

test('in the flat map a pipe under the pointer is named beside it, and let go of when the pointer leaves', async ({
  page,
}) => {
  await openMap(page, '2d')
  await page.locator('[data-tool="underground"]').click()
  const [pipe] = await placed(page, 'pipes')
  const frame = new EnuFrame(...(await centreOf(page)))
  await look(page, pipe!.properties.name)
  await page.keyboard.press('Enter')
  await atRest(page)
  const canvas = (await page.locator('.map-slot .flat').boundingBox())!
  const [from, to] = pipe!.geometry.coordinates as unknown as [[number, number], [number, number]]
  const [east, north] = frame.project((from[0] + to[0]) / 2, (from[1] + to[1]) / 2)
  const middleOf = async (): Promise<[number, number]> => {
    const view = (await page.locator('.map-slot .flat').getAttribute('data-view'))!.split(',').map(Number)
    const [left, top] = [canvas.x + canvas.width / 2, canvas.y + canvas.height / 2]
    return [left + (east - view[0]!) / view[2]!, top - (north - view[1]!) / view[2]!]
  }
  // Dragged to where neither card nor legend covers it.
  const free = [canvas.x + canvas.width * 0.3, canvas.y + canvas.height * 0.4] as const
  const before = await middleOf()
  await page.mouse.move(...free)
  await page.mouse.down()
  await page.mouse.move(2 * free[0] - before[0], 2 * free[1] - before[1], { steps: 4 })
  await page.mouse.up()
  await expect
    .poll(async () => Math.hypot((await middleOf())[0] - free[0], (await middleOf())[1] - free[1]))
    .toBeLessThan(6)
  const [x, y] = await middleOf()
  await page.mouse.move(x - 40, y - 40)
  await page.mouse.move(x, y)
  await expect(page.locator('[data-pointed^="pipes/"]')).toBeVisible()
  await expect(page.locator('.map-slot .canvas').first()).toHaveCSS('cursor', 'pointer')
  expect(await bareNumbers(page)).toEqual([])
  await page.mouse.move(canvas.x + 2, canvas.y - 40)
  await expect(page.locator('[data-pointed]')).toHaveCount(0)
})

test('the scale of a map follows a jump to a pipe below the ground', async ({ page }) => {
  await openMap(page, '3d')
  const scale = page.locator('.map-tools .scale .text')
  await expect(scale).toHaveText(/km$/)
  await page.locator('[data-tool="underground"]').click()
  const [pipe] = await placed(page, 'pipes')
  await look(page, pipe!.properties.name)
  await page.keyboard.press('Enter')
  await expect(scale).toHaveText(/^\d+ m$/, { timeout: 30_000 })
})
