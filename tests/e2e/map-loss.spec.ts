import type { Page } from '@playwright/test'
import { type Loss, loseBoth } from '../support/map-losses.ts'
import { expect, test } from './support/gateway.ts'

/** The driver of a crashed card is back within so long: the third try of the map finds it. */
const CRASH_MS = 1200
const chaoyang = '220104'

/** Where names and figures of the map stand, in whole pixels; how many have room differs with what the city reports. */
const places = (page: Page) =>
  page.locator('.map-slot [data-label]:not([data-label^="incident"])').evaluateAll((labels) =>
    Object.fromEntries(
      labels
        .filter((label) => getComputedStyle(label).visibility !== 'hidden')
        .map((label) => {
          const { x, y } = label.getBoundingClientRect()
          return [label.getAttribute('data-label') ?? '', `${Math.round(x)} ${Math.round(y)}`]
        }),
    ),
  )

/** Share of the labels that stand in both and in the same place: incidents come and push some aside, a camera moves them all. */
function shareKept(before: Record<string, string>, now: Record<string, string>): number {
  const both = Object.keys(before).filter((label) => label in now)
  return both.filter((label) => before[label] === now[label]).length / both.length
}

/** Red, green, blue of a coarse grid over both canvases, as they stand on the screen. */
async function picture(page: Page): Promise<number[]> {
  const shot = await page.locator('.map-slot .stage').screenshot({ animations: 'disabled' })
  return page.evaluate(async (png) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob())
    const paper = new OffscreenCanvas(64, 36).getContext('2d')!
    paper.drawImage(image, 0, 0, 64, 36)
    return [...paper.getImageData(0, 0, 64, 36).data]
  }, shot.toString('base64'))
}

test('panels go on while the map loses both contexts again and again; camera, layers and selection are back within five seconds', async ({
  page,
}) => {
  test.setTimeout(300_000)
  await page.goto('/wall?map=3d')
  const map = page.locator('.map-slot')
  await expect(map).toHaveAttribute('data-map', 'idle', { timeout: 90_000 })
  await expect(page.locator('.map-slot [data-label^="district-columns-"]').nth(8)).toBeAttached({
    timeout: 60_000,
  })
  await page.locator(`[data-pick-region="${chaoyang}"]`).focus()
  await page.keyboard.press('Enter')
  await page.locator('.map-slot .canvas').focus()
  for (const key of ['+', 'ArrowLeft']) await page.keyboard.press(key)
  await expect(page.locator('.slot.economy')).toContainText('经济运行 · 朝阳')
  await expect(map).toHaveAttribute('data-map', 'idle', { timeout: 30_000 })
  // The keys' own pictures first: two looks that agree.
  let stood: Record<string, string> = {}
  await expect(async () => {
    const before = stood
    stood = await places(page)
    expect(stood).toEqual(before)
  }).toPass()
  const looked = await picture(page)
  expect(Object.keys(stood).length).toBeGreaterThan(0)
  const scale = await page.locator('.map-tools .scale').innerText()
  expect(scale).toMatch(/\d/)

  const losses: Loss[] = []
  // Figures come when they come: at least five losses, and then until one came during a loss.
  while (losses.length < 5 || (losses.every(({ figures }) => figures === 0) && losses.length < 25))
    losses.push(await page.evaluate(loseBoth, CRASH_MS))
  for (const loss of losses) {
    expect(loss.backMs, JSON.stringify(losses)).toBeLessThan(5000)
    expect(loss.ticks, JSON.stringify(losses)).toBeGreaterThan(0)
  }
  expect(losses.some(({ figures }) => figures > 0)).toBe(true)

  await expect(map).toHaveAttribute('data-map-kind', 'webgl')
  await expect(page.locator(`[data-pick-region="${chaoyang}"]`)).toHaveAttribute('aria-pressed', 'true')
  await expect(page.locator('.map-tools .scale')).toHaveText(scale, { useInnerText: true })
  await expect.poll(async () => shareKept(stood, await places(page))).toBeGreaterThan(0.6)
  await expect
    .poll(async () => {
      const now = await picture(page)
      return now.filter((value, at) => Math.abs(value - looked[at]!) > 6).length / now.length
    })
    .toBeLessThan(0.1)
})
