import { type Browser, type Page } from '@playwright/test'
import { expect, test } from './support/gateway.ts'

const half = { width: 960, height: 1080 }
const whole = { width: 1920, height: 1080 }
const seam = half.width

async function openScreen(
  browser: Browser,
  url: string,
  slice: string,
  viewport: { width: number; height: number },
): Promise<Page> {
  const page = await browser.newPage({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  await page.goto(`${url}/wall?map=3d&slice=${slice}`)
  const wall = page.frameLocator('iframe')
  await expect(wall.locator('[data-map="idle"]')).toBeVisible({ timeout: 90_000 })
  await expect(wall.locator('[data-label^="district-columns-"]').nth(8)).toBeAttached({ timeout: 60_000 })
  return page
}

/** Where names and figures of districts stand on the map, in pixels of the whole page. */
const places = (page: Page) =>
  page
    .frameLocator('iframe')
    .locator('.map-slot [data-label^="district-"]')
    .evaluateAll((labels) =>
      Object.fromEntries(
        labels
          .filter((label) => getComputedStyle(label).visibility !== 'hidden')
          .map((label) => {
            const { x, y } = label.getBoundingClientRect()
            return [label.getAttribute('data-label') ?? '', `${Math.round(x * 2)} ${Math.round(y * 2)}`]
          }),
      ),
    )

/** Share of the labels that stand in one place on both screens: an incident may have pushed some aside on one of them only. */
async function shareAgreed(one: Page, other: Page): Promise<number> {
  const [here, there] = [await places(one), await places(other)]
  const both = Object.keys(here).filter((label) => label in there)
  return both.length > 6 ? both.filter((label) => here[label] === there[label]).length / both.length : 0
}

interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** Share of the pixels of a box that differ between the two screens side by side and the whole wall on one. */
async function difference(page: Page, shots: Record<'left' | 'right' | 'whole', Buffer>, box: Box) {
  const pictures = Object.values(shots).map((shot) => shot.toString('base64'))
  return page.evaluate(
    async ({ pictures: all, box: at, seam: edge }) => {
      const [left, right, one] = await Promise.all(
        all.map(async (png) => createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob())),
      )
      const pixels = (...parts: [ImageBitmap, number][]): Uint8ClampedArray => {
        const paper = new OffscreenCanvas(edge * 2, one!.height).getContext('2d')!
        for (const [picture, x] of parts) paper.drawImage(picture, x, 0)
        return paper.getImageData(at.x, at.y, at.width, at.height).data
      }
      const [side, single] = [pixels([left!, 0], [right!, edge]), pixels([one!, 0])]
      let other = 0
      for (let pixel = 0; pixel < side.length; pixel++)
        if (pixel % 4 < 3 && Math.abs(side[pixel]! - single[pixel]!) > 24) other++
      return other / ((side.length * 3) / 4)
    },
    { pictures, box, seam },
  )
}

test('two browsers show one wall: the same camera, a picture without a seam, every panel once', async ({
  browser,
  gateway,
}) => {
  test.setTimeout(300_000)
  const left = await openScreen(browser, gateway.url, '0,0,2,1', half)
  const right = await openScreen(browser, gateway.url, '1,0,2,1', half)
  const single = await openScreen(browser, gateway.url, '0,0,1,1', whole)
  for (const page of [right, single])
    await expect.poll(() => shareAgreed(page, left), { timeout: 60_000 }).toBeGreaterThan(0.7)

  const map = (await single.frameLocator('iframe').locator('.map-slot .stage').boundingBox())!
  expect(map.x).toBeLessThan(seam)
  expect(map.x + map.width).toBeGreaterThan(seam)
  // Each screen draws its own side of the seam and no more.
  for (const page of [left, right]) {
    const drawn = (await page
      .frameLocator('iframe')
      .locator('.map-slot .stage canvas')
      .first()
      .boundingBox())!
    expect(drawn.x).toBeGreaterThanOrEqual(-0.5)
    expect(drawn.x + drawn.width).toBeLessThanOrEqual(half.width + 0.5)
  }

  const seen = async (page: Page, panel: string) => {
    const box = (await page.frameLocator('iframe').locator(`.slot.${panel}`).boundingBox())!
    return box.x >= 0 && box.x + box.width <= half.width
  }
  for (const [panel, screens] of [
    ['economy', [true, false]],
    ['hotline', [false, true]],
  ] as const)
    expect([await seen(left, panel), await seen(right, panel)], panel).toEqual(screens)

  // A shift by a single pixel of either screen would differ along every line that crosses the seam.
  const strip = { x: seam - 24, y: Math.ceil(map.y) + 90, width: 48, height: Math.floor(map.height) - 150 }
  await expect
    .poll(
      async () => {
        const shots = {
          left: await left.screenshot({ path: test.info().outputPath('left.png') }),
          right: await right.screenshot({ path: test.info().outputPath('right.png') }),
          whole: await single.screenshot({ path: test.info().outputPath('whole.png') }),
        }
        return difference(single, shots, strip)
      },
      { timeout: 60_000 },
    )
    .toBeLessThan(0.01)
  for (const page of [left, right, single]) await page.close()
})
