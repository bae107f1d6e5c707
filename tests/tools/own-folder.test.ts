import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import ownFolder from '../support/own-folder.ts'

test('what tests leave in the temporary folder lies in that of their run', () => {
  expect(tmpdir()).toMatch(/citydeck-run-\w+$/)
})

test('the folder of a run goes with all that its tests left, and the one before is the temporary folder again', () => {
  const before = tmpdir()
  const remove = ownFolder()
  const left = mkdtempSync(join(tmpdir(), 'citydeck-'))
  writeFileSync(join(left, 'journal.jsonl'), '')
  expect(left.startsWith(`${before}/citydeck-run-`)).toBe(true)
  remove()
  expect(existsSync(left)).toBe(false)
  expect(tmpdir()).toBe(before)
})
