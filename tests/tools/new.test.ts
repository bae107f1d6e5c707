import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scaffold } from '../../scripts/new.ts'
import { loadIndicatorAdapters } from '../../server/city/adapters.ts'
import { loadCity } from '../../server/city/load-city.ts'

const indicatorAdapters = await loadIndicatorAdapters()

const root = resolve(import.meta.dirname, '../..')
const copy = mkdtempSync(join(tmpdir(), 'citydeck-new-'))
const kinds = [
  ['panel', 'PlantedPanel', 'src/panels/PlantedPanel.vue'],
  ['indicator', 'LIF.PLANTED.ONE', 'cities/changchun/indicators/lif-planted-one.yaml'],
  ['protocol', 'planted-protocol', 'src/adapters/indicators/planted-protocol.ts'],
  ['model', 'planted-model', 'src/adapters/models/planted-model.ts'],
  ['layer', 'planted-layer', 'src/map/layers/planted-layer.ts'],
  ['scene', 'planted-scene', 'cities/changchun/scenes/planted-scene.yaml'],
] as const

beforeAll(() => {
  for (const entry of [
    'src',
    'server',
    'cities',
    'mock-data',
    'scripts',
    'tests/conformance',
    'tests/protocols',
    'tests/support',
    'public',
  ])
    if (existsSync(join(root, entry))) cpSync(join(root, entry), join(copy, entry), { recursive: true })
  for (const file of ['package.json', '.oxlintrc.json', '.oxfmtrc.json', 'vite.config.ts', 'index.html'])
    cpSync(join(root, file), join(copy, file))
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  writeFileSync(join(copy, 'tsconfig.json'), plantedOnly())
  mkdirSync(join(copy, 'empty'))
  for (const [kind, name] of kinds) written.set(kind, scaffold(copy, kind, name))
}, 60_000)
afterAll(() => rmSync(copy, { recursive: true, force: true }))

const written = new Map<string, ReturnType<typeof scaffold>>()

/** The project's own strictness over the new files and what they import, not over the whole tree. */
function plantedOnly(): string {
  const config = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as Record<string, unknown>
  return JSON.stringify({
    ...config,
    include: ['src/env.d.ts', ...kinds.map(([, , file]) => file).filter((file) => !file.endsWith('.yaml'))],
  })
}

function tool(name: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(join(copy, 'node_modules/.bin', name), args, {
    cwd: copy,
    encoding: 'utf8',
  })
  return { status, output: `${stdout}${stderr}` }
}

describe('npm run new', () => {
  test.each(kinds)('writes a %s called %s', (kind, _name, file) => {
    expect(written.get(kind)).toContain(file)
    expect(readFileSync(join(copy, file), 'utf8')).not.toMatch(/__\w+__/)
  })

  test.each(kinds)('never writes over a %s', (kind, name, file) => {
    const before = readFileSync(join(copy, file), 'utf8')
    expect(scaffold(copy, kind, name)).toEqual({ refused: `${file} is there already; nothing was written.` })
    expect(readFileSync(join(copy, file), 'utf8')).toBe(before)
  })

  test('knows a twin in another folder below the home of panels', () => {
    mkdirSync(join(copy, 'src/panels/deep'))
    writeFileSync(join(copy, 'src/panels/deep/TwinPanel.vue'), '')
    expect(scaffold(copy, 'panel', 'TwinPanel')).toEqual({
      refused: 'src/panels/deep/TwinPanel.vue is there already; nothing was written.',
    })
    rmSync(join(copy, 'src/panels/deep'), { recursive: true })
  })

  test.each([
    ['panel', 'kebab-name', 'PascalCase'],
    ['indicator', 'STEEL', 'MAC.GDP.TOTAL'],
    ['protocol', '../escape', 'kebab-case'],
    ['robot', 'arm', 'no kind'],
  ])('refuses a %s called %s', (kind, name, reason) => {
    expect(scaffold(copy, kind, name)).toEqual({ refused: expect.stringContaining(reason) })
  })
})

describe('what it writes passes at once', () => {
  const modules = kinds.map(([, , file]) => file).filter((file) => !file.endsWith('.yaml'))

  test('format', () => {
    expect(tool('oxfmt', '--check', ...modules)).toMatchObject({ status: 0 })
  })

  test('lint', () => {
    expect(tool('oxlint', '--deny-warnings', ...modules)).toMatchObject({ status: 0 })
  }, 60_000)

  test('types', () => {
    const { output } = tool('vue-tsc', '--noEmit', '-p', 'tsconfig.json')
    expect(output.split('\n').filter((line) => modules.some((file) => line.startsWith(file)))).toEqual([])
  }, 90_000)

  test('conformance', () => {
    const { status, output } = tool('vitest', 'run', 'tests/conformance', '--reporter=dot')
    expect(output).toContain('passed')
    expect({ status, failures: output.match(/FAIL .*/g) }).toEqual({ status: 0, failures: null })
  }, 120_000)

  test('the city takes the new indicator and the new scene', async () => {
    const city = await loadCity(join(copy, 'cities/changchun'), indicatorAdapters)
    if ('errors' in city)
      throw new Error(city.errors.map(({ file, line, message }) => `${file}:${line} ${message}`).join('\n'))
    expect(city.indicators.map(({ code }) => code)).toContain('LIF.PLANTED.ONE')
    expect(city.scenes.map(({ id }) => id)).toContain('planted-scene')
  })
})
