import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rootTransform } from '../../scripts/city/tiles/root-transform.ts'
import { EnuFrame } from '../../src/map/engine/enu-frame.ts'
import type { MapEngine } from '../support/map-page/main.ts'
import { b3dm, cubeGlb } from '../support/glb-tiles.ts'
import { engineTest, openEngine } from './support/engine-page.ts'
import { expect } from './support/sealed.ts'

/** In the page. */
declare const engine: MapEngine

const frame = new EnuFrame(125.32, 43.9)

const test = engineTest(writeModels)

const half = Math.SQRT1_2
/** A tower of 60 × 60 × 300 m, its near corner 300 m east of the origin: a turned node in a moved one, as exporters write it. */
const tower = [
  { translation: [300, 0, 0], children: [1] },
  { rotation: [0, half, 0, half], children: [2] },
  { mesh: 0, scale: [60, 300, 60] },
]

function writeModels(folder: string): void {
  const nested = cubeGlb({ nodes: tower, roots: [0] })
  // Counted from a centre, as tiles of old are.
  const counted = [{ ...tower[0]!, translation: [100, 0, 0] }, ...tower.slice(1)]
  const batched = cubeGlb({ nodes: counted, roots: [0], featureAttribute: '_BATCHID' })
  const table = { BATCH_LENGTH: 1, RTC_CENTER: [200, 0, 0] }
  write(join(folder, 'nested'), '0.glb', '1.1', nested)
  write(join(folder, 'batched'), '0.b3dm', '1.0', b3dm(batched, table, { id: ['tower-1'] }))
  // A model in two files: Cesium draws it, and its depth is not read.
  const length = nested.readUInt32LE(12)
  const gltf = JSON.parse(nested.toString('utf8', 20, 20 + length)) as { buffers: object[] }
  gltf.buffers = [{ ...gltf.buffers[0], uri: '0.bin' }]
  write(join(folder, 'parted'), '0.gltf', '1.1', Buffer.from(JSON.stringify(gltf)))
  writeFileSync(join(folder, 'parted/0.bin'), nested.subarray(28 + length))
}

function write(folder: string, uri: string, version: string, content: Buffer): void {
  mkdirSync(folder)
  writeFileSync(join(folder, uri), content)
  const box = [330, 30, 150, 60, 0, 0, 0, 60, 0, 0, 0, 160]
  const root = { boundingVolume: { box }, geometricError: 0, refine: 'ADD', content: { uri } }
  const tileset = {
    asset: { version },
    geometricError: 2000,
    root: { ...root, transform: rootTransform(frame) },
  }
  writeFileSync(join(folder, 'tileset.json'), JSON.stringify(tileset))
}

/** A dot behind the tower and one in front of it, before and after the model stands. Runs in the page. */
async function lookAt(model: string) {
  const { host, kit, show, settled } = engine
  host.flyTo({ target: [330, 30, 0], range: 4000, heading: 348, pitch: -40 }, 0)
  await show(() => [
    kit.dots({
      id: 'dots',
      positions: new Float32Array([330, 100, 10, 330, -30, 5]),
      colors: new Uint8Array([255, 0, 0, 255, 0, 255, 0, 255]),
      size: 14,
      features: ['d/behind', 'd/front'],
    }),
  ])
  const look = () => {
    const picture = engine.snapshot()
    return [[330, 100, 10] as const, [330, -30, 5] as const, [330, 30, 150] as const].map((at) => {
      const { x, y } = host.project([...at])!
      const { feature, ground } = host.pick(x, y)
      return { red: engine.colourAt(picture, x, y)[0] > 200, feature, ground: ground !== undefined }
    })
  }
  /** Drawings reach the canvas a frame or more after they were asked for, on a busy machine much later. */
  const lookUntil = async (isDrawn: (seen: ReturnType<typeof look>) => boolean) => {
    let seen = look()
    for (let tries = 0; !isDrawn(seen) && tries < 300; tries++) {
      await new Promise(requestAnimationFrame)
      seen = look()
    }
    return seen
  }
  const before = await lookUntil(([behind]) => behind!.red)
  const url = new URL(`${model}/tileset.json`, location.href).href
  const faults: string[] = []
  const unread = (tileset: string, fault: string) => void faults.push(`${tileset}: ${fault}`)
  host.setBaseMap({
    appearance: 'dark',
    vectors: [],
    tilesets: [{ id: 'own', kind: 'buildings', url }],
    unread,
  })
  const { x, y } = host.project([330, 30, 150])!
  for (let tries = 0; host.pick(x, y).ground !== undefined && faults.length === 0; tries++) {
    if (tries > 1200) throw new Error('the tower never stood')
    await new Promise(requestAnimationFrame)
  }
  await settled()
  const after = await lookUntil(([behind]) => faults.length > 0 || !behind!.red)
  return { before, after, faults }
}

for (const [model, name] of [
  ['nested', undefined],
  ['batched', 'own/tower-1'],
] as const)
  test(`a tower of a city's own 3D Tiles (${model}) hides what is behind it, shows what is in front, and is picked`, async ({
    page,
    address,
  }) => {
    await openEngine(page, address)
    const { before, after, faults } = await page.evaluate(lookAt, model)
    expect(before.map(({ feature }) => feature)).toEqual(['d/behind', 'd/front', undefined])
    expect(before.map(({ red }) => red)).toEqual([true, false, false])
    expect(after).toEqual([
      { red: false, feature: name, ground: false },
      { red: false, feature: 'd/front', ground: after[1]!.ground },
      { red: false, feature: name, ground: false },
    ])
    expect(faults).toEqual([])
  })

test('says which tiles hide nothing because they are kept in a form that is not read', async ({
  page,
  address,
}) => {
  await openEngine(page, address)
  const { faults } = await page.evaluate(lookAt, 'parted')
  expect(new Set(faults)).toEqual(new Set(['own: format']))
})

/** How much bluer than red the tower is: dry, in water, in water that is foretold, and dry again. Runs in the page. */
async function wet() {
  const { host, show, settled } = engine
  host.flyTo({ target: [330, 30, 0], range: 1500, heading: 348, pitch: -40 }, 0)
  await show(() => [])
  const url = new URL('batched/tileset.json', location.href).href
  const base = { appearance: 'dark', vectors: [], tilesets: [{ id: 'own', kind: 'buildings', url }] } as const
  const water = (west: number, forecast: boolean) => ({
    forecast,
    polygons: [
      [
        [
          [west, 0, 0],
          [west + 60, 0, 0],
          [west + 60, 60, 0],
          [west, 60, 0],
        ],
      ],
    ] satisfies [number, number, number][][][],
  })
  const look = async (until: (blue: number) => boolean, ground?: ReturnType<typeof water>) => {
    host.setBaseMap({ ...base, wet: ground })
    for (let tries = 0; tries < 600; tries++) {
      await settled()
      const { x, y } = host.project([330, 30, 150])!
      const [red, , blue] = engine.colourAt(engine.snapshot(), x, y)
      if (host.pick(x, y).ground === undefined && until(blue - red)) return blue - red
      await new Promise(requestAnimationFrame)
    }
    throw new Error('the tower never took its colour')
  }
  const dry = await look(() => true)
  const beside = await look((blue) => blue === dry, water(500, false))
  const flooded = await look((blue) => blue > dry * 1.5, water(300, false))
  const foretold = await look((blue) => blue !== flooded, water(300, true))
  const after = await look((blue) => blue !== foretold)
  return { dry, beside, flooded, foretold, after }
}

test('a tower in the water wears its colour, half of it where the water is foretold, and its own again after', async ({
  page,
  address,
}) => {
  test.setTimeout(120_000)
  await openEngine(page, address)
  const { dry, beside, flooded, foretold, after } = await page.evaluate(wet)
  expect([beside, after]).toEqual([dry, dry])
  expect(foretold).toBeGreaterThan(dry)
  expect(foretold).toBeLessThan(flooded)
})
