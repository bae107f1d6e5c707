import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { underBuildLock } from './build-lock.mjs'

/** Empties and fills dist as the real one does, breaks when another is at it, and ends when the test says so. */
const BUILDER = `
const { existsSync, mkdirSync, rmdirSync, rmSync, writeFileSync } = require('node:fs')
mkdirSync('being-built')
rmSync('dist/server', { recursive: true, force: true })
const wait = setInterval(() => {
  if (!existsSync('go')) return
  clearInterval(wait)
  mkdirSync('dist/server', { recursive: true })
  writeFileSync('dist/server/main.js', '')
  rmdirSync('being-built')
}, 10)
`
let tree = ''
const running: ChildProcess[] = []

beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), 'citydeck-lock-'))
  for (const script of ['build.mjs', 'build-lock.mjs', 'stamp.mjs', 'compress.mjs', 'basemap-recipes.mjs'])
    cpSync(join(import.meta.dirname, script), join(tree, 'scripts', script))
  mkdirSync(join(tree, 'server'))
  writeFileSync(join(tree, 'server/main.ts'), '')
  mkdirSync(join(tree, 'node_modules/vite/bin'), { recursive: true })
  writeFileSync(join(tree, 'node_modules/vite/bin/vite.js'), BUILDER)
})
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
  rmSync(tree, { recursive: true, force: true })
})

const lockFile = () => join(tree, '.build.lock')
const giveWay = () => writeFileSync(join(tree, 'go'), '')

function build(...args: string[]) {
  const child = spawn(process.execPath, ['scripts/build.mjs', 'gateway', ...args], { cwd: tree })
  running.push(child)
  let output = ''
  child.stdout.on('data', (chunk) => (output += String(chunk)))
  child.stderr.on('data', (chunk) => (output += String(chunk)))
  return { child, output: () => output, ended: once(child, 'close').then(([code]) => code as number) }
}

const soon = (check: () => void) => vi.waitFor(check, { timeout: 15_000, interval: 20 })
const isBuilding = () => soon(() => expect(existsSync(join(tree, 'being-built'))).toBe(true))

test('a second build waits for the first, says for whom, and finds its work done', async () => {
  const first = build()
  await isBuilding()
  const second = build()
  const waiting = `Waiting for the build of process ${first.child.pid}`
  await soon(() => expect(second.output()).toContain(waiting))
  giveWay()
  expect([await first.ended, first.output()]).toEqual([0, expect.stringContaining('Built the gateway')])
  expect([await second.ended, second.output()]).toEqual([0, expect.stringContaining('Nothing to build')])
  expect(second.output().split(waiting)).toHaveLength(2)
  expect(existsSync(lockFile())).toBe(false)
})

test('two builds that are both ordered build one after the other', async () => {
  const first = build('--force')
  await isBuilding()
  const second = build('--force')
  await soon(() => expect(second.output()).toContain('Waiting'))
  giveWay()
  expect([await first.ended, await second.ended]).toEqual([0, 0])
  expect(second.output()).toContain('Built the gateway')
})

test('the lock of a process that is gone is taken over', async () => {
  writeFileSync(
    lockFile(),
    JSON.stringify({ pid: spawnSync(process.execPath, ['-e', '']).pid, started: '1' }),
  )
  giveWay()
  const only = build()
  expect([await only.ended, only.output()]).toEqual([0, expect.not.stringContaining('Waiting')])
})

test.skipIf(process.platform !== 'linux')(
  'a number given to another program since is no builder',
  async () => {
    writeFileSync(lockFile(), JSON.stringify({ pid: process.ppid, started: '1' }))
    await expect(
      underBuildLock(
        lockFile(),
        () => undefined,
        async () => 'built',
      ),
    ).resolves.toBe('built')
  },
)

test('a build ended by a signal ends its builder and gives the tree free', async () => {
  const first = build()
  await isBuilding()
  first.child.kill('SIGTERM')
  expect(await first.ended).toBe(130)
  expect(existsSync(lockFile())).toBe(false)
  rmSync(join(tree, 'being-built'), { recursive: true })
  giveWay()
  const second = build()
  expect([await second.ended, second.output()]).toEqual([0, expect.stringContaining('Built the gateway')])
})

test('a build that never ends is waited for no longer than patience lasts, and keeps its lock', async () => {
  const holder = JSON.stringify({ pid: process.ppid, started: null })
  writeFileSync(lockFile(), holder)
  const said: string[] = []
  const late = underBuildLock(
    lockFile(),
    (line) => said.push(line),
    async () => 'built',
    { patienceMs: 50 },
  )
  await expect(late).rejects.toThrow(`The build of process ${process.ppid} has not ended`)
  expect(said).toHaveLength(1)
  expect(readFileSync(lockFile(), 'utf8')).toBe(holder)
})

test('a build that fails gives the tree free', async () => {
  const broken = underBuildLock(
    lockFile(),
    () => undefined,
    async () => {
      throw new Error('no such file')
    },
  )
  await expect(broken).rejects.toThrow('no such file')
  expect(existsSync(lockFile())).toBe(false)
})
