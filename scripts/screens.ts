import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Browser, type Page, chromium } from '@playwright/test'
import { findGraphics, launchOptions } from '../tests/e2e/support/graphics.ts'
import { startGateway } from '../tests/support/gateway-process.ts'
import { bringUpToDate } from './build.mjs'

const HELP = `npm run screens [-- --url http://127.0.0.1:8080] [--only wall,desk] [--out docs/screens]

Takes a picture of every console in every size, once figures, fonts and map stand. Without --url it builds what is old and
starts a gateway of its own, with an empty store and the clock of the tests.`

const SHOTS: [console: string, width: number, height: number][] = [
  ['wall', 1920, 1080],
  ['wall', 5760, 2160],
  ['desk', 1920, 1080],
  ['desk', 1440, 900],
  ['analyst', 1920, 1080],
  ['analyst', 1440, 900],
  ['kiosk', 1920, 1080],
  ['kiosk', 3840, 2160],
]
/** A gateway that has just begun fills panel by panel; a map in software paints for a while. */
const PATIENCE_MS = 120_000

function option(args: string[], name: string): string | undefined {
  const at = args.indexOf(name)
  return at === -1 ? undefined : args[at + 1]
}

async function main(args: string[]): Promise<void> {
  if (args.includes('--help')) return console.log(HELP)
  const out = resolve(import.meta.dirname, '..', option(args, '--out') ?? 'docs/screens')
  const only = option(args, '--only')?.split(',')
  mkdirSync(out, { recursive: true })
  const url = option(args, '--url')
  if (url === undefined) await bringUpToDate(console.log)
  const gateway = url === undefined ? await startGateway() : undefined
  const { way, renderer } = await findGraphics()
  console.log(`WebGL by ${way}: ${renderer}`)
  const browser = await chromium.launch(launchOptions(way))
  try {
    await untilSourcesAnswered(url ?? gateway?.url ?? '')
    for (const [name, width, height] of SHOTS.filter(([shot]) => only?.includes(shot) ?? true)) {
      const file = join(out, `${name}-${width}x${height}.png`)
      const open = await shoot(browser, `${url ?? gateway?.url}/${name}`, { width, height }, file)
      console.log(`${file}${open.length > 0 ? `  (still ${open.join(', ')})` : ''}`)
    }
  } finally {
    await browser.close()
    await gateway?.stop()
  }
}

/** A gateway that has just begun reads its sources one after the other; a picture before that shows half a city. */
async function untilSourcesAnswered(url: string): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS
  while (performance.now() < giveUpAt) {
    const { sources } = (await (await fetch(`${url}/healthz`)).json()) as {
      sources: { ok: number; all: number }
    }
    if (sources.ok === sources.all && sources.all > 0) return
    await new Promise((later) => setTimeout(later, 500))
  }
  console.log('Not every source has answered yet; the pictures show that.')
}

/** Answers what had not come to rest when patience ended. */
async function shoot(
  browser: Browser,
  url: string,
  viewport: { width: number; height: number },
  file: string,
) {
  const page = await browser.newPage({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  const open: string[] = []
  try {
    await page.goto(withMap3d(url), { waitUntil: 'domcontentloaded' })
    const rest = async (what: string, done: () => boolean) => {
      await page
        .waitForFunction(done, undefined, { timeout: PATIENCE_MS, polling: 250 })
        .catch(() => open.push(what))
    }
    await rest('without a figure', () => document.querySelector('[data-indicator]') !== null)
    await rest('loading', () => document.querySelector('[data-state="loading"]') === null)
    await rest('drawing the map', () => {
      const map = document.querySelector('[data-map]')
      return map === null || map.getAttribute('data-map') === 'idle'
    })
    await fontsOf(page)
    await page.screenshot({ path: file })
  } finally {
    await page.close()
  }
  return open
}

/** Whatever the machine that takes the pictures is good at. */
function withMap3d(url: string): string {
  const address = new URL(url)
  if (!address.searchParams.has('map')) address.searchParams.set('map', '3d')
  return address.href
}

/** Fonts are fetched after the first figure: wait until some are there, then until all asked for are. */
async function fontsOf(page: Page): Promise<void> {
  await page
    .waitForFunction(() => document.fonts.size > 0, undefined, { timeout: 10_000 })
    .catch(() => undefined)
  await page.evaluate(async () => {
    await document.fonts.ready
  })
}

await main(process.argv.slice(2))
