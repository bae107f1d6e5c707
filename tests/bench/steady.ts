import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join, resolve } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { stringify } from 'yaml'
import { startGateway, temporaryFolder } from '../support/gateway-process.ts'
import { mainThreadLoad } from './page-times.ts'
import { serveReference } from './reference-server.ts'
import type { Row } from './statistics.ts'

const root = resolve(import.meta.dirname, '../..')
const charts = 12
const settleS = 8
const measureS = 15

/** The one feed of both pages: `count` values that all change once a second. */
const valueAt = (nth: number, second: number) => 100 + ((second * 7919 + nth * 104_729) % 1_000) / 10

async function startFeed(count: number) {
  const server = createServer((_request, response) => {
    const second = Math.floor(Date.now() / 1000)
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({
        rows: Array.from({ length: count }, (_, nth) => ({
          n: `i${nth}`,
          t: second * 1000,
          v: valueAt(nth, second),
        })),
      }),
    )
  })
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  return {
    port: (server.address() as { port: number }).port,
    stop: () => new Promise((done) => (server.closeAllConnections(), server.close(done))),
  }
}

/** A city of nothing but `count` indicators that change each second, shown as figures and twelve charts of two lines. */
export function benchCity(count: number, port: number): string {
  const folder = join(temporaryFolder(), 'bench')
  mkdirSync(join(folder, 'indicators'), { recursive: true })
  mkdirSync(join(folder, 'scenes'), { recursive: true })
  for (const file of ['city.yaml', 'city-state.yaml', 'attention.yaml', 'regions.json'])
    cpSync(join(root, 'cities/changchun', file), join(folder, file))
  const city = readFileSync(join(folder, 'city.yaml'), 'utf8').replace(/^demo:.*$/m, 'demo: false')
  writeFileSync(join(folder, 'city.yaml'), city)
  writeFileSync(
    join(folder, 'attention.yaml'),
    stringify({ limit: 3, nearDeadline: 'PT10M', rules: [{ ...firstRule(), match: {} }] }),
  )
  writeFileSync(
    join(folder, 'sources.yaml'),
    stringify({
      sources: [
        {
          id: 'bench',
          name: { zh: '测速' },
          adapter: 'rest-json',
          department: 'statistics',
          provenance: 'synthetic',
          poll: 'PT1S',
          settings: { baseUrl: `http://127.0.0.1:${port}` },
        },
      ],
    }),
  )
  const codes = Array.from({ length: count }, (_, nth) => `LIF.BENCH.I${String(nth).padStart(4, '0')}`)
  writeFileSync(
    join(folder, 'indicators/bench.yaml'),
    stringify({
      indicators: codes.map((code, nth) => ({
        code,
        name: { zh: `测速指标 ${nth}` },
        definition: { zh: '测速用' },
        unit: '1',
        display: { decimals: 1 },
        freq: 'I',
        timeBasis: 'instant',
        direction: 'neutral',
        rollup: 'none',
        department: 'statistics',
        sources: [{ source: 'bench', mapping: benchMapping(nth) }],
      })),
    }),
  )
  writeFileSync(
    join(folder, 'scenes/wall.yaml'),
    stringify({
      id: 'bench',
      console: 'wall',
      name: { zh: '测速' },
      panels: [
        {
          panel: 'FiguresPanel',
          area: 'economy',
          options: { title: { zh: '测速' }, figures: codes.map((code) => ({ code })) },
        },
        ...Array.from({ length: charts }, (_, nth) => ({
          panel: 'TrendPanel',
          // The two areas that share out what room there is, so that every chart is drawn and in sight.
          area: nth < 3 ? 'industry' : 'ecology',
          options: { lines: [{ code: codes[2 * nth] }, { code: codes[2 * nth + 1] }], periods: 60 },
        })),
      ],
    }),
  )
  return folder
}

const benchMapping = (nth: number) => ({
  path: '/values',
  rows: `$.rows[${nth}]`,
  fields: {
    region: { const: '220100' },
    time: { field: '$.t', format: 'epoch-ms' },
    value: { field: '$.v' },
    unit: '1',
  },
})
const firstRule = () => ({
  id: 'none',
  on: 'deviation',
  title: { zh: '{name}' },
  ask: { zh: '{name}' },
  lead: 'owner',
  deadline: { within: 'P1D' },
  score: { base: 1, step: 1 },
  basis: { zh: '测速' },
})

function plainPage(count: number) {
  const script = `
    const grid = document.getElementById('g')
    const cells = Array.from({ length: ${count} }, (_, n) => { const s = document.createElement('span'); s.dataset.indicator = n; grid.append(s); return s })
    const charts = Array.from({ length: ${charts} }, () => {
      const host = document.createElement('div'); host.style.cssText = 'width:460px;height:160px;float:left'; document.body.append(host)
      const lines = [[], []]
      const chart = echarts.init(host, null, { renderer: 'svg' })
      chart.setOption({ animation: false, xAxis: { type: 'time' }, yAxis: { scale: true }, series: lines.map((data) => ({ type: 'line', showSymbol: false, data })) })
      return { chart, lines }
    })
    new EventSource('/stream').onmessage = (event) => {
      const { t, values } = JSON.parse(event.data)
      values.forEach((value, n) => { cells[n].textContent = value.toFixed(1) })
      charts.forEach(({ chart, lines }, n) => {
        lines.forEach((data, s) => { data.push([t, values[2 * n + s]]); if (data.length > 60) data.shift() })
        chart.setOption({ series: lines.map((data) => ({ data })) })
      })
    }`
  return [
    {
      path: '/steady.html',
      type: 'text/html',
      body: `<!doctype html><meta charset="utf-8"><body style="background:#0b0f14;color:#fff"><div id="g" style="display:grid;grid-template-columns:repeat(20,1fr)"></div><script src="/echarts.min.js"></script><script src="/steady.js"></script>`,
    },
    {
      path: '/echarts.min.js',
      type: 'text/javascript',
      body: readFileSync(join(root, 'node_modules/echarts/dist/echarts.min.js')),
    },
    { path: '/steady.js', type: 'text/javascript', body: script },
  ]
}

/** CPU milliseconds of every process of the browser so far; Linux only. */
function browserCpuMs(marker: string): number {
  const table = execFileSync('ps', ['-eo', 'cputimes=,args='], { encoding: 'utf8' }).split('\n')
  return table
    .filter((line) => line.includes(marker))
    .reduce((sum, line) => sum + 1000 * Number(line.trim().split(/\s+/)[0]), 0)
}

/** How many figures and lines of charts look different after that time. */
async function changedWithin(page: Page, ms: number): Promise<{ figures: number; lines: number }> {
  const look = () =>
    page.evaluate(() => ({
      figures: [...document.querySelectorAll('[data-indicator]')].map((cell) => cell.textContent),
      lines: [...document.querySelectorAll('svg path')].map((path) => path.getAttribute('d')),
    }))
  const before = await look()
  await page.waitForTimeout(ms)
  const after = await look()
  const differing = (from: readonly unknown[], to: readonly unknown[]) =>
    to.filter((one, index) => one !== from[index]).length
  return { figures: differing(before.figures, after.figures), lines: differing(before.lines, after.lines) }
}

async function loadOf(browser: Browser, url: string) {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  const session = await page.context().newCDPSession(page)
  await page.goto(url)
  await page.waitForFunction(
    () =>
      [...document.querySelectorAll('[data-indicator]')].filter((cell) => /\d/.test(cell.textContent ?? ''))
        .length >= 190,
    undefined,
    { timeout: 60_000 },
  )
  await page.waitForTimeout(settleS * 1000)
  const cpuBefore = browserCpuMs('chrom')
  const load = await mainThreadLoad(session, measureS)
  const cpu = (browserCpuMs('chrom') - cpuBefore) / measureS
  const alive = await changedWithin(page, 2_500)
  // A page that stands still costs nothing, and would win every race.
  if (alive.figures < 190 || alive.lines < 2 * charts)
    throw new Error(`${url} changed only ${alive.figures} figures and ${alive.lines} lines in 2.5 s`)
  await page.close()
  return { ...load, cpu }
}

export async function benchSteady(
  browser: Browser,
  runs: number,
  say: (line: string) => void,
  count = 200,
): Promise<Row[]> {
  const feed = await startFeed(count)
  const gateway = await startGateway({ CITY: benchCity(count, feed.port), CLOCK_START: undefined })
  const reference = await serveReference(plainPage(count), (write) => {
    const timer = setInterval(() => {
      const second = Math.floor(Date.now() / 1000)
      write(
        JSON.stringify({
          t: second * 1000,
          values: Array.from({ length: count }, (_, nth) => valueAt(nth, second)),
        }),
      )
    }, 1_000)
    return () => clearInterval(timer)
  })
  const ours: Awaited<ReturnType<typeof loadOf>>[] = []
  const plain: typeof ours = []
  try {
    for (let run = 1; run <= runs; run++) {
      ours.push(await loadOf(browser, `${gateway.url}/wall`))
      plain.push(await loadOf(browser, `${reference.url}/steady.html`))
      say(
        `run ${run} of ${runs}: main thread ${ours.at(-1)!.task.toFixed(1)} ms/s, plain page ${plain.at(-1)!.task.toFixed(1)} ms/s`,
      )
    }
  } finally {
    await reference.stop()
    await gateway.stop()
    await feed.stop()
  }
  const row = (metric: string, key: keyof (typeof ours)[number], goal?: Row['goal']): Row => ({
    metric,
    unit: 'ms/s',
    ours: ours.map((load) => load[key]),
    reference: { name: 'plain ECharts', values: plain.map((load) => load[key]) },
    ...(goal ? { goal } : {}),
  })
  return [
    row(`main thread, ${count} indicators at 1 Hz + ${charts} charts`, 'task', { kind: 'ratio', atMost: 1 }),
    row('of that script', 'script'),
    row('of that style and layout', 'layout'),
    row('all browser processes, CPU', 'cpu'),
  ]
}
