import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from '@playwright/test'
import { seeded } from '../../src/domain/random.ts'
import type { CameraView } from '../../src/map/engine/city-camera.ts'
import { serveFolder } from '../e2e/support/static-server.ts'
import { buildMapPage } from '../support/map-page/build.ts'
import type { MapEngine } from '../support/map-page/main.ts'
import type { PlainPage } from '../support/map-page/plain-cesium.ts'
import { dotFrames, drawnErrors, lossTimes, registrationErrors, turningLags } from './map-pages.ts'
import { benchLosses } from './map-losses.ts'
import { type Row, median, percentile } from './statistics.ts'

/** In the pages. */
declare const engine: MapEngine
declare const plain: PlainPage

/** A video wall, and how few points show what its pixels cost. */
const WALL = { width: 5760, height: 2160 }
const WALL_COUNT = 10_000
const WALL_FRAMES = 2
const CENTER = { longitude: 125.32, latitude: 43.9 }
const POSES = 504
const DRAWN_POSES = 12
const LOSSES = 100
const COUNTS = [1_000, 10_000, 100_000]
const FRAMES = 8
const IDLE_MS = 5_000

/** The map's engine beside a plain Cesium page and a plain deck.gl page that draw the same, all in this browser and run. */
export async function benchMap(browser: Browser, runs: number, say: (line: string) => void): Promise<Row[]> {
  const { folder, remove } = await buildMapPage()
  const server = await serveFolder(folder)
  const open = (name: string, viewport?: Viewport) =>
    openPage(browser, `${server.url}/${name}.html`, viewport)
  try {
    return [
      ...(await exactness(await open('index'), say)),
      ...(await firstFrames(browser, server.url, runs, say)),
      ...(await pointCosts(open, say)),
      ...(await wallCosts(open, say)),
      ...(await benchLosses(browser, LOSSES, say)),
      ...(await idleShares(browser, open, say)),
      ...chunkSizes(),
    ]
  } finally {
    await server.stop()
    remove()
  }
}

interface Viewport {
  width: number
  height: number
}

async function openPage(
  browser: Browser,
  address: string,
  viewport: Viewport = { width: 1280, height: 720 },
): Promise<Page> {
  const page = await browser.newPage({ viewport })
  // The runner names the functions it hands over.
  await page.addInitScript('globalThis.__name = (named) => named')
  await page.goto(address)
  await page.waitForFunction(() => 'engine' in globalThis || 'plain' in globalThis, undefined, {
    polling: 100,
    timeout: 120_000,
  })
  return page
}

/** Cameras over the city: from a street crossing to the whole city, from straight down to nearly level. */
function randomViews(count: number, seed: string): CameraView[] {
  const random = seeded(seed)
  const between = (low: number, high: number): number => low + random.nextFraction() * (high - low)
  return Array.from({ length: count }, () => ({
    target: [between(-40_000, 40_000), between(-40_000, 40_000), 0],
    range: 800 * 600 ** random.nextFraction(),
    heading: between(0, 360),
    pitch: between(-88, -15),
  }))
}

async function exactness(page: Page, say: (line: string) => void): Promise<Row[]> {
  say(`registration over ${POSES} poses …`)
  const computed = await page.evaluate(registrationErrors, randomViews(POSES, 'poses'))
  say(`  ${computed.length} points; now drawn …`)
  const drawn = await page.evaluate(drawnErrors, { views: randomViews(DRAWN_POSES, 'drawn'), reach: 12 })
  say(`  ${drawn.length} dots; now turning …`)
  const lags = await page.evaluate(turningLags, 40)
  say(`  ${lags.length} frames; now ${LOSSES} losses …`)
  const losses = await page.evaluate(lossTimes, LOSSES)
  const failed = await page.evaluate(() => engine.told.failed)
  await page.close()
  if (drawn.length < 100 || lags.length < 20) throw new Error('too few dots were found to compare')
  const row = (metric: string, unit: string, value: number, atMost: number): Row => ({
    metric,
    unit,
    ours: [value],
    goal: { kind: 'value', atMost },
  })
  return [
    row(`registration computed, p95 of ${computed.length}`, 'px', percentile(computed, 95), 0.01),
    row(`registration computed, worst of ${computed.length}`, 'px', Math.max(...computed), 0.01),
    row(`registration drawn, worst of ${drawn.length}`, 'px', Math.max(...drawn), 0.5),
    row(`lag while turning 1° a frame, worst of ${lags.length}`, 'px', Math.max(...lags), 1),
    row(`picture back after a lost context, worst of ${losses.length}`, 'ms', Math.max(...losses), 5000),
    row(`picture back after a lost context, median of ${losses.length}`, 'ms', median(losses), 5000),
    row(`maps given up after ${LOSSES} losses in a row`, '', failed, 0),
  ]
}

async function firstFrames(
  browser: Browser,
  url: string,
  runs: number,
  say: (line: string) => void,
): Promise<Row[]> {
  const [ours, cesium, deck]: [number[], number[], number[]] = [[], [], []]
  for (let run = 0; run < runs; run++) {
    say(`first frame, run ${run + 1} of ${runs}`)
    const own = await openPage(browser, `${url}/index.html`)
    await own.evaluate(() => engine.show(() => []))
    ours.push(await own.evaluate(() => engine.told.firstFrameMs))
    await own.close()
    for (const [name, times] of [
      ['plain-cesium', cesium],
      ['plain-deck', deck],
    ] as const) {
      const page = await openPage(browser, `${url}/${name}.html`)
      await page.waitForFunction(() => plain.firstFrame() !== undefined)
      times.push((await page.evaluate(() => plain.firstFrame()))!)
      await page.close()
    }
  }
  const metric = 'first map frame of both canvases'
  return [
    { metric, unit: 'ms', ours, reference: { name: 'plain Cesium', values: cesium } },
    { metric, unit: 'ms', ours, reference: { name: 'plain deck.gl', values: deck } },
  ]
}

function scattered(count: number): number[] {
  const random = seeded('points')
  return Array.from({ length: count }, () => [
    CENTER.longitude + random.nextFraction() - 0.5,
    CENTER.latitude + (random.nextFraction() - 0.5) * 0.7,
  ]).flat()
}

type Open = (name: string, viewport?: Viewport) => Promise<Page>

async function pointCosts(open: Open, say: (line: string) => void): Promise<Row[]> {
  const pages = await openThree(open)
  const rows: Row[] = []
  for (const count of COUNTS) {
    say(`${count} points, turning …`)
    rows.push(...(await turnCosts(pages, count, FRAMES, `frame with ${count} points, both canvases`)))
  }
  await Promise.all(Object.values(pages).map((page) => page.close()))
  return rows
}

/**
 * On the canvas of a video wall ours draws fewer pixels than the plain pages where the machine is spared them; the row says how
 * many. One page after the other: three such canvases at once are more than a machine without a card can hold.
 */
async function wallCosts(open: Open, say: (line: string) => void): Promise<Row[]> {
  const lonLats = scattered(WALL_COUNT)
  const on = async <T>(name: string, measure: (page: Page) => Promise<T>): Promise<T> => {
    say(`${WALL_COUNT} points at ${WALL.width}×${WALL.height}, turning: ${name} …`)
    const page = await open(name, WALL)
    const measured = await measure(page)
    await page.close()
    return measured
  }
  const { share, ours } = await on('index', async (page) => ({
    ours: await page.evaluate(dotFrames, { lonLats, frames: WALL_FRAMES }),
    share: await page.evaluate(() => engine.graphics().scene.resolutionScale),
  }))
  const cesium = await on('plain-cesium', (page) => plainFrames(page, lonLats, WALL_FRAMES))
  const deck = await on('plain-deck', (page) => plainFrames(page, lonLats, WALL_FRAMES))
  const metric = `frame with ${WALL_COUNT} points at ${WALL.width}×${WALL.height}, drawn at ${share} of its width`
  return [
    { metric, unit: 'ms', ours, reference: { name: 'plain Cesium points', values: cesium } },
    { metric, unit: 'ms', ours, reference: { name: 'plain deck.gl scatter', values: deck } },
  ]
}

type Three = Record<'own' | 'cesium' | 'deck', Page>

async function openThree(open: Open): Promise<Three> {
  return {
    own: await open('index'),
    cesium: await open('plain-cesium'),
    deck: await open('plain-deck'),
  }
}

/** The same points and turns on our page and on both plain ones. */
async function turnCosts(pages: Three, count: number, frames: number, metric: string): Promise<Row[]> {
  const lonLats = scattered(count)
  await pages.own.bringToFront()
  const ours = await pages.own.evaluate(dotFrames, { lonLats, frames })
  const reference = async (name: string, page: Page) => ({
    name,
    values: await plainFrames(page, lonLats, frames),
  })
  return [
    { metric, unit: 'ms', ours, reference: await reference('plain Cesium points', pages.cesium) },
    { metric, unit: 'ms', ours, reference: await reference('plain deck.gl scatter', pages.deck) },
  ]
}

async function plainFrames(page: Page, lonLats: number[], frames: number): Promise<number[]> {
  await page.bringToFront()
  await page.evaluate(({ at, all }) => plain.show(at.longitude, at.latitude, all), {
    at: CENTER,
    all: lonLats,
  })
  const times: number[] = []
  // The first pictures build what the others use.
  for (let frame = -2; frame < frames; frame++) {
    const time = await page.evaluate((degrees) => plain.turn(degrees), frame / 2)
    if (frame >= 0) times.push(time)
  }
  return times
}

/** Processor time of all of the browser's processes, in seconds. */
async function processorSeconds(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0)
}

async function idleShares(
  browser: Browser,
  open: (name: string) => Promise<Page>,
  say: (line: string) => void,
): Promise<Row[]> {
  const shareOf = async (name: string): Promise<number> => {
    say(`idle: ${name} …`)
    const page = await open(name)
    await page.evaluate(async (all) => {
      if ('plain' in globalThis) plain.show(125.32, 43.9, all)
      else await engine.show(() => [])
    }, scattered(1_000))
    await page.waitForTimeout(2_000)
    const before = await processorSeconds(browser)
    await page.waitForTimeout(IDLE_MS)
    const share = ((await processorSeconds(browser)) - before) / (IDLE_MS / 1000)
    await page.close()
    return share * 100
  }
  const nothing = await shareOf('index')
  const metric = 'idle: share of one core, browser and all'
  const reference = async (name: string, page: string) => ({ name, values: [await shareOf(page)] })
  return [
    { metric, unit: '%', ours: [nothing], reference: await reference('plain Cesium', 'plain-cesium') },
    { metric, unit: '%', ours: [nothing], reference: await reference('plain deck.gl', 'plain-deck') },
  ]
}

/** Bytes of the built app's heavy chunks, gzip -9; 1 kB = 1000 bytes. */
function chunkSizes(): Row[] {
  const assets = join(resolve(import.meta.dirname, '../..'), 'dist/client/assets')
  return [
    ['cesium', 1100],
    ['deck', 320],
  ].map(([group, atMost]): Row => {
    const files = readdirSync(assets).filter((file) => new RegExp(`^${group}-[^.]+\\.(js|css)$`).test(file))
    const bytes = files.reduce(
      (sum, file) => sum + gzipSync(readFileSync(join(assets, file)), { level: 9 }).length,
      0,
    )
    return {
      metric: `${group} chunk, gzip -9`,
      unit: 'kB',
      ours: [bytes / 1000],
      goal: { kind: 'value', atMost: Number(atMost) },
    }
  })
}
