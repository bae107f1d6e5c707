import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readEnv } from './env.ts'

function rootWithCity(): string {
  const root = mkdtempSync(join(tmpdir(), 'citydeck-env-'))
  mkdirSync(join(root, 'cities/changchun'), { recursive: true })
  writeFileSync(join(root, 'cities/changchun/city.yaml'), '')
  return root
}

test('defaults: loopback, 8080, var beside the project', () => {
  const root = rootWithCity()
  expect(readEnv({}, root)).toEqual({
    port: 8080,
    host: '127.0.0.1',
    cityDir: join(root, 'cities/changchun'),
    varDir: join(root, 'var'),
    databaseUrl: undefined,
    clockStart: undefined,
  })
})
test.each([
  [{ PORT: '70000' }, /^PORT must be a port number/],
  [{ PORT: 'http' }, /^PORT must be a port number/],
  [{ CLOCK_START: '2026-08-06' }, /^CLOCK_START an instant looks like/],
  [{ DATABASE_URL: 'mysql://secret@x/y' }, /^DATABASE_URL must start with postgres/],
  [{ CITY: 'atlantis' }, /^CITY: there is no city\.yaml in .*atlantis/],
  [{ HOST: 'a b' }, /^HOST must be/],
])('%j is refused with a sentence that names it', (variables, sentence) => {
  const answer = readEnv(variables, rootWithCity())
  expect(answer).toHaveProperty('problem', expect.stringMatching(sentence))
  expect(JSON.stringify(answer)).not.toContain('secret')
})
test('an empty variable counts as unset', () => {
  expect(readEnv({ PORT: '', DATABASE_URL: '' }, rootWithCity())).toHaveProperty('port', 8080)
})
