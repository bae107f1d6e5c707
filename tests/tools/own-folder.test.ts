import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import ownFolder from '../support/own-folder.ts'

afterEach(() => void vi.unstubAllEnvs())

test('what tests leave in the temporary folder lies in that of their run, which is one for all projects', () => {
  expect(tmpdir()).toMatch(/citydeck-run-\w+$/)
  expect(dirname(tmpdir())).not.toContain('citydeck-run-')
  const before = tmpdir()
  const remove = ownFolder()
  expect(tmpdir()).toBe(before)
  remove()
  expect(existsSync(before)).toBe(true)
})

test('the folder of a run goes with all that its tests left, and the one before is the temporary folder again', () => {
  const before = dirname(tmpdir())
  vi.stubEnv('TMPDIR', before)
  const remove = ownFolder()
  const left = mkdtempSync(join(tmpdir(), 'citydeck-'))
  writeFileSync(join(left, 'journal.jsonl'), '')
  expect(dirname(dirname(left))).toBe(before)
  remove()
  expect(existsSync(left)).toBe(false)
  expect(tmpdir()).toBe(before)
})
