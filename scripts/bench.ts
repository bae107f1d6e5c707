import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Browser, chromium } from '@playwright/test'
import { benchBuilder } from '../tests/bench/builder.ts'
import { benchLive } from '../tests/bench/live.ts'
import { benchMap } from '../tests/bench/map.ts'
import { benchSearch } from '../tests/bench/search.ts'
import { benchStart } from '../tests/bench/start.ts'
import { type Row, resultOf, tableOf } from '../tests/bench/statistics.ts'
import { benchSteady } from '../tests/bench/steady.ts'
import { findGraphics, launchOptions } from '../tests/e2e/support/graphics.ts'
import { startGateway } from '../tests/support/gateway-process.ts'
import { bringUpToDate } from './build.mjs'

const HELP = `npm run bench -- start | steady | live | map | search | city [--runs 9] [--indicators 200] [--url http://127.0.0.1:8080]

start   first figure cold and warm on 10 Mbit/s with 20 ms, and the interactive map, beside a plain ECharts page, a plain
        Cesium page and a static page of equal bytes
steady  main-thread milliseconds per second with 200 indicators at 1 Hz and 12 charts, beside a plain ECharts page
        without animation
live    from a change at the upstream, and from its answer, to the painted figure, over 40 changes
map     registration, lag, lost contexts, first frame, cost of points and idle share of the 3D map, beside a plain Cesium page
        and a plain deck.gl page that draw the same
search  from Enter in the search box to the card of what was found, one of each kind, on the 3D map beside the flat one
city    a base map of 50,000 buildings built by npm run city

Runs are interleaved with their reference. Prints a table and writes docs/bench/<name>.json.
--url measures a gateway that is already running (start only); without it one is started for the bench.`

const say = (line: string) => void process.stderr.write(`${line}\n`)

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean' },
      runs: { type: 'string', default: '9' },
      indicators: { type: 'string', default: '200' },
      url: { type: 'string' },
    },
  })
  const [what] = positionals
  if (values.help || !['start', 'steady', 'live', 'map', 'search', 'city'].includes(what ?? '')) {
    process.stdout.write(`${HELP}\n`)
    process.exitCode = values.help ? 0 : 1
    return
  }
  if (what === 'city') {
    store(what, await benchBuilder(Number(values.runs), say), {})
    return
  }
  await bringUpToDate(say)
  const { way, renderer } = await findGraphics()
  say(`WebGL by ${way}: ${renderer}`)
  const browser = await chromium.launch(launchOptions(way))
  try {
    const rows = await rowsOf(String(what), browser, values)
    store(String(what), rows, { renderer, browser: browser.version() })
  } finally {
    await browser.close()
  }
}

function store(what: string, rows: Row[], drawnBy: { renderer?: string; browser?: string }): void {
  const results = rows.map(resultOf)
  process.stdout.write(`${tableOf(results)}\n`)
  const folder = join(resolve(import.meta.dirname, '..'), 'docs/bench')
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, `${what}.json`),
    `${JSON.stringify({ what, at: new Date().toISOString(), node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, ...drawnBy, results, rows }, null, 2)}\n`,
  )
}

async function rowsOf(
  what: string,
  browser: Browser,
  { runs, indicators, url }: { runs: string; indicators: string; url?: string | undefined },
): Promise<Row[]> {
  if (what === 'live') return benchLive(browser, 40, say)
  if (what === 'map') return benchMap(browser, Number(runs), say)
  if (what === 'search') return benchSearch(browser, Number(runs), say)
  if (what === 'start') return start(browser, Number(runs), url)
  return benchSteady(browser, Number(runs), say, Number(indicators))
}

async function start(browser: Browser, runs: number, url: string | undefined): Promise<Row[]> {
  if (url !== undefined) return benchStart(browser, `${url}/wall`, runs, say)
  const gateway = await startGateway()
  try {
    say('waiting for the figures of the demo city …')
    await untilFilled(gateway.url)
    return await benchStart(browser, `${gateway.url}/wall`, runs, say)
  } finally {
    await gateway.stop()
  }
}

/** The store has the latest value of most series when their number no longer grows. */
async function untilFilled(url: string): Promise<void> {
  let before = -1
  for (let tries = 0; tries < 60; tries++) {
    const answer = (await (await fetch(`${url}/api/observations/latest`)).json()) as {
      observations: unknown[]
    }
    if (answer.observations.length > 100 && answer.observations.length === before) return
    before = answer.observations.length
    await new Promise((done) => setTimeout(done, 3_000))
  }
  throw new Error('the demo city did not fill within three minutes')
}

await main()
