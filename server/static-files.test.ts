import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo } from 'node:net'
import { type Server, createServer } from 'node:http'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { temporaryFolder } from '../tests/support/gateway-process.ts'
import { serveFiles } from './static-files.ts'

let server: Server
let folder: string
let origin: string
const get = (path: string, headers: Record<string, string> = {}) => fetch(`${origin}${path}`, { headers })

beforeEach(async () => {
  folder = join(temporaryFolder(), 'client')
  mkdirSync(join(folder, 'basemap/a'), { recursive: true })
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'assets/app-1.js'), 'app')
  writeFileSync(join(folder, 'basemap/a/manifest.json'), '{"old":1}')
  const files = serveFiles(folder)
  server = createServer((request, response) => files(request, response, () => response.writeHead(404).end()))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => new Promise((done) => server.close(done)))

it('serves a base map that was replaced or came while it runs, and never lets a browser keep one unasked', async () => {
  const before = await get('/basemap/a/manifest.json')
  expect([await before.text(), before.headers.get('cache-control')]).toEqual(['{"old":1}', 'no-cache'])
  const tag = before.headers.get('etag')!
  expect((await get('/basemap/a/manifest.json', { 'if-none-match': tag })).status).toBe(304)
  mkdirSync(join(folder, 'built/buildings'), { recursive: true })
  writeFileSync(join(folder, 'built/manifest.json'), '{"layers":[]}')
  writeFileSync(join(folder, 'built/buildings/0.glb'), 'tile')
  rmSync(join(folder, 'basemap/a'), { recursive: true })
  renameSync(join(folder, 'built'), join(folder, 'basemap/a'))
  const after = await get('/basemap/a/manifest.json', { 'if-none-match': tag })
  expect([after.status, await after.text()]).toEqual([200, '{"layers":[]}'])
  expect(await (await get('/basemap/a/buildings/0.glb')).text()).toBe('tile')
  expect((await get('/basemap/a/gone.geojson')).status).toBe(404)
})

it('takes the compressed copy of a base map file where there is one', async () => {
  writeFileSync(join(folder, 'basemap/a/manifest.json.br'), brotliCompressSync('the copy'))
  expect(await (await get('/basemap/a/manifest.json', { 'accept-encoding': 'br' })).text()).toBe('the copy')
})

it('keeps hashed files for a year, and nothing of the page', async () => {
  expect((await get('/assets/app-1.js')).headers.get('cache-control')).toContain('immutable')
  const page = await get('/wall')
  expect([await page.text(), page.headers.get('cache-control')]).toEqual(['<!doctype html>', 'no-cache'])
})

it('serves nothing outside its folder', async () => {
  writeFileSync(join(folder, '../secret.txt'), 'secret')
  expect((await get('/basemap/..%2f..%2fsecret.txt')).status).toBe(404)
})
