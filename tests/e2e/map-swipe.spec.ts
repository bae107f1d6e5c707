import type { JSHandle, Page } from '@playwright/test'
import { bareNumbers } from './support/figure-law.ts'
import { type Picture, pictureOf } from './support/flat-picture.ts'
import { expect, test } from './support/gateway.ts'
import { featuresOf, look, openMap } from './support/map-page.ts'

/** What a cut through a shape may change of its smoothed edge, of 255; an edge that lay elsewhere would change by more. */
const SMOOTHING = 24

/** Columns in which two pictures differ by more than how an edge is smoothed. */
function differing(one: JSHandle<Picture>, other: JSHandle<Picture>): Promise<number[]> {
  return one.evaluate(
    (before, { after, most }) => {
      const columns = new Set<number>()
      const isOther = (a: number, b: number): boolean =>
        [0, 8, 16, 24].some((shift) => Math.abs(((a >>> shift) & 255) - ((b >>> shift) & 255)) > most)
      before.pixels.forEach((pixel, at) => {
        const now = after.pixels[at] ?? 0
        if (pixel !== now && isOther(pixel, now)) columns.add(at % before.width)
      })
      return [...columns].toSorted((a, b) => a - b)
    },
    { after: other, most: SMOOTHING },
  )
}

/** Percent of the width between which a spot lies wherever legend, sheet and card let it: those take a side each. */
const [LEFT, RIGHT] = [10, 90]

async function moveDivider(page: Page, share: number): Promise<void> {
  const divider = page.getByRole('separator')
  await divider.focus()
  for (let step = 0; step < 60; step++) {
    const now = Number(await divider.getAttribute('aria-valuenow'))
    if (now === share) return
    await page.keyboard.press(now < share ? 'ArrowRight' : 'ArrowLeft')
  }
  throw new Error(`the divider never stood at ${share}`)
}

async function openSpot(page: Page): Promise<{ before: string; after: string }> {
  const spot = (await featuresOf(page, 'change-spots')).find(
    ({ properties }) => properties['state'] !== 'dismissed',
  )!
  await look(page, spot.properties.name)
  // A case raised of the spot bears its name too.
  await page.locator(`[data-hit$="change-spots/${spot.id}"]`).click()
  await expect(page.locator(`[data-card="change-spots/${spot.id}"]`)).toBeVisible()
  await page.locator('[data-compare]').click()
  await expect(page.getByRole('separator')).toBeVisible()
  return { before: String(spot.properties['before']), after: String(spot.properties['after']) }
}

const clock = (instant: string): string => {
  const at = new Date(Date.parse(instant) + 8 * 3_600_000).toISOString()
  return `${Number(at.slice(5, 7))}月${Number(at.slice(8, 10))}日`
}

test('a spot’s two pictures stand side by side, each half saying its time, in either map', async ({
  page,
}) => {
  test.setTimeout(120_000)
  for (const kind of ['2d', '3d'] as const) {
    await openMap(page, kind)
    const { before, after } = await openSpot(page)
    await expect(page.locator('[data-side-instant="left"]')).toContainText(clock(before))
    await expect(page.locator('[data-side-instant="right"]')).toContainText(clock(after))
    expect(await bareNumbers(page)).toEqual([])
    await page.locator('[data-compare]').click()
    await expect(page.getByRole('separator')).toHaveCount(0)
  }
})

test('both halves are one picture: at the same instant the divider leaves no trace, at two the spot changes across it', async ({
  page,
}) => {
  test.setTimeout(120_000)
  await openMap(page, '2d')
  const { after } = await openSpot(page)
  await moveDivider(page, LEFT)
  await page.waitForFunction(() => document.querySelector('[data-map]')?.getAttribute('data-map') === 'idle')
  const apart = await pictureOf(page)
  await moveDivider(page, RIGHT)
  // More than the two edges of the divider: the spot itself is another.
  await expect.poll(async () => (await differing(apart, await pictureOf(page))).length).toBeGreaterThan(4)

  await moveDivider(page, LEFT)
  // Now the left half at the instant of the right one: wherever the divider stands, the picture is the same.
  await page.locator('[data-side-instant="left"] button').first().click()
  const field = page.locator('[data-side-instant="left"] input')
  const local = new Date(Date.parse(after) + 8 * 3_600_000).toISOString().slice(0, 16)
  await field.fill(local)
  await field.dispatchEvent('change')
  await expect(page.locator('[data-side-instant="left"]')).toContainText(clock(after))
  await expect.poll(async () => differing(await pictureOf(page), await pictureOf(page))).toEqual([])
  // An incident may come up between two looks; a seam would be there in every pair of them.
  await expect(async () => {
    await moveDivider(page, LEFT)
    const one = await pictureOf(page)
    const width = await one.evaluate((picture) => picture.width)
    await moveDivider(page, RIGHT)
    const seams = await differing(one, await pictureOf(page))
    const [first, second] = [LEFT, RIGHT].map((percent) => (percent / 100) * width)
    expect(seams.filter((x) => Math.abs(x - first!) > 1.5 && Math.abs(x - second!) > 1.5)).toEqual([])
  }).toPass({ timeout: 60_000 })
})

test('either half follows the map again, and the sides of the layers stay', async ({ page }) => {
  await openMap(page, '2d')
  await openSpot(page)
  const left = page.locator('[data-side-instant="left"]')
  await left.getByRole('button').first().click()
  await left.getByRole('button', { name: '随地图时点' }).click()
  await expect(left).toContainText('现在')
  await expect(page.locator('[data-side-instant="right"]')).not.toContainText('现在')
})
