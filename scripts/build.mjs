import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { builderOf, underBuildLock } from './build-lock.mjs'
import { compressFolder } from './compress.mjs'
import { recipesIn } from './basemap-recipes.mjs'
import { stampOf } from './stamp.mjs'

const root = resolve(import.meta.dirname, '..')
const stampFile = join(root, 'dist/stamp.json')
const lockFile = join(root, '.build.lock')

const HELP = `npm run build [-- client | gateway] [-- --force]
npm run build:static

Builds the app into dist/client, the gateway into dist/server, or the app alone, without a gateway, into dist-static.
Without --force a build whose sources have not changed since is left as it is; build:static always builds.
A second build in the same tree waits for the first.`

/** @typedef {import('./stamp.mjs').Target} Target */

/** @type {Record<Target, { title: string, mode: string, proof: string }>} */
const BUILDS = {
  client: { title: 'the app', mode: 'production', proof: 'dist/client/index.html' },
  gateway: { title: 'the gateway', mode: 'gateway', proof: 'dist/server/main.js' },
}

/**
 * Builds what is missing or old. Answers what it built; throws a sentence when a build fails.
 * @param {(line: string) => void} say
 * @param {{ only?: Target[], force?: boolean, signal?: AbortSignal }} [options]
 */
export async function bringUpToDate(say, { only = ['gateway', 'client'], force = false, signal } = {}) {
  const isOld = (/** @type {Target} */ target) => force || !isCurrent(target)
  if (!only.some(isOld) && builderOf(lockFile) === undefined) return []
  return underBuildLock(
    lockFile,
    say,
    async () => {
      const old = only.filter(isOld)
      for (const target of old) await buildTarget(target, say, signal)
      return old
    },
    { signal },
  )
}

/** @param {Target} target */
function isCurrent(target) {
  return readStamps()[target] === stampOf(root, target) && existsSync(join(root, BUILDS[target].proof))
}

/**
 * @param {Target} target
 * @param {(line: string) => void} say
 * @param {AbortSignal} [signal]
 */
async function buildTarget(target, say, signal) {
  const startedAt = performance.now()
  const stamp = stampOf(root, target)
  say(`Building ${BUILDS[target].title} …`)
  await vite(BUILDS[target].mode, signal)
  if (target === 'client') {
    await completeBasemaps('dist/client', say, signal)
    const { files, bytes, gzip } = await compressFolder(join(root, 'dist/client'))
    say(`Compressed ${files} files, ${megabytes(bytes)} to ${megabytes(gzip)} gzip`)
  }
  writeStamps({ ...readStamps(), [target]: stamp })
  say(`Built ${BUILDS[target].title} in ${seconds(startedAt)}`)
}

/**
 * The app for any static server: each console's address is a folder with the same page.
 * @param {(line: string) => void} say
 * @param {AbortSignal} [signal]
 */
export function buildStatic(say, signal) {
  return underBuildLock(lockFile, say, () => buildStaticAlone(say, signal), { signal })
}

/**
 * @param {(line: string) => void} say
 * @param {AbortSignal} [signal]
 */
async function buildStaticAlone(say, signal) {
  const startedAt = performance.now()
  rmSync(join(root, 'dist-static'), { recursive: true, force: true })
  say('Building the static app …')
  await vite('static', signal)
  await completeBasemaps('dist-static', say, signal)
  await run(['--import', 'tsx', 'scripts/static-catalogue.ts', 'dist-static'], signal)
  for (const console of ['wall', 'desk', 'analyst', 'kiosk']) {
    mkdirSync(join(root, 'dist-static', console), { recursive: true })
    cpSync(join(root, 'dist-static/index.html'), join(root, 'dist-static', console, 'index.html'))
  }
  say(
    `Built dist-static in ${seconds(startedAt)}. Serve it with any static server, for example: npx vite preview --outDir dist-static`,
  )
}

/**
 * Sketched layers that are too large for the repository are built into the app: equal seeds make equal bytes.
 * @param {string} dist
 * @param {(line: string) => void} say
 * @param {AbortSignal} [signal]
 */
async function completeBasemaps(dist, say, signal) {
  for (const { name, out, args } of recipesIn(join(root, dist, 'basemap'))) {
    say(`Building the sketched layers of ${name} …`)
    await run(['--import', 'tsx', 'scripts/city.ts', ...args, '--out', out], signal)
  }
}

/**
 * @param {string} mode
 * @param {AbortSignal} [signal]
 */
function vite(mode, signal) {
  return run(['node_modules/vite/bin/vite.js', 'build', '--mode', mode, '--logLevel', 'warn'], signal)
}

/**
 * One Node command in the project's root; what it printed is shown only when it failed.
 * @param {string[]} args
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
function run(args, signal) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' },
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += String(chunk)))
    child.stderr.on('data', (chunk) => (output += String(chunk)))
    const stop = () => child.kill('SIGTERM')
    signal?.addEventListener('abort', stop, { once: true })
    child.on('error', fail)
    child.on('exit', (code) => {
      signal?.removeEventListener('abort', stop)
      if (code === 0) done()
      else
        fail(
          new Error(
            `${output.trimEnd().slice(-4000)}\n\`node ${args.join(' ')}\` failed (exit ${code ?? 'by signal'}).`,
          ),
        )
    })
  })
}

/** @returns {Partial<Record<Target, string>>} */
function readStamps() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'))
  } catch {
    return {}
  }
}

/** @param {Partial<Record<Target, string>>} stamps */
function writeStamps(stamps) {
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(stampFile, `${JSON.stringify(stamps, undefined, 2)}\n`)
}

/** @param {number} bytes */
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`
/** @param {number} startedAt */
const seconds = (startedAt) => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`

/**
 * @param {string[]} args
 * @param {AbortSignal} signal
 */
async function main(args, signal) {
  if (args.includes('--help')) return console.log(HELP)
  if (args[0] === 'static') return await buildStatic(console.log, signal)
  const only = args.filter((arg) => arg === 'client' || arg === 'gateway')
  const unknown = args.find((arg) => !['client', 'gateway', '--force'].includes(arg))
  if (unknown !== undefined) throw new Error(`${unknown} is no build. ${HELP}`)
  const done = await bringUpToDate(console.log, {
    ...(only.length > 0 ? { only } : {}),
    force: args.includes('--force'),
    signal,
  })
  if (done.length === 0) console.log('Nothing to build: dist is up to date.')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // Ended by a signal, it takes its builder with it and gives the tree free.
  const stopped = new AbortController()
  for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(name, () => stopped.abort())
  main(process.argv.slice(2), stopped.signal).catch((error) => {
    if (!stopped.signal.aborted) console.error(error.message)
    process.exitCode = stopped.signal.aborted ? 130 : 1
  })
}
