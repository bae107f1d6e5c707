import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import type { BasemapManifest } from '../../src/domain/basemap.ts'
import { cityFolder, polygon, square, writeBoundaries, writeGeoJson } from './fixtures/city-folder.ts'

const root = resolve(import.meta.dirname, '../..')
const command = ['--import', 'tsx', 'scripts/city.ts']
const city = (...args: string[]) =>
  spawnSync(process.execPath, [...command, ...args], { cwd: root, encoding: 'utf8' })
const manifestOf = (out: string) =>
  JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as BasemapManifest
const temporary = () => mkdtempSync(join(tmpdir(), 'citydeck-out-'))

it('says what it takes, and what is wrong with what it was given', () => {
  expect(city('--help').stdout).toContain('layers.yaml')
  const wrong = city('--adcode', '220102')
  expect(wrong.status).toBe(1)
  expect(wrong.stdout).toContain("a city's code has six digits and ends in 00")
  expect(city().stdout).toContain('say either --adcode 220100 or --in ./my-data')
  expect(city('--adcode', '999900').stdout).toContain('no city has this code')
})

it('builds 银川, which has no folder here: real outlines, the rest marked 示意, equal seeds equal bytes', () => {
  const [one, two] = [join(temporary(), 'a'), join(temporary(), 'b')]
  for (const out of [one, two])
    expect(city('--adcode', '640100', '--buildings', '300', '--out', out)).toMatchObject({
      status: 0,
      stderr: '',
    })
  const manifest = manifestOf(one)
  expect(manifest).toMatchObject({ city: '640100', name: '银川市', mapUse: 'demo', mapApproval: null })
  expect(manifest.layers.map(({ id, provenance, mark }) => [id, provenance, mark])).toEqual([
    ['regions', 'real', '示意'],
    ['towns', 'synthetic', '示意'],
    ['water', 'synthetic', '示意'],
    ['green', 'synthetic', '示意'],
    ['road', 'synthetic', '示意'],
    ['rail', 'synthetic', '示意'],
    ['buildings', 'synthetic', '示意'],
    ['terrain', 'synthetic', '示意'],
  ])
  expect(manifestOf(two)).toEqual(manifest)
  expect(manifest.layers.find(({ id }) => id === 'buildings')).toMatchObject({
    features: 300,
    kind: '3dtiles',
  })
}, 120_000)

it('takes over what has not changed, and builds again what has', () => {
  const folder = cityFolder([
    { kind: 'boundaries', file: 'boundaries.geojson' },
    { kind: 'water', file: 'w.geojson' },
  ])
  const out = join(temporary(), 'map')
  writeBoundaries(folder)
  writeGeoJson(join(folder, 'w.geojson'), [polygon(square(106.1, 38.1, 0.01), {})])
  expect(city('--in', folder, '--out', out).stdout).not.toContain('as before')
  expect(city('--in', folder, '--out', out).stdout).toContain('as before: regions water')
  writeGeoJson(join(folder, 'w.geojson'), [polygon(square(106.1, 38.1, 0.02), {})])
  expect(city('--in', folder, '--out', out).stdout).toMatch(/as before: regions$/m)
  // A file that was changed by hand in the built map is not taken for what was built.
  writeFileSync(join(out, 'regions.geojson'), '{}')
  expect(city('--in', folder, '--out', out).stdout).toMatch(/as before: water$/m)
}, 60_000)

it('leaves the good map alone when a layer is refused, and nothing beside it to take for a map', () => {
  const folder = cityFolder([{ kind: 'boundaries', file: 'boundaries.geojson' }])
  const out = join(temporary(), 'map')
  writeBoundaries(folder)
  expect(city('--in', folder, '--out', out).status).toBe(0)
  const before = readFileSync(join(out, 'manifest.json'), 'utf8')
  writeFileSync(
    join(folder, 'boundaries.geojson'),
    '{"type":"FeatureCollection","features":[{"type":"Feature"',
  )
  const broken = city('--in', folder, '--out', out)
  expect(broken.status).toBe(1)
  expect(broken.stdout).toContain('ends in the middle of its features')
  expect(readFileSync(join(out, 'manifest.json'), 'utf8')).toBe(before)
  expect(existsSync(join(`${out}.building`, 'manifest.json'))).toBe(false)
}, 60_000)

it('killed in the middle, leaves the good map whole and goes on from the finished layers', async () => {
  const folder = cityFolder([
    { kind: 'boundaries', file: 'boundaries.geojson' },
    { kind: 'buildings', file: 'b.geojson' },
  ])
  const out = join(temporary(), 'map')
  writeBoundaries(folder)
  const houses = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      polygon(square(106 + (index % 200) * 0.001, 38 + Math.floor(index / 200) * 0.001, 0.0004), {
        height: 9,
      }),
    )
  writeGeoJson(join(folder, 'b.geojson'), houses(10))
  expect(city('--in', folder, '--out', out).status).toBe(0)
  const before = readFileSync(join(out, 'steps.json'), 'utf8')
  writeGeoJson(join(folder, 'b.geojson'), houses(50_000))
  const killed = spawn(process.execPath, [...command, '--in', folder, '--out', out], { cwd: root })
  const signal = await new Promise((done) => {
    killed.stdout.on('data', (chunk) => {
      if (/\d %.*buildings/.test(String(chunk))) killed.kill('SIGKILL')
    })
    killed.on('exit', (_, by) => done(by))
  })
  expect(signal).toBe('SIGKILL')
  expect(readFileSync(join(out, 'steps.json'), 'utf8')).toBe(before)
  expect(readdirSync(join(out, 'buildings')).toSorted()).toEqual(['0.glb', 'tileset.json'])
  const again = city('--in', folder, '--out', out)
  expect(again.stdout).toContain('as before: regions')
  expect(manifestOf(out).layers.find(({ id }) => id === 'buildings')).toMatchObject({ features: 50_000 })
  expect(Number(/peak memory (\d+) MiB/.exec(again.stdout)![1])).toBeLessThan(2048)
  expect(existsSync(`${out}.building`)).toBe(false)
}, 120_000)
