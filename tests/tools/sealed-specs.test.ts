import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const folder = join(import.meta.dirname, '../e2e')

it('runs every browser test sealed: a request off the origin fails it', () => {
  const open = readdirSync(folder)
    .filter((name) => name.endsWith('.spec.ts'))
    .filter((name) =>
      /import \{[^}]*\b(test|base)\b[^}]*\} from '@playwright/.test(readFileSync(join(folder, name), 'utf8')),
    )
  expect(open).toEqual([])
})
