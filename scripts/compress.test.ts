import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { compressFolder } from './compress.mjs'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydeck-compress-'))
  mkdirSync(join(folder, 'assets'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('text gets a .gz and a .br that unpack to it; pictures and small files get none', async () => {
  const text = 'export const city = 1\n'.repeat(500)
  writeFileSync(join(folder, 'assets/main.js'), text)
  writeFileSync(join(folder, 'assets/picture.png'), text)
  writeFileSync(join(folder, 'small.css'), 'a{}')
  const total = await compressFolder(folder)
  expect(gunzipSync(readFileSync(join(folder, 'assets/main.js.gz'))).toString()).toBe(text)
  expect(brotliDecompressSync(readFileSync(join(folder, 'assets/main.js.br'))).toString()).toBe(text)
  expect(existsSync(join(folder, 'assets/picture.png.gz'))).toBe(false)
  expect(existsSync(join(folder, 'small.css.gz'))).toBe(false)
  expect(total).toMatchObject({ files: 1, bytes: text.length })
  expect(total.gzip).toBeLessThan(text.length / 10)
})
