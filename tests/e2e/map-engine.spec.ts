import { join } from 'node:path'
import type { Frame, Page } from '@playwright/test'
import { writeBuildingTileset } from '../../scripts/city/tiles/building-tileset.ts'
import type { Drawing } from '../../src/contracts/map-kit.ts'
import { EnuFrame } from '../../src/map/engine/enu-frame.ts'
import type { MapEngine } from '../support/map-page/main.ts'
import { engineTest, openEngine } from './support/engine-page.ts'
import { expect } from './support/sealed.ts'

/** In the page. */
declare const engine: MapEngine

const origin: [number, number] = [125.32, 43.9]
const frame = new EnuFrame(...origin)

const test = engineTest((folder) => writeTower(join(folder, 'tiles')))

/** One building of 60 × 60 × 300 m, its near corner 300 m east of the origin. */
function writeTower(folder: string): void {
  const corner = (east: number, north: number): [number, number] => {
    const { longitude, latitude } = frame.unproject([east, north, 0])
    return [longitude, latitude]
  }
  const ring = [corner(300, 0), corner(360, 0), corner(360, 60), corner(300, 60), corner(300, 0)]
  writeBuildingTileset(
    folder,
    [{ id: 'tower-1', rings: [ring], height: 300, base: 0, heightFrom: 'measured' }],
    origin,
    'synthetic',
    () => undefined,
  )
}

/** A dot behind the tower, one in front of it, one above the ground beside it. */
const behind = { name: 'd/behind', at: [330, 100, 10] as const }
const front = { name: 'd/front', at: [330, -30, 5] as const }
const aside = { name: 'd/aside', at: [200, 30, 120] as const }

/** Draws the three dots, and a tower of the kit when asked. Runs in the page. */
async function drawDots({ tower }: { tower: boolean }): Promise<void> {
  const { host, kit, show } = engine
  host.flyTo({ target: [330, 30, 0], range: 4000, heading: 348, pitch: -40 }, 0)
  const drawings = (): Drawing[] => [
    kit.dots({
      id: 'dots',
      positions: new Float32Array([330, 100, 10, 330, -30, 5, 200, 30, 120]),
      colors: new Uint8Array([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255]),
      size: 14,
      features: ['d/behind', 'd/front', 'd/aside'],
    }),
    ...(tower
      ? [
          kit.areas({
            id: 'tower',
            items: [
              {
                feature: 'tower/1',
                fill: [90, 90, 90, 255],
                height: 300,
                polygons: [
                  [
                    [
                      [300, 0, 0],
                      [360, 0, 0],
                      [360, 60, 0],
                      [300, 60, 0],
                    ],
                  ],
                ],
              },
            ],
          }),
        ]
      : []),
  ]
  await show(drawings)
}

/** What is seen and what is picked at three places. Runs in the page. */
function lookAt(places: { name: string; at: readonly [number, number, number] }[]) {
  const picture = engine.snapshot()
  return places.map(({ at }) => {
    const { x, y } = engine.host.project([...at])!
    return { colour: engine.colourAt(picture, x, y), pick: engine.host.pick(x, y).feature }
  })
}

test('hides a dot behind a tower of the layers, shows one in front, and the pick agrees', async ({
  page,
  address,
}) => {
  const said = await openEngine(page, address)
  await page.evaluate(drawDots, { tower: false })
  const bare = await page.evaluate(lookAt, [behind, front, aside])
  expect(bare.map(({ pick }) => pick)).toEqual(['d/behind', 'd/front', 'd/aside'])
  expect(bare.map(({ colour }) => colour)).toEqual([
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
  ])
  await page.evaluate(drawDots, { tower: true })
  const [hidden, seen, beside] = await page.evaluate(lookAt, [behind, front, aside])
  expect(hidden!.pick).toBe('tower/1')
  expect(hidden!.colour[0]).toBeLessThan(100)
  expect(seen).toEqual({ colour: [0, 255, 0], pick: 'd/front' })
  expect(beside).toEqual({ colour: [0, 0, 255], pick: 'd/aside' })
  expect(said).toEqual([])
})

/** Loads the tower's tileset and waits until its depth is there. Runs in the page. */
async function openTower(): Promise<void> {
  const { host, settled } = engine
  const url = new URL('tiles/tileset.json', location.href).href
  host.setBaseMap({
    appearance: 'dark',
    vectors: [],
    tilesets: [{ id: 'buildings', kind: 'buildings', url }],
  })
  const { x, y } = host.project([330, 30, 150])!
  for (let tries = 0; host.pick(x, y).feature === undefined; tries++) {
    if (tries > 1200) throw new Error('the tower never stood')
    await new Promise(requestAnimationFrame)
  }
  await settled()
}

test('hides a dot behind a building of a 3D Tiles base map, names the building, and looks through it underground', async ({
  page,
  address,
}) => {
  const said = await openEngine(page, address)
  await page.evaluate(drawDots, { tower: false })
  await page.evaluate(openTower)
  const [hidden, seen, beside] = await page.evaluate(lookAt, [behind, front, aside])
  expect(hidden!.pick).toBe('buildings/tower-1')
  expect(hidden!.colour[0]).toBeLessThan(100)
  expect(seen).toEqual({ colour: [0, 255, 0], pick: 'd/front' })
  expect(beside).toEqual({ colour: [0, 0, 255], pick: 'd/aside' })
  await page.evaluate(async () => {
    engine.host.setUnderground(true)
    await engine.settled()
  })
  const [through] = await page.evaluate(lookAt, [behind])
  expect(through).toEqual({ colour: [255, 0, 0], pick: 'd/behind' })
  expect(said).toEqual([])
})

test('comes back ten times from a lost context, with camera, layers and buildings, within five seconds each', async ({
  page,
  address,
}) => {
  test.setTimeout(120_000)
  await openEngine(page, address)
  await page.evaluate(drawDots, { tower: false })
  await page.evaluate(openTower)
  const before = await page.evaluate(() => engine.host.cameraView)
  const times = await page.evaluate(async () => {
    const taken: number[] = []
    for (let loss = 0; loss < 10; loss++) taken.push(await engine.loseContext(loss % 2 ? 'deck' : 'cesium'))
    return taken
  })
  expect(Math.max(...times)).toBeLessThan(5000)
  expect(await page.evaluate(() => [engine.host.stats.losses, engine.told.failed])).toEqual([10, 0])
  expect(await page.evaluate(() => engine.host.cameraView)).toEqual(before)
  const pickHidden = async () => (await page.evaluate(lookAt, [behind]))[0]!.pick
  await expect.poll(pickHidden).toBe('buildings/tower-1')
  const [, seen, beside] = await page.evaluate(lookAt, [behind, front, aside])
  expect(seen).toEqual({ colour: [0, 255, 0], pick: 'd/front' })
  expect(beside!.colour).toEqual([0, 0, 255])
})

test('gives up and says so where contexts are refused again and again', async ({ page, address }) => {
  test.setTimeout(60_000)
  await openEngine(page, address)
  await page.evaluate(drawDots, { tower: false })
  await page.evaluate(() => {
    HTMLCanvasElement.prototype.getContext = () => null
    const canvas = engine.graphics().scene.canvas
    canvas.dispatchEvent(new Event('webglcontextlost'))
  })
  await page.waitForFunction(() => engine.told.failed === 1, undefined, { timeout: 30_000 })
})

test('gives up and says so where Cesium is given its context and deck.gl none', async ({ page, address }) => {
  test.setTimeout(60_000)
  await openEngine(page, address)
  await page.evaluate(drawDots, { tower: false })
  await page.evaluate(() => {
    const open = HTMLCanvasElement.prototype.getContext
    HTMLCanvasElement.prototype.getContext = function (
      this: HTMLCanvasElement,
      kind: string,
      ...rest: unknown[]
    ) {
      const refused = kind.startsWith('webgl') && !this.closest('.cesium-widget')
      return refused ? null : Reflect.apply(open, this, [kind, ...rest])
    } as typeof open
    engine.graphics().scene.canvas.dispatchEvent(new Event('webglcontextlost'))
  })
  await page.waitForFunction(() => engine.told.failed === 1, undefined, { timeout: 30_000 })
})

/** Draws one dot where two screens meet and a line across both; where the line is at the screen's edge. Runs in the page. */
async function drawLine(
  edge: 'left' | 'right',
): Promise<{ line: number | undefined; tower: number | undefined }> {
  const { host, kit, show, snapshot, centroid, cesium, graphics } = engine
  host.flyTo({ target: [0, 0, 0], range: 20_000, heading: 348, pitch: -40 }, 0)
  await show(() => [
    kit.lines({
      id: 'seam',
      items: [
        {
          path: [
            [-6000, -700, 0],
            [6000, 900, 0],
          ],
          color: [255, 0, 0, 255],
          width: 3,
        },
      ],
    }),
  ])
  // The same line once more as Cesium draws it: a row of points, blue, at the seam.
  const points = graphics().scene.scene.primitives.add(new cesium.PointPrimitiveCollection()) as InstanceType<
    typeof cesium.PointPrimitiveCollection
  >
  for (let step = -600; step <= 600; step++) {
    const { x, y, z } = host.frame.toEarth([step * 2, -700 + ((step * 2 + 6000) / 12_000) * 1600, 0])
    points.add({
      position: new cesium.Cartesian3(x, y, z),
      color: cesium.Color.BLUE,
      pixelSize: 3,
    })
  }
  await engine.settled()
  const height = (picture: ImageData, channel: 0 | 2): number | undefined => {
    const x = edge === 'left' ? 0 : picture.width - 1
    for (let y = 0; y < picture.height; y += 20) {
      const found = centroid(picture, channel, { x, y }, 24)
      if (found) return columnMiddle(picture, channel, x)
    }
    return undefined
  }
  return { line: height(snapshot('deck'), 0), tower: height(snapshot('cesium'), 2) }

  function columnMiddle({ data, width, height: rows }: ImageData, channel: 0 | 2, column: number): number {
    let [sum, at] = [0, 0]
    for (let row = 0; row < rows; row++) {
      const pixel = (row * width + column) * 4
      const weight = Math.max(0, data[pixel + channel]! - data[pixel + 2 - channel]! - 20)
      sum += weight
      at += weight * (row + 0.5)
    }
    return at / sum
  }
}

/** The engine of a page that is one screen of a wall stands in a frame. */
async function part(page: Page): Promise<Frame> {
  const screen = (await (await page.waitForSelector('iframe')).contentFrame())!
  await screen.waitForFunction('globalThis.engine')
  return screen
}

test('continues a line from one screen of a wall to the next within a pixel, in both libraries', async ({
  page,
  address,
  context,
}) => {
  await page.setViewportSize({ width: 960, height: 540 })
  await openEngine(page, address, '?slice=0,0,2,1')
  const left = await (await part(page)).evaluate(drawLine, 'right' as const)
  const other = await context.newPage()
  await other.setViewportSize({ width: 960, height: 540 })
  await openEngine(other, address, '?slice=1,0,2,1')
  const right = await (await part(other)).evaluate(drawLine, 'left' as const)
  for (const screen of [left, right]) for (const height of Object.values(screen)) expect(height).toBeDefined()
  expect(Math.abs(left.line! - right.line!)).toBeLessThanOrEqual(1)
  expect(Math.abs(left.tower! - right.tower!)).toBeLessThanOrEqual(1)
  expect(Math.abs(left.line! - left.tower!)).toBeLessThanOrEqual(1)
})
