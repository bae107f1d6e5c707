import { join } from 'node:path'
import { writeBuildingTileset } from '../../scripts/city/tiles/building-tileset.ts'
import { writeTerrainTileset } from '../../scripts/city/tiles/terrain-tileset.ts'
import { EnuFrame } from '../../src/map/engine/enu-frame.ts'
import type { MapEngine } from '../support/map-page/main.ts'
import { engineTest, openEngine } from './support/engine-page.ts'
import { expect } from './support/sealed.ts'

/** In the page. */
declare const engine: MapEngine

const origin: [number, number] = [125.32, 43.9]
const frame = new EnuFrame(...origin)

const test = engineTest((folder) => {
  writeHill(join(folder, 'terrain'))
  writeHouse(join(folder, 'tiles'))
})

/** A hill of 300 m, 1 km across and as steep as a roof, on ground that rises to the east. */
const hill = (east: number, north: number): number =>
  300 * Math.exp(-((east - 1000) ** 2 + north ** 2) / (2 * 250 ** 2)) + 0.02 * east

function writeHill(folder: string): void {
  const [low, high] = [frame.unproject([-3000, -3000, 0]), frame.unproject([3000, 3000, 0])]
  const source = {
    west: low.longitude,
    south: low.latitude,
    east: high.longitude,
    north: high.latitude,
    cells: 500,
    heightAt: (longitude: number, latitude: number) => {
      const [east, north] = frame.project(longitude, latitude)
      return 200 + hill(east, north)
    },
  }
  writeTerrainTileset(folder, source, origin, 200, () => undefined)
}

/** A building of 200 × 200 × 60 m around the origin. */
function writeHouse(folder: string): void {
  const ring = [
    [-100, -100],
    [100, -100],
    [100, 100],
    [-100, 100],
    [-100, -100],
  ].map(([east, north]): [number, number] => {
    const { longitude, latitude } = frame.unproject([east!, north!, 0])
    return [longitude, latitude]
  })
  const house = { id: 'house', rings: [ring], height: 60, base: 0, heightFrom: 'measured' as const }
  writeBuildingTileset(folder, [house], origin, 'synthetic', () => undefined)
}

/** Degrees of a place, metres east and north of the origin. */
function place(east: number, north: number): [number, number] {
  const { longitude, latitude } = frame.unproject([east, north, 0])
  return [longitude, latitude]
}

/** Draws a red dot on the ground at each place, seen from the south; where they are and whether each is seen and picked. */
async function dotsOnHill(places: [number, number][]) {
  await engine.standOn('terrain/tileset.json')
  const { host, kit } = engine
  host.flyTo({ target: [1000, 0, 0], range: 12_000, heading: 0, pitch: -12 }, 0)
  const spots = places.map(([longitude, latitude]) => host.ground.project(longitude, latitude))
  await engine.show(() => [
    kit.dots({
      id: 'dots',
      positions: new Float32Array(spots.flat()),
      colors: new Uint8Array(spots.flatMap(() => [255, 0, 0, 255])),
      size: 12,
      features: spots.map((_, at) => `d/${at}`),
    }),
  ])
  const picture = engine.snapshot()
  return spots.map((at) => {
    const { x, y } = host.project(at)!
    return { at, colour: engine.colourAt(picture, x, y), pick: host.pick(x, y).feature }
  })
}

test('stands dots on the relief that is drawn, hides those behind a hill, and picks what is seen', async ({
  page,
  address,
}) => {
  const said = await openEngine(page, address)
  const spots: [number, number][] = [
    [1000, 0],
    [1000, 500],
    [1000, -150],
    [1140, -90],
    [-500, 200],
  ]
  const [top, behind, slope, side, plain] = await page.evaluate(
    dotsOnHill,
    spots.map(([east, north]) => place(east, north)),
  )
  for (const [index, dot] of [top, behind, slope, side, plain].entries()) {
    const [east, north] = spots[index]!
    expect(Math.abs(frame.unproject(dot!.at).height - hill(east, north))).toBeLessThan(2)
  }
  for (const [seen, name] of [
    [top, 'd/0'],
    [slope, 'd/2'],
    [side, 'd/3'],
    [plain, 'd/4'],
  ] as const)
    expect(seen).toMatchObject({ colour: [255, 0, 0], pick: name })
  expect(behind!.colour[0]).toBeLessThan(100)
  expect(behind!.pick).toBeUndefined()
  // What Cesium draws there, by its own measure.
  const drawn = await page.evaluate(
    (places) =>
      places.map(([longitude, latitude]) => {
        const { scene } = engine.graphics().scene
        scene.useDepthPicking = true
        return scene.sampleHeight(engine.cesium.Cartographic.fromDegrees(longitude, latitude))
      }),
    spots.map(([east, north]) => place(east, north)),
  )
  for (const [index, height] of drawn.entries()) {
    const dot = [top, behind, slope, side, plain][index]!
    expect(Math.abs((height ?? NaN) - frame.unproject(dot.at).height)).toBeLessThan(0.5)
  }
  expect(said).toEqual([])
})

/** Draws a pipe 3 m below the ground of the city, and one that lies on it. Runs in the page. */
async function drawPipes(): Promise<void> {
  const { host, kit, show } = engine
  host.flyTo({ target: [0, 0, 0], range: 600, heading: 0, pitch: -40 }, 0)
  await show(() => [
    kit.lines({
      id: 'pipes',
      items: [
        {
          path: [
            [-40, 0, -3],
            [40, 0, -3],
          ],
          color: [255, 0, 0, 255],
          width: 6,
          diameter: 2,
          feature: 'p/under',
        },
        {
          path: [
            [-40, 20, 0.2],
            [40, 20, 0.2],
          ],
          color: [0, 255, 0, 255],
          width: 6,
          diameter: 2,
          feature: 'p/on',
        },
      ],
    }),
  ])
}

/** The brightest channel and the pick at two places. Runs in the page. */
function lookAtPipes() {
  const picture = engine.snapshot()
  return [[0, 0, -3] as [number, number, number], [0, 20, 1] as [number, number, number]].map((at) => {
    const { x, y } = engine.host.project(at)!
    return { colour: engine.colourAt(picture, x, y), pick: engine.host.pick(x, y).feature }
  })
}

test('hides a pipe below the ground, and shows and picks it through the plate underground, from above and from below', async ({
  page,
  address,
}) => {
  const said = await openEngine(page, address)
  await page.evaluate(() => engine.host.setBaseMap({ appearance: 'dark', vectors: [], tilesets: [] }))
  await page.evaluate(drawPipes)
  const [hidden, above] = await page.evaluate(lookAtPipes)
  expect(hidden!.pick).toBeUndefined()
  expect(hidden!.colour[0]).toBeLessThan(40)
  expect(above!.pick).toBe('p/on')
  await page.evaluate(async () => {
    engine.host.setUnderground(true)
    await engine.settled()
  })
  const [through] = await page.evaluate(lookAtPipes)
  expect(through!.pick).toBe('p/under')
  expect(through!.colour[0]).toBeGreaterThan(120)
  await page.evaluate(async () => {
    engine.host.flyTo({ target: [0, 0, 0], range: 300, heading: 20, pitch: 25 }, 0)
    await engine.settled()
  })
  const [below] = await page.evaluate(lookAtPipes)
  expect(below!.pick).toBe('p/under')
  expect(below!.colour[0]).toBeGreaterThan(120)
  // From below the ground is where the look comes out, not on the far side of the earth.
  const out = await page.evaluate(() => engine.host.groundAt(innerWidth / 2, innerHeight / 2))
  expect(Math.hypot(...out!)).toBeLessThan(2)
  expect(said).toEqual([])
})

test('lets the ground itself be looked through: a light below the plate shines through it underground only', async ({
  page,
  address,
}) => {
  await openEngine(page, address)
  const seen = async (): Promise<[number, number, number]> =>
    await page.evaluate(async () => {
      const { host, graphics, cesium } = engine
      host.flyTo({ target: [0, 0, 0], range: 6000, heading: 0, pitch: -60 }, 0)
      await engine.show(() => [])
      const points = graphics().scene.scene.primitives.add(
        new cesium.PointPrimitiveCollection(),
      ) as InstanceType<typeof cesium.PointPrimitiveCollection>
      const deep: [number, number, number] = [0, 0, -1000]
      const { x, y, z } = host.frame.toEarth(deep)
      points.add({ position: new cesium.Cartesian3(x, y, z), color: cesium.Color.RED, pixelSize: 30 })
      await engine.settled()
      const at = host.project(deep)!
      return engine.colourAt(engine.snapshot('cesium'), at.x, at.y)
    })
  expect((await seen())[0]).toBeLessThan(40)
  await page.evaluate(() => engine.host.setUnderground(true))
  expect((await seen())[0]).toBeGreaterThan(100)
})

/** Roof and the four walls of the house as Cesium draws them, each wall looked at squarely. Runs in the page. */
async function coloursOfHouse(appearance: 'dark' | 'light'): Promise<{ roof: number[]; walls: number[][] }> {
  const { host } = engine
  const url = new URL('tiles/tileset.json', location.href).href
  host.setBaseMap({ appearance, vectors: [], tilesets: [{ id: 'b', kind: 'buildings', url }] })
  const walls: number[][] = []
  let roof: number[] = []
  for (const heading of [0, 90, 180, 270]) {
    host.flyTo({ target: [0, 0, 30], range: 2500, heading, pitch: -30 }, 0)
    await engine.show(() => [])
    const picture = engine.snapshot('cesium')
    const colourOf = (at: [number, number, number]): number[] => {
      const { x, y } = host.project(at)!
      return engine.colourAt(picture, x, y)
    }
    const [sin, cos] = [Math.sin((heading * Math.PI) / 180), Math.cos((heading * Math.PI) / 180)]
    roof = colourOf([0, 0, 60])
    walls.push(colourOf([-100 * sin, -100 * cos, 54]))
  }
  return { roof, walls }
}

test('paints the buildings of a base map in the colours of the design, roof and walls', async ({
  page,
  address,
}) => {
  await openEngine(page, address)
  const near = (colour: number[], design: number[], by: number): void =>
    design.forEach((part, channel) => expect(Math.abs(colour[channel]! - part)).toBeLessThanOrEqual(by))
  const dark = await page.evaluate(coloursOfHouse, 'dark' as const)
  near(dark.roof, [0x22, 0x2c, 0x36], 1)
  const [south, west, north, east] = dark.walls
  for (const lit of [west!, north!]) near(lit, [0x1a, 0x22, 0x2b], 3)
  for (const shaded of [south!, east!]) near(shaded, [0x14, 0x1b, 0x22], 3)
  const light = await page.evaluate(coloursOfHouse, 'light' as const)
  near(light.roof, [0xe4, 0xe8, 0xec], 2)
  for (const wall of light.walls) expect(wall[0]).toBeGreaterThan(180)
})
