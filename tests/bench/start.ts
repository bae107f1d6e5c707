import { randomBytes } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import type { Browser } from '@playwright/test'
import { mark, namedFunctions, openFresh, slowNetwork, watchFirstFigure } from './page-times.ts'
import { type ReferencePage, serveReference } from './reference-server.ts'
import type { Row } from './statistics.ts'

const root = resolve(import.meta.dirname, '../..')
const viewport = { width: 1920, height: 1080 }
const figure = '[data-indicator]'

interface Times {
  cold: number
  coldBytes: number
  warm: number
  warmBytes: number
}

/** First figure of one page: cold on the slow network, then the same page again with what the browser kept. */
async function firstFigure(browser: Browser, url: string, selector: string): Promise<Times> {
  const opened = await openFresh(browser, viewport, selector)
  await opened.page.goto(url, { waitUntil: 'commit' })
  const cold = await mark(opened.page, 'firstFigure')
  const coldBytes = opened.bytes()
  await opened.page.waitForLoadState('networkidle')
  const page = await opened.context.newPage()
  const session = await opened.context.newCDPSession(page)
  await slowNetwork(session)
  let warmBytes = 0
  session.on('Network.loadingFinished', (event) => (warmBytes += event.encodedDataLength))
  await page.addInitScript(namedFunctions)
  await page.addInitScript(watchFirstFigure, selector)
  await page.goto(url, { waitUntil: 'commit' })
  const warm = await mark(page, 'firstFigure')
  const bytes = warmBytes
  await opened.context.close()
  return { cold, coldBytes, warm, warmBytes: bytes }
}

/** Until `selector` is in the page: the map stands and answers a pick. */
async function interactiveMap(browser: Browser, url: string, selector: string): Promise<number> {
  const opened = await openFresh(browser, viewport, figure)
  await opened.page.goto(url, { waitUntil: 'commit' })
  const at = await opened.page.waitForFunction(
    (wanted) => (document.querySelector(wanted) ? performance.now() : undefined),
    selector,
    { timeout: 120_000, polling: 'raf' },
  )
  const time = await at.jsonValue()
  await opened.context.close()
  return time ?? 0
}

export async function benchStart(
  browser: Browser,
  wall: string,
  runs: number,
  say: (line: string) => void,
): Promise<Row[]> {
  const first = await firstFigure(browser, wall, figure)
  const reference = await serveReference([
    staticPage(first.coldBytes),
    ...staticScript(first.coldBytes),
    ...echartsPage(),
    ...cesiumPage(),
  ])
  const times = {
    ours: [] as Times[],
    static: [] as Times[],
    echarts: [] as Times[],
    map: [] as number[],
    cesium: [] as number[],
  }
  try {
    for (let run = 1; run <= runs; run++) {
      times.ours.push(await firstFigure(browser, wall, figure))
      times.static.push(await firstFigure(browser, `${reference.url}/static.html`, figure))
      times.echarts.push(await firstFigure(browser, `${reference.url}/echarts.html`, figure))
      times.map.push(await interactiveMap(browser, `${wall}?map=3d`, '[data-map="idle"]'))
      times.cesium.push(await interactiveMap(browser, `${reference.url}/cesium.html`, '[data-map="idle"]'))
      say(
        `run ${run} of ${runs}: first figure ${times.ours.at(-1)!.cold.toFixed(0)} ms, map ${times.map.at(-1)!.toFixed(0)} ms`,
      )
    }
  } finally {
    await reference.stop()
  }
  const of = (kind: 'ours' | 'static' | 'echarts', key: keyof Times) => times[kind].map((time) => time[key])
  return [
    {
      metric: 'first figure, cold',
      unit: 'ms',
      ours: of('ours', 'cold'),
      reference: { name: 'plain ECharts', values: of('echarts', 'cold') },
      goal: { kind: 'value', atMost: 750 },
    },
    {
      metric: 'first figure, cold',
      unit: 'ms',
      ours: of('ours', 'cold'),
      reference: { name: 'static page', values: of('static', 'cold') },
    },
    {
      metric: 'first figure, warm',
      unit: 'ms',
      ours: of('ours', 'warm'),
      reference: { name: 'plain ECharts', values: of('echarts', 'warm') },
      goal: { kind: 'value', atMost: 600 },
    },
    {
      metric: 'first figure, warm',
      unit: 'ms',
      ours: of('ours', 'warm'),
      reference: { name: 'static page', values: of('static', 'warm') },
    },
    {
      metric: 'bytes to first figure, cold',
      unit: 'kB',
      ours: of('ours', 'coldBytes').map((bytes) => bytes / 1000),
      reference: { name: 'plain ECharts', values: of('echarts', 'coldBytes').map((bytes) => bytes / 1000) },
    },
    {
      metric: 'bytes to first figure, warm',
      unit: 'kB',
      ours: of('ours', 'warmBytes').map((bytes) => bytes / 1000),
      reference: { name: 'plain ECharts', values: of('echarts', 'warmBytes').map((bytes) => bytes / 1000) },
    },
    {
      metric: 'interactive map, cold',
      unit: 'ms',
      ours: times.map,
      reference: { name: 'plain Cesium', values: times.cesium },
      goal: { kind: 'ratio', atMost: 1.1 },
    },
  ]
}

const html = (body: string) =>
  `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>reference</title><body>${body}</body></html>`

/** The limit: a page of as many bytes, which does nothing but print one figure when they have come. */
const staticPage = (_bytes: number): ReferencePage => ({
  path: '/static.html',
  type: 'text/html',
  body: html('<output id="o"></output><script src="/static.js"></script>'),
})
function staticScript(bytes: number): ReferencePage[] {
  // Base64 of random bytes packs to three quarters of its length, whatever the packer does.
  const filler = randomBytes(Math.max(0, Math.round(bytes - 600))).toString('base64')
  return [
    {
      path: '/static.js',
      type: 'text/javascript',
      body: `/*${filler}*/const o=document.getElementById('o');o.dataset.indicator='x';o.textContent='123'`,
    },
  ]
}

function echartsPage(): ReferencePage[] {
  const script = `
    const o = document.getElementById('o'); o.dataset.indicator = 'x'; o.textContent = '3972.7'
    for (let n = 0; n < 12; n++) {
      const host = document.createElement('div'); host.style.cssText = 'width:400px;height:200px;float:left'; document.body.append(host)
      echarts.init(host).setOption({ animation: false, xAxis: { type: 'category' }, yAxis: {}, series: [0, 1].map((s) => ({ type: 'line', data: Array.from({ length: 60 }, (_, i) => Math.abs((i * 7919 + s * 31 + n) % 97)) })) })
    }`
  return [
    {
      path: '/echarts.html',
      type: 'text/html',
      body: html(
        '<output id="o"></output><script src="/echarts.min.js"></script><script src="/echarts-page.js"></script>',
      ),
    },
    {
      path: '/echarts.min.js',
      type: 'text/javascript',
      body: readFileSync(join(root, 'node_modules/echarts/dist/echarts.min.js')),
    },
    { path: '/echarts-page.js', type: 'text/javascript', body: script },
  ]
}

/** A plain CesiumJS page: the widget with the world picture that ships with it, no network service, ready when its tiles are and a pick answers. */
function cesiumPage(): ReferencePage[] {
  const build = join(root, 'node_modules/cesium/Build/Cesium')
  const files = ['Assets', 'Workers', 'ThirdParty'].flatMap((folder) => listFiles(join(build, folder)))
  const types: Record<string, string> = {
    js: 'text/javascript',
    json: 'application/json',
    jpg: 'image/jpeg',
    png: 'image/png',
    xml: 'text/xml',
    wasm: 'application/wasm',
    css: 'text/css',
  }
  const script = `
    window.CESIUM_BASE_URL = '/cesium/'
    const widget = new Cesium.CesiumWidget('c', {
      baseLayer: Cesium.ImageryLayer.fromProviderAsync(Cesium.TileMapServiceImageryProvider.fromUrl(Cesium.buildModuleUrl('Assets/Textures/NaturalEarthII'))),
      skyBox: false,
    })
    widget.resolutionScale = 0.5
    widget.camera.setView({ destination: Cesium.Cartesian3.fromDegrees(125.3, 43.2, 180000), orientation: { heading: 0, pitch: -0.7, roll: 0 } })
    widget.scene.postRender.addEventListener(() => {
      if (!document.body.dataset.map && widget.scene.globe.tilesLoaded && widget.scene.frameState.frameNumber > 2) {
        widget.scene.pick(new Cesium.Cartesian2(960, 540)); document.body.dataset.map = 'idle'
      }
    })`
  return [
    {
      path: '/cesium.html',
      type: 'text/html',
      body: html(
        '<div id="c" style="position:fixed;inset:0"></div><link rel="stylesheet" href="/cesium.css"><script>window.CESIUM_BASE_URL="/cesium/"</script><script src="/Cesium.js"></script><script src="/cesium-page.js"></script>',
      ),
    },
    { path: '/Cesium.js', type: 'text/javascript', body: readFileSync(join(build, 'Cesium.js')) },
    {
      path: '/cesium.css',
      type: 'text/css',
      body: readFileSync(join(build, 'Widgets/CesiumWidget/CesiumWidget.css')),
    },
    { path: '/cesium-page.js', type: 'text/javascript', body: script },
    ...files.map((file) => ({
      path: `/cesium/${relative(build, file)}`,
      type: types[file.split('.').at(-1)!] ?? 'application/octet-stream',
      body: readFileSync(file),
    })),
  ]
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? listFiles(join(folder, entry.name)) : [join(folder, entry.name)],
  )
}
