import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
]
const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/**
 * The executable of a Chromium for the browser tests: CHROMIUM_PATH, an installed one, Playwright's own, or, as root on a
 * Debian machine, one that apt installs now. Throws one sentence when there is none.
 * @param {(line: string) => void} [say]
 * @returns {string}
 */
export function findBrowser(say = () => {}) {
  const named = process.env['CHROMIUM_PATH']
  if (named) {
    if (isExecutable(named)) return named
    throw new Error(`CHROMIUM_PATH names ${named}, which is not an executable file.`)
  }
  return installed() ?? playwrightsOwn() ?? fromApt(say)
}

/** @returns {string | undefined} */
function installed() {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...MAC].find(isExecutable)
}

/** @returns {string | undefined} */
function playwrightsOwn() {
  /** @type {typeof import('@playwright/test')} */
  const { chromium } = createRequire(import.meta.url)('@playwright/test')
  const path = chromium.executablePath()
  return isExecutable(path) ? path : undefined
}

/**
 * @param {(line: string) => void} say
 * @returns {string}
 */
function fromApt(say) {
  const isRoot = process.getuid?.() === 0
  if (isRoot && existsSync('/usr/bin/apt-get')) {
    say('No browser here: apt-get install chromium fonts-noto-cjk …')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('/usr/bin/apt-get', ['update', '-qq'], { env, stdio: 'ignore' })
    spawnSync(
      '/usr/bin/apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'],
      {
        env,
        stdio: 'ignore',
      },
    )
    const found = installed()
    if (found !== undefined) return found
  }
  throw new Error(
    'There is no Chromium for the browser tests: install one (`npx playwright install chromium` or your package manager) or set CHROMIUM_PATH.',
  )
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
