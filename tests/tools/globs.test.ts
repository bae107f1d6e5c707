import { readdirSync, readFileSync } from 'node:fs'
import { join, posix, resolve } from 'node:path'
import { expect, test } from 'vitest'

/**
 * A glob is an import that the linter does not see. Which folders a zone may gather, and whether their code may come with
 * it (eager) or only when wanted, is said here.
 */
const rules: { from: RegExp; may: RegExp; eager: boolean }[] = [
  { from: /^src\/runtime\//, may: /^src\/(panels|map\/layers|adapters\/models)\//, eager: false },
  { from: /^src\/[^/]+$/, may: /^src\/consoles\//, eager: false },
  { from: /^server\//, may: /^src\/adapters\/(indicators|models)\//, eager: true },
  { from: /^(src\/client\/static|mock-data\/static)/, may: /^(mock-data|cities)\//, eager: true },
]

interface Glob {
  file: string
  patterns: string[]
  eager: boolean
}

/** Every import.meta.glob of a source text, with its patterns as paths below the root. */
function globsOf(file: string, text: string): Glob[] {
  return [...text.matchAll(/import\.meta\.glob(?:<[^(]*>)?\(((?:'[^']*'|[^')])*)\)/g)].map(
    ([, call = '']) => ({
      file,
      patterns: [...call.matchAll(/'(!?[./][^']*)'/g)].map(([, pattern = '']) => below(file, pattern)),
      eager: /eager:\s*true/.test(call),
    }),
  )
}

function below(file: string, pattern: string): string {
  const path = pattern.replace(/^!/, '')
  const full = path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(file), path)
  return `${pattern.startsWith('!') ? '!' : ''}${full}`
}

/** undefined when the glob keeps the rules; else what it breaks. */
function faultOf({ file, patterns, eager }: Glob): string | undefined {
  const gathered = patterns.filter((pattern) => !pattern.startsWith('!'))
  if (patterns.some((pattern) => pattern.includes('!(')))
    return `${file}: "!(" matches nothing; exclude by a pattern of its own`
  if (
    gathered.some((pattern) => pattern.endsWith('*.ts')) &&
    !patterns.some((pattern) => /^!.*\.test\.ts$/.test(pattern))
  )
    return `${file}: gathers tests`
  const allowed = gathered.every((pattern) =>
    rules.some((rule) => rule.from.test(file) && rule.may.test(pattern) && (rule.eager || !eager)),
  )
  return allowed ? undefined : `${file}: may not gather ${gathered.join(', ')}${eager ? ' eagerly' : ''}`
}

const root = resolve(import.meta.dirname, '../..')
const globs = ['src', 'server', 'mock-data']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`),
  )
  .filter((file) => /\.(ts|vue)$/.test(file) && !file.endsWith('.test.ts'))
  .flatMap((file) => globsOf(file, readFileSync(join(root, file), 'utf8')))

test('registries gather only what their zone may have, adapters/models only lazily', () => {
  expect(globs.length).toBeGreaterThan(3)
  expect(globs.map(faultOf).filter((fault) => fault !== undefined)).toEqual([])
})

test.each([
  ['src/runtime/plugins.ts', "import.meta.glob('../adapters/indicators/*.ts')", 'gathers tests'],
  [
    'src/runtime/plugins.ts',
    "import.meta.glob(['../adapters/indicators/*.ts', '!../adapters/indicators/*.test.ts'])",
    'may not gather',
  ],
  [
    'src/runtime/plugins.ts',
    "import.meta.glob(['../adapters/models/*.ts', '!../**/*.test.ts'], { eager: true })",
    'eagerly',
  ],
  ['src/stores/x.ts', "import.meta.glob<{ default: X }>('../panels/**/*.vue')", 'may not gather'],
  [
    'server/city/adapters.ts',
    "import.meta.glob('../../src/adapters/indicators/!(*.test).ts')",
    'matches nothing',
  ],
])('in %s %s is a fault', (file, text, fault) => {
  expect(globsOf(file, text).map(faultOf)).toEqual([expect.stringContaining(fault)])
})
