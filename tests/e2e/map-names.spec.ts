import type { Page } from '@playwright/test'
import type { VectorCollection } from '../../src/domain/basemap.ts'
import { expect, test } from './support/gateway.ts'
import { atRest, look, type MapKind, openMap } from './support/map-page.ts'

/** The demo's streets have no names; a city's own have. Here the longest of its main streets gets one that is nowhere. */
async function nameStreet(page: Page): Promise<void> {
  await page.route('**/basemap/*/road.geojson', async (route) => {
    const answer = await route.fetch()
    const roads = (await answer.json()) as VectorCollection
    const length = ({ geometry }: VectorCollection['features'][number]): number =>
      geometry.coordinates.flat().length
    const longest = roads.features
      .filter(({ properties }) => properties.class === 'primary')
      .toSorted((a, b) => length(b) - length(a))[0]!
    longest.properties.name = '试名甲路'
    await route.fulfill({ response: answer, json: roads })
  })
}

for (const kind of ['2d', '3d'] satisfies MapKind[])
  test(`a street of the base map is found by its name and bears it on the ${kind} map, near and not from afar`, async ({
    page,
  }) => {
    await nameStreet(page)
    await openMap(page, kind)
    const name = page.locator('.label.street', { hasText: '试名甲路' })
    await expect(name).toHaveCount(0)
    await look(page, 'shimingjialu')
    await expect(page.locator('[data-hit^="ground:"]')).toHaveCount(1)
    await page.keyboard.press('Enter')
    await atRest(page)
    await expect(name).toBeVisible()
    await page.keyboard.press('Escape')
    await page.locator('.map-slot .canvas[tabindex]').press('Home')
    await expect(name).toHaveCount(0)
  })
