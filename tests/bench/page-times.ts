import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test'

/** 10 Mbit/s, 20 ms: the network of a district office. */
export async function slowNetwork(session: CDPSession): Promise<void> {
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 20,
    downloadThroughput: 1_250_000,
    uploadThroughput: 1_250_000,
  })
}

/** The loader that runs these scripts wraps inner functions in a call the page does not know. */
export const namedFunctions = 'globalThis.__name = (named) => named'

/** Runs in the page before its own code: notes the first frame in which a figure with a digit stands in the document. */
export function watchFirstFigure(selector: string): void {
  const marks = ((window as unknown as { marks: Record<string, number> }).marks ??= {})
  const look = () => {
    const figure = [...document.querySelectorAll(selector)].find((element) =>
      /\d/.test(element.textContent ?? ''),
    )
    if (figure) marks['firstFigure'] = performance.now()
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

export interface Opened {
  context: BrowserContext
  page: Page
  session: CDPSession
  bytes(): number
}

/** A fresh context, so that nothing is cached, on the slow network; counts the bytes that came over it. */
export async function openFresh(
  browser: Browser,
  viewport: { width: number; height: number },
  selector: string,
): Promise<Opened> {
  const context = await browser.newContext({ viewport })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await slowNetwork(session)
  let bytes = 0
  session.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength))
  await page.addInitScript(namedFunctions)
  await page.addInitScript(watchFirstFigure, selector)
  return { context, page, session, bytes: () => bytes }
}

export async function mark(page: Page, name: string, timeoutMs = 60_000): Promise<number> {
  const found = await page.waitForFunction(
    (key) => (window as unknown as { marks?: Record<string, number> }).marks?.[key],
    name,
    { timeout: timeoutMs },
  )
  return (await found.jsonValue()) as number
}

/** Main-thread milliseconds per second over `seconds`, by the browser's own count. */
export async function mainThreadLoad(
  session: CDPSession,
  seconds: number,
): Promise<{ task: number; script: number; layout: number }> {
  await session.send('Performance.enable')
  const read = async () =>
    Object.fromEntries(
      (await session.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]),
    )
  const before = await read()
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000))
  const after = await read()
  const per = (name: string) =>
    (1_000 * (after[name]! - before[name]!)) / (after['Timestamp']! - before['Timestamp']!)
  return {
    task: per('TaskDuration'),
    script: per('ScriptDuration'),
    layout: per('LayoutDuration') + per('RecalcStyleDuration'),
  }
}
