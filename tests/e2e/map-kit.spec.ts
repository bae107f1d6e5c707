import type { Drawing } from '../../src/contracts/map-kit.ts'
import type { MapEngine } from '../support/map-page/main.ts'
import { engineTest, openEngine } from './support/engine-page.ts'
import { expect } from './support/sealed.ts'

/** In the page. */
declare const engine: MapEngine

const test = engineTest()

/** A red square of 1,200 m around the origin, seen from above. Runs in the page. */
async function drawArea({ hatch, east }: { hatch: boolean; east: number }): Promise<void> {
  const { host, kit, show } = engine
  host.flyTo({ target: [east, 0, 0], range: 2600, heading: 0, pitch: -60 }, 0)
  const ring: [number, number, number][] = [
    [-600, -600, 0],
    [600, -600, 0],
    [600, 600, 0],
    [-600, 600, 0],
  ]
  const drawings = (): Drawing[] => [
    kit.areas({
      id: 'rain',
      items: [{ polygons: [[ring]], fill: [255, 0, 0, 255], hatch, feature: 'radar/1' }],
    }),
  ]
  await show(drawings)
}

/** Which of 4,000 pixels around the middle are red, row by row, and what is picked there. Runs in the page. */
function readMiddle() {
  const picture = engine.snapshot('deck')
  const { x, y } = engine.host.project([0, 0, 0])!
  const [left, top] = [Math.round(x) - 50, Math.round(y) - 20]
  const red = Array.from({ length: 40 }, (_, row) =>
    Array.from({ length: 100 }, (_unused, column) => {
      const [level, green] = engine.colourAt(picture, left + column, top + row)
      return level > 100 && green < 60
    }),
  )
  const picks = [0, 3, 6, 9, 12].map((step) => engine.host.pick(left + step, top)?.feature)
  return { red, picks }
}

const shareOf = (red: readonly boolean[][]): number => red.flat().filter(Boolean).length / red.flat().length

test('strokes a forecast at 45 degrees, an eighth of its ground, fills what is no forecast, and is picked between the strokes', async ({
  page,
  address,
}) => {
  await openEngine(page, address)
  await page.evaluate(drawArea, { hatch: false, east: 0 })
  const plain = await page.evaluate(readMiddle)
  expect(shareOf(plain.red)).toBe(1)
  await page.evaluate(drawArea, { hatch: true, east: 0 })
  const { red, picks } = await page.evaluate(readMiddle)
  expect(shareOf(red)).toBeGreaterThan(0.08)
  expect(shareOf(red)).toBeLessThan(0.2)
  // Along a stroke a pixel down is a pixel to the right; across it strokes and ground take turns.
  const inner = red
    .slice(0, -1)
    .flatMap((row, at) => row.slice(0, -1).map((lit, column) => [lit, red[at + 1]![column + 1]!]))
  const same = inner.filter(([here, next]) => here === next).length
  expect(same / inner.length).toBeGreaterThan(0.97)
  const turns = red[0]!.slice(1).filter((lit, at) => lit !== red[0]![at]!).length
  expect(turns).toBeGreaterThan(12)
  expect(picks).toEqual(Array(5).fill('radar/1'))
})

test('holds the strokes of a forecast to the ground while the camera moves', async ({ page, address }) => {
  await openEngine(page, address)
  await page.evaluate(drawArea, { hatch: true, east: 0 })
  const before = await page.evaluate(readMiddle)
  await page.evaluate(drawArea, { hatch: true, east: 90 })
  const after = await page.evaluate(readMiddle)
  const [one, other] = [before.red.flat(), after.red.flat()]
  const lit = one.flatMap((here, at) => (here ? [at] : []))
  // A stroke is a pixel or two wide, and the origin falls between two pixels: its neighbour counts.
  const kept = lit.filter((at) => [at - 1, at, at + 1].some((near) => other[near]))
  expect(kept.length / lit.length).toBeGreaterThan(0.95)
})

/** A vehicle on its way east along 2 km in 200 s, at that second. Runs in the page. */
async function drive(second: number): Promise<void> {
  const { host, kit, show } = engine
  host.flyTo({ target: [0, 0, 0], range: 7000, heading: 0, pitch: -60 }, 0)
  const path: [number, number, number][] = [
    [-1000, 0, 0],
    [0, 0, 0],
    [1000, 0, 0],
  ]
  const drawings = (): Drawing[] => [
    kit.trips({
      id: 'way',
      items: [{ path, times: [0, 100_000, 200_000], feature: 'trips/1' }],
      color: [0, 255, 0, 255],
      width: 4,
      tailMs: 60_000,
      atMs: second * 1000,
    }),
  ]
  await show(drawings)
}

/** Opacity and pick on the way at so many metres east. Runs in the page. */
function lookAlong(places: number[]) {
  const picture = engine.snapshot('deck')
  return places.map((east) => {
    const { x, y } = engine.host.project([east, 0, 0])!
    const alpha = picture.data[(Math.round(y) * picture.width + Math.round(x)) * 4 + 3]!
    return { alpha, pick: engine.host.pick(x, y).feature }
  })
}

test('draws a vehicle where it is at that moment and its tail behind it, and both are picked', async ({
  page,
  address,
}) => {
  await openEngine(page, address)
  await page.evaluate(drive, 100)
  const [ahead, head, near, far, gone] = await page.evaluate(lookAlong, [150, 0, -100, -450, -800])
  expect([head!.pick, near!.pick, far!.pick]).toEqual(['trips/1', 'trips/1', 'trips/1'])
  expect([ahead!.pick, gone!.pick]).toEqual([undefined, undefined])
  expect(head!.alpha).toBe(255)
  expect(near!.alpha).toBeGreaterThan(far!.alpha)
  expect([ahead!.alpha, gone!.alpha]).toEqual([0, 0])
  await page.evaluate(drive, 115.5)
  const [moved, behind] = await page.evaluate(lookAlong, [155, 0])
  expect([moved!.pick, moved!.alpha]).toEqual(['trips/1', 255])
  expect(behind!.alpha).toBeLessThan(255)
})
