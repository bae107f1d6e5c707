import type { JSHandle, Page } from '@playwright/test'
import type { EnuMetres } from '../../src/contracts/map-layer.ts'
import { EnuFrame } from '../../src/map/engine/enu-frame.ts'
import { type Picture, pictureOf } from './support/flat-picture.ts'
import { expect, test } from './support/gateway.ts'
import { atRest, incidentsOf, look, openMap, wake } from './support/map-page.ts'

const canvasOf = (page: Page) => page.locator('.flat canvas')
const tool = (page: Page, id: string) => page.locator(`[data-tool="${id}"]`)

/** East and north of the middle of the canvas in metres of the city, metres a pixel, and the canvas on the page. */
async function viewOf(page: Page) {
  const [east, north, metresPerPixel] = (await page.locator('.flat').getAttribute('data-view'))!
    .split(',')
    .map(Number) as [number, number, number]
  const { x, y, width, height } = (await canvasOf(page).boundingBox())!
  return { east, north, metresPerPixel, middle: { x: x + width / 2, y: y + height / 2 } }
}

/** Where a place of the city stands on the page. */
async function onPage(page: Page, [east, north]: EnuMetres): Promise<{ x: number; y: number }> {
  const view = await viewOf(page)
  return {
    x: view.middle.x + (east - view.east) / view.metresPerPixel,
    y: view.middle.y - (north - view.north) / view.metresPerPixel,
  }
}

async function cityFrame(page: Page): Promise<EnuFrame> {
  const answer = await page.request.get('/api/catalogue')
  const { city } = (await answer.json()) as { city: { center: { longitude: number; latitude: number } } }
  return new EnuFrame(city.center.longitude, city.center.latitude)
}

async function home(page: Page): Promise<void> {
  await wake(page)
  await tool(page, 'home').click()
  await atRest(page)
}

/** Ground beside a unit's column, its figure and its name, where no incident lies. */
async function bareGround(page: Page, { x, y }: { x: number; y: number }) {
  const frame = await cityFrame(page)
  const incidents = await Promise.all(
    (await incidentsOf(page)).flatMap(({ place }) =>
      place ? [onPage(page, frame.project(place.longitude, place.latitude))] : [],
    ),
  )
  return [70, -70, 100, -100]
    .map((right) => ({ x: x + right, y: y + 40 }))
    .find((at) => incidents.every((mark) => Math.hypot(mark.x - at.x, mark.y - at.y) > 30))!
}

/** A point of the canvas by shares of its breadth and height, on the page. */
async function pointAt(page: Page, right: number, down: number): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = (await canvasOf(page).boundingBox())!
  return { x: Math.round(x + width * right), y: Math.round(y + height * down) }
}

/** How many pixels of two pictures differ between two shares of their breadth. */
function apart(one: JSHandle<Picture>, other: JSHandle<Picture>, from: number, to: number): Promise<number> {
  return one.evaluate(
    ({ width, pixels }, { after, low, high }) =>
      pixels.filter((pixel, at) => {
        const share = (at % width) / width
        return share > low && share < high && pixel !== after.pixels[at]
      }).length,
    { after: other, low: from, high: to },
  )
}

/** Of what is painted where nothing was before, the share that goes on a pixel further down and right, and the one half a period aside. */
function hatchOf(before: JSHandle<Picture>, after: JSHandle<Picture>, period: number) {
  return before.evaluate(
    ({ pixels: bare }, { now: { width, pixels }, half }) => {
      const isNew = (at: number): boolean => bare[at] === 0 && pixels[at] !== 0
      const all = [...pixels.keys()].filter(isNew)
      const share = (step: number): number => {
        const free = all.filter((at) => bare[at + step] === 0)
        return free.filter((at) => isNew(at + step)).length / free.length
      }
      return { along: share(width + 1), across: share(half) }
    },
    { now: after, half: Math.round(period / 2) },
  )
}

test('search, drilling by list and on the ground, and the slider all work on the flat map as on the other', async ({
  page,
}) => {
  test.setTimeout(120_000)
  await openMap(page, '2d')
  await test.step('a search flies there and opens the card', async () => {
    const before = await viewOf(page)
    await look(page, 'cyq')
    await page.keyboard.press('Enter')
    await expect(page.locator('[data-card="region:220104"]')).toBeVisible()
    await expect.poll(async () => (await viewOf(page)).metresPerPixel).toBeLessThan(before.metresPerPixel / 2)
    await page.keyboard.press('Escape')
  })
  await test.step('one goes down by the list', async () => {
    await home(page)
    await tool(page, 'regions').click()
    await page.locator('.left [data-drill="220182"]').click()
    await expect(page.locator('[data-crumb="220182"]')).toHaveAttribute('aria-current', 'location')
    await expect(page.locator('[data-label^="town-outlines-"]').first()).toBeAttached()
    await atRest(page)
    await tool(page, 'regions').click()
  })
  await test.step('and by a click on the ground', async () => {
    await home(page)
    const answer = await page.request.get('/basemap/changchun/regions.geojson')
    const { features } = (await answer.json()) as {
      features: { properties: { code: string; anchor: [number, number] } }[]
    }
    const { anchor } = features.find(({ properties }) => properties.code === '220122')!.properties
    const spot = await pointAt(page, 0.4, 0.6)
    await bring(page, (await cityFrame(page)).project(...anchor), spot, [60])
    const bare = await bareGround(page, spot)
    await page.mouse.click(bare.x, bare.y)
    await expect(page.locator('[data-crumb="220122"]')).toHaveAttribute('aria-current', 'location')
    await home(page)
  })
  await test.step('three hours ahead the rain is hatched and says 预报', async () => {
    await page.locator('[data-theme-id="flood"]').click()
    const marks = page.locator('.map-slot .label')
    await expect(marks.and(page.locator('[data-label^="shelters-"]')).first()).toBeAttached()
    await expect(marks.filter({ hasText: '预报' })).toHaveCount(0)
    const legend = page.locator('.map-tools .legend')
    await expect(legend).toContainText('小时雨量')
    await expect(legend).not.toContainText('预报')
    const now = await pictureOf(page)
    await wake(page)
    await tool(page, 'time').click()
    await page.getByRole('slider').focus()
    await page.keyboard.press('End')
    await expect(page.locator('[data-time-word]')).toHaveText('预报')
    // On a map this small the legend and the slider may take its place.
    await expect(marks.filter({ hasText: '预报' }).first()).toBeAttached()
    await expect(legend).toContainText('预报')
    const { along, across } = await hatchOf(now, await pictureOf(page), 8)
    expect(along).toBeGreaterThan(0.7)
    expect(across).toBeLessThan(0.6)
  })
})

interface Pipe {
  id: string
  from: EnuMetres
  to: EnuMetres
  radius: number
}

async function pipesOf(page: Page): Promise<Pipe[]> {
  const frame = await cityFrame(page)
  const answer = await page.request.get('/api/features/pipes')
  const { features } = (await answer.json()) as {
    features: {
      id: string
      properties: { diameter: number }
      geometry: { coordinates: [number, number][] }
    }[]
  }
  return features.map(({ id, properties, geometry }) => {
    const [from, to] = geometry.coordinates.map(([longitude, latitude]) => frame.project(longitude, latitude))
    return { id, from: from!, to: to!, radius: properties.diameter / 2 }
  })
}

interface Box {
  west: number
  east: number
  south: number
  north: number
}

/** Ids of the pipes that reach into a box grown by so many metres: sampled every few centimetres, not clipped as the app does. */
function pipesIn(pipes: readonly Pipe[], box: Box, grown: number): string[] {
  return pipes
    .filter(({ from, to, radius }) => {
      const reach = radius + grown
      const steps = Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / 0.2)
      return Array.from({ length: steps + 1 }, (_, step) => step / steps).some((share) => {
        const [east, north] = [0, 1].map((axis) => from[axis]! + (to[axis]! - from[axis]!) * share)
        return (
          east! > box.west - reach &&
          east! < box.east + reach &&
          north! > box.south - reach &&
          north! < box.north + reach
        )
      })
    })
    .map(({ id }) => id)
}

/** Drags a place of the city to a point of the page. */
async function drag(page: Page, place: EnuMetres, to: { x: number; y: number }): Promise<void> {
  const at = await onPage(page, place)
  await page.mouse.move(to.x, to.y)
  await page.mouse.down()
  await page.mouse.move(to.x + Math.round(to.x - at.x), to.y + Math.round(to.y - at.y))
  await page.mouse.up()
  await page.mouse.move(to.x, to.y)
  await atRest(page)
}

/** Puts a place of the city at a point of the page, step by step as near as so many metres a pixel. */
async function bring(
  page: Page,
  place: EnuMetres,
  to: { x: number; y: number },
  nearer: readonly number[],
): Promise<void> {
  for (const metres of nearer) {
    await drag(page, place, to)
    const { metresPerPixel } = await viewOf(page)
    await page.mouse.wheel(0, Math.log(metres / metresPerPixel) * 800)
    await expect.poll(async () => (await viewOf(page)).metresPerPixel / metres).toBeCloseTo(1, 1)
  }
  await drag(page, place, to)
}

test('below the ground a dig lists exactly the pipes in it, a pipe is picked, and the two sides of a comparison differ', async ({
  page,
}) => {
  test.setTimeout(120_000)
  await openMap(page, '2d')
  await test.step('left of the divider the layers, right of it the base map alone', async () => {
    await tool(page, 'compare').click()
    await page.locator('[data-side="district-land:left"]').click()
    const divider = page.getByRole('separator')
    await divider.focus()
    await page.keyboard.press('PageDown')
    await expect(divider).toHaveAttribute('aria-valuenow', '40')
    const left = await pictureOf(page)
    for (const _ of [0, 1]) await page.keyboard.press('PageUp')
    await expect(divider).toHaveAttribute('aria-valuenow', '60')
    const right = await pictureOf(page)
    const between = await apart(left, right, 0.4, 0.6)
    expect(between).toBeGreaterThan(1000)
    // A new incident may come up meanwhile; the picture beside the two stands of the divider is the same else.
    const beside = (await apart(left, right, 0, 0.395)) + (await apart(left, right, 0.605, 1))
    expect(beside).toBeLessThan(between / 4)
    await tool(page, 'compare').click()
    await tool(page, 'layers').click()
  })

  const pipes = await pipesOf(page)
  // Left of the sheets that open.
  const spot = await pointAt(page, 0.24, 0.55)
  const [first] = pipes
  const middle = [0, 1, 2].map((axis) => (first!.from[axis]! + first!.to[axis]!) / 2) as EnuMetres
  await test.step('a pipe is picked where it is drawn', async () => {
    await wake(page)
    await tool(page, 'underground').click()
    await bring(page, middle, spot, [60, 3])
    await expect(page.locator('.map-tools .legend')).toContainText('燃气')
    const at = await onPage(page, middle)
    await page.mouse.click(at.x, at.y)
    const card = page.locator('[data-card^="pipes/"]')
    await expect(card).toBeVisible()
    const picked = (await card.getAttribute('data-card'))!.slice('pipes/'.length)
    expect(pipesIn(pipes, around(middle, 0), 18), 'within five pixels').toContain(picked)
    await page.keyboard.press('Escape')
  })
  await test.step('a dig lists what is in it, no more and no less', async () => {
    await wake(page)
    await tool(page, 'dig').click()
    const view = await viewOf(page)
    // A rectangle whose rim no pipe runs along: within a metre either way it meets the same pipes.
    const half = { x: 90, y: 45 }
    const sizes = Array.from({ length: 30 }, (_, less) => ({ x: half.x - less, y: half.y - less }))
    const boxOf = ({ x, y }: { x: number; y: number }): Box => ({
      west: view.east + (spot.x - x - view.middle.x) * view.metresPerPixel,
      east: view.east + (spot.x + x - view.middle.x) * view.metresPerPixel,
      south: view.north - (spot.y + y - view.middle.y) * view.metresPerPixel,
      north: view.north - (spot.y - y - view.middle.y) * view.metresPerPixel,
    })
    const clear = sizes.find(
      (size) => pipesIn(pipes, boxOf(size), -2).length === pipesIn(pipes, boxOf(size), 2).length,
    )!
    const { x, y } = clear
    for (const [right, down] of [
      [-x, -y],
      [x, -y],
      [x, y],
      [-x, y],
    ] as const)
      await page.mouse.click(spot.x + right, spot.y + down)
    await page.keyboard.press('Enter')
    await expect(page.locator('[data-dig-count]')).toBeVisible()
    const listed = await page
      .locator('[data-dig-pipe]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-dig-pipe')!))
    const met = pipesIn(pipes, boxOf(clear), 0)
    expect(met.length).toBeGreaterThan(5)
    expect(met.length).toBeLessThan(pipes.length)
    expect(listed.toSorted()).toEqual(met.toSorted())
  })
})

function around([east, north]: EnuMetres, by: number): Box {
  return { west: east - by, east: east + by, south: north - by, north: north + by }
}
