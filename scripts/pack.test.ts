import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pack-'))
  await cp(join(root, 'cities/changchun'), join(folder, 'city'), { recursive: true })
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function pack(...words: string[]): Promise<{ code: number; output: string }> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'scripts/pack.ts', ...words],
      { cwd: root },
      (error, out) => done({ code: error ? Number(error.code) : 0, output: out }),
    )
  })
}

it('carries a pack out and in again without a difference, and refuses one that does not fit', async () => {
  const [city, file] = [join(folder, 'city'), join(folder, 'hea.yaml')]
  expect(await pack('export', 'hea', file, '--city', city)).toMatchObject({ code: 0 })
  const text = await readFile(file, 'utf8')
  const next = join(folder, 'next.yaml')
  await writeFile(next, text.replace('version: 1', 'version: 2').replace('床位使用率', '床位利用率'))
  expect(await pack('import', next, '--city', city)).toMatchObject({
    code: 0,
    output: expect.stringContaining('hea version 2'),
  })
  expect(await readFile(join(city, 'indicators/hea.yaml'), 'utf8')).toContain('床位利用率')
  expect((await pack('diff', file, next)).output).toContain('HEA.BED name')
  expect((await pack('import', file, '--city', city)).code).toBe(0)
  expect(await pack('diff', file, join(city, 'indicators/hea.yaml'))).toMatchObject({ code: 0 })

  await writeFile(next, text.replace('department: health', 'department: nobody'))
  const refused = await pack('import', next, '--city', city)
  expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('nobody') })
  expect(await readFile(join(city, 'indicators/hea.yaml'), 'utf8')).toBe(text)
}, 60_000)
