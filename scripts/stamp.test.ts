import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stampOf } from './stamp.mjs'

let root = ''
const write = (file: string, text: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'citydeck-stamp-'))
  write('src/main.ts', 'one')
  write('server/main.ts', 'one')
  write('package-lock.json', '{}')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

test.each([
  ['src/main.ts', 'two', { client: true, gateway: true }],
  ['server/main.ts', 'two', { client: false, gateway: true }],
  ['package-lock.json', '{ }', { client: true, gateway: true }],
  ['src/stores/new.ts', '', { client: true, gateway: true }],
  ['public/icon.svg', '<svg/>', { client: true, gateway: false }],
  ['src/main.test.ts', 'a test', { client: false, gateway: false }],
  ['cities/changchun/city.yaml', 'id: x', { client: false, gateway: false }],
])('writing %s makes these builds old: %j', (file, text, old) => {
  const before = { client: stampOf(root, 'client'), gateway: stampOf(root, 'gateway') }
  write(file, text)
  expect({
    client: stampOf(root, 'client') !== before.client,
    gateway: stampOf(root, 'gateway') !== before.gateway,
  }).toEqual(old)
})

test('a checkout that only touches dates makes nothing old', () => {
  const before = stampOf(root, 'client')
  utimesSync(join(root, 'src/main.ts'), new Date(0), new Date(0))
  expect(stampOf(root, 'client')).toBe(before)
})

test('a file that moves makes the build old', () => {
  const before = stampOf(root, 'client')
  rmSync(join(root, 'src/main.ts'))
  write('src/other.ts', 'one')
  expect(stampOf(root, 'client')).not.toBe(before)
})
