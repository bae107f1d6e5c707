import { createServer } from 'node:http'
import type { Browser } from '@playwright/test'
import { startGateway } from '../support/gateway-process.ts'
import { namedFunctions } from './page-times.ts'
import { type Row, percentile } from './statistics.ts'
import { benchCity } from './steady.ts'

const pollMs = 1_000
const indicators = 20

interface Change {
  text: string
  changedAt: number
  answeredAt?: number
  paintedAt?: number | undefined
}

/** An upstream whose value changes at moments of its own, unrelated to when it is asked. */
async function startChanging(changes: number, say: (line: string) => void) {
  const log: Change[] = []
  const change = () => {
    const value = 100 + log.length + 0.5
    log.push({ text: value.toFixed(1), changedAt: Date.now() })
    if (log.length % 10 === 0) say(`change ${log.length} of ${changes}`)
  }
  const server = createServer((_request, response) => {
    const now = log.at(-1)
    const rows = Array.from({ length: indicators }, () => ({ t: Date.now(), v: Number(now?.text ?? 1) }))
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ rows }))
    if (now) now.answeredAt ??= Date.now()
  })
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  return {
    port: (server.address() as { port: number }).port,
    log,
    change,
    stop: () => new Promise((done) => (server.closeAllConnections(), server.close(done))),
  }
}

/** Runs in the page: notes the frame after which each text of the first figure stands. */
function watchTexts(): void {
  const seen: Record<string, number> = {}
  Object.assign(window, { seen })
  const look = () => {
    const text = document.querySelector('[data-indicator="LIF.BENCH.I0000"] .digits')?.textContent
    if (text) seen[text] ??= Date.now()
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

/** Upstream's answer to paint, and change to paint, over changes at random moments. One value per change, p95 as a row of its own. */
export async function benchLive(
  browser: Browser,
  changes: number,
  say: (line: string) => void,
): Promise<Row[]> {
  const upstream = await startChanging(changes, say)
  const gateway = await startGateway({ CITY: benchCity(indicators, upstream.port), CLOCK_START: undefined })
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  try {
    await page.addInitScript(namedFunctions)
    await page.addInitScript(watchTexts)
    await page.goto(`${gateway.url}/wall`)
    await page.waitForFunction(() =>
      /\d/.test(document.querySelector('[data-indicator="LIF.BENCH.I0000"] .digits')?.textContent ?? ''),
    )
    for (let n = 0; n < changes; n++) {
      upstream.change()
      // Spread over the poll's phase by steps that share no period with it.
      await new Promise((done) => setTimeout(done, 2_200 + ((n * 377) % pollMs)))
    }
    const seen = await page.evaluate(() => (window as unknown as { seen: Record<string, number> }).seen)
    for (const one of upstream.log) one.paintedAt = seen[one.text]
  } finally {
    await page.close()
    await gateway.stop()
    await upstream.stop()
  }
  const painted = upstream.log.filter((one) => one.paintedAt !== undefined && one.answeredAt !== undefined)
  say(`${painted.length} of ${changes} changes were painted`)
  const answerToPaint = painted.map((one) => one.paintedAt! - one.answeredAt!)
  const changeToPaint = painted.map((one) => one.paintedAt! - one.changedAt)
  return [
    { metric: `upstream's answer to paint (${painted.length} changes)`, unit: 'ms', ours: answerToPaint },
    {
      metric: "upstream's answer to paint, p95",
      unit: 'ms',
      ours: [percentile(answerToPaint, 95)],
      goal: { kind: 'value', atMost: 250 },
    },
    { metric: 'change to paint, poll 1 s', unit: 'ms', ours: changeToPaint },
    {
      metric: 'change to paint, p95',
      unit: 'ms',
      ours: [percentile(changeToPaint, 95)],
      goal: { kind: 'value', atMost: pollMs + 300 },
    },
  ]
}
