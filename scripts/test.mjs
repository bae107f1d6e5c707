import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { findBrowser } from './find-browser.mjs'

const HELP = `npm test [-- --only format,lint,knip,types,build,unit,e2e]

Runs every check of the project; a failed one does not stop the others. The last line is "N passed, N failed": tests
count one each, and so do the checks that are not tests.
CHROMIUM_PATH names the browser; without it one is looked for, and as root installed.`

const root = resolve(import.meta.dirname, '..')
const reports = mkdtempSync(join(tmpdir(), 'citydeck-test-'))
process.on('exit', () => rmSync(reports, { recursive: true, force: true }))

/** @typedef {{ passed: number, failed: number }} Count */
/** @typedef {{ name: string, title: string, args: string[], count?: (code: number) => Count, env?: () => Record<string, string> }} Step */

/** @param {string} name */
const bin = (name) => join('node_modules', '.bin', name)
const unitReport = join(reports, 'unit.json')
const browserReport = join(reports, 'browser.json')

/** @type {Step[]} */
const steps = [
  { name: 'format', title: 'format (oxfmt)', args: [bin('oxfmt'), '--check', '.'] },
  { name: 'lint', title: 'lint (oxlint, type-aware)', args: [bin('oxlint'), '--deny-warnings'] },
  { name: 'knip', title: 'unused code (knip)', args: [bin('knip')] },
  { name: 'types', title: 'types (vue-tsc)', args: [bin('vue-tsc'), '--noEmit', '-p', 'tsconfig.json'] },
  { name: 'build', title: 'build', args: [process.execPath, 'scripts/build.mjs'] },
  {
    name: 'unit',
    title: 'unit, conformance and fault tests (vitest)',
    args: [bin('vitest'), 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${unitReport}`],
    count: () => unitCount(readReport(unitReport)),
  },
  {
    name: 'e2e',
    title: 'browser tests (playwright)',
    args: [bin('playwright'), 'test'],
    env: () => ({ CHROMIUM_PATH: findBrowser(console.log), PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport }),
    count: () => browserCount(readReport(browserReport)),
  },
]

/** @type {import('node:child_process').ChildProcess | undefined} */
let running
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    running?.kill(signal)
    process.exit(130)
  })
}

/** @param {string} file */
function readReport(file) {
  return JSON.parse(readFileSync(file, 'utf8'))
}

/**
 * A file that could not be loaded has no tests to fail, and is one failure itself.
 * @param {{ numPassedTests: number, numFailedTests: number, testResults: { status: string, assertionResults: { status?: string, fullName?: string }[] }[] }} report
 * @returns {Count}
 */
function unitCount({ numPassedTests, numFailedTests, testResults }) {
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  for (const [reason, count] of skipReasons(testResults)) console.log(`skipped: ${reason} (${count} tests)`)
  return { passed: numPassedTests, failed: numFailedTests + broken.length }
}

/**
 * Titles of tests that need what a machine may lack say why they are skipped.
 * @param {{ assertionResults: { status?: string, fullName?: string }[] }[]} testResults
 * @returns {Map<string, number>}
 */
function skipReasons(testResults) {
  /** @type {Map<string, number>} */
  const reasons = new Map()
  for (const { status, fullName = '' } of testResults.flatMap(({ assertionResults }) => assertionResults)) {
    const reason =
      status === 'passed' || status === 'failed' ? undefined : /\(skipped: (.+?)\)/.exec(fullName)?.[1]
    if (reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  }
  return reasons
}

/**
 * @param {{ stats: { expected: number, unexpected: number, flaky: number }, errors: unknown[] }} report
 * @returns {Count}
 */
function browserCount({ stats, errors }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length }
}

/**
 * @param {Step} step
 * @returns {Promise<Count>}
 */
async function runStep(step) {
  const code = await exitCode(step)
  const plain = code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
  if (!step.count) return plain
  try {
    const count = step.count(code)
    // Whatever the report says, a runner that ends badly has failed.
    return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count
  } catch {
    return { passed: 0, failed: 1 }
  }
}

/**
 * @param {Step} step
 * @returns {Promise<number>}
 */
function exitCode({ args, env }) {
  return new Promise((done) => {
    /** @type {Record<string, string>} */
    let extra
    try {
      extra = env?.() ?? {}
    } catch (error) {
      console.error(error instanceof Error ? error.message : String(error))
      return done(1)
    }
    const [command = '', ...rest] = args
    running = spawn(command, rest, { cwd: root, stdio: 'inherit', env: { ...process.env, ...extra } })
    running.on('error', (error) => {
      console.error(error.message)
      done(1)
    })
    running.on('exit', (code) => done(code ?? 1))
  })
}

/** @param {string[]} args */
function chosen(args) {
  if (args.length === 0) return steps
  const [flag, list = ''] = args[0]?.startsWith('--only=')
    ? ['--only', args[0].slice('--only='.length)]
    : args
  const names = list.split(',')
  const unknown = names.filter((name) => !steps.some((step) => step.name === name))
  if (flag !== '--only' || unknown.length > 0) {
    console.error(`${args.join(' ')} is not understood.\n\n${HELP}`)
    process.exit(2)
  }
  return steps.filter(({ name }) => names.includes(name))
}

async function main() {
  const picked = chosen(process.argv.slice(2))
  /** @type {string[]} */
  const table = []
  const total = { passed: 0, failed: 0 }
  for (const [index, step] of picked.entries()) {
    console.log(`\n── ${index + 1}/${picked.length} ${step.title}`)
    const startedAt = performance.now()
    const { passed, failed } = await runStep(step)
    total.passed += passed
    total.failed += failed
    const took = ((performance.now() - startedAt) / 1000).toFixed(1)
    table.push(
      `${failed === 0 ? 'ok  ' : 'FAIL'} ${took.padStart(6)} s  ${step.title}${step.count ? `: ${passed} passed, ${failed} failed` : ''}`,
    )
    console.log(table.at(-1))
  }
  console.log(`\n${table.join('\n')}\n`)
  console.log(`${total.passed} passed, ${total.failed} failed`)
  process.exitCode = total.failed === 0 ? 0 : 1
}

if (process.argv.includes('--help')) console.log(HELP)
else await main()
