import { spawnSync } from 'node:child_process'
import { accessSync, constants, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const run = (...args: string[]) => spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })

test('npm test ends with "N passed, N failed", and its exit code says the same', () => {
  const { status, stdout } = run('scripts/test.mjs', '--only', 'format')
  const [, passed, failed] =
    /^(\d+) passed, (\d+) failed$/.exec(stdout.trimEnd().split('\n').at(-1) ?? '') ?? []
  expect(Number(passed) + Number(failed)).toBe(1)
  expect(status).toBe(failed === '0' ? 0 : 1)
})

test('npm test refuses a step it does not know', () => {
  const { status, stderr } = run('scripts/test.mjs', '--only', 'guess')
  expect(stderr).toContain('guess')
  expect(status).not.toBe(0)
})

test('.ci/run is executable and runs the same command', () => {
  accessSync(join(root, '.ci/run'), constants.X_OK)
  expect(readFileSync(join(root, '.ci/run'), 'utf8').trimEnd()).toMatch(/\nnpm test$/)
})

const scripts = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>
}
const own = Object.entries(scripts.scripts).filter(([, command]) => command.includes('scripts/'))

test.each(own)('npm run %s -- --help says what it does', (_name, command) => {
  const [runner = '', ...args] = command.replace(/^exec /, '').split(' ')
  const loader = runner === 'tsx' ? ['--import', 'tsx'] : []
  const { status, stdout } = run(...loader, ...args, '--help')
  expect(stdout.length).toBeGreaterThan(40)
  expect(status).toBe(0)
})

test('README names every command of package.json', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  expect(Object.keys(scripts.scripts).filter((name) => !readme.includes(name))).toEqual([])
})
