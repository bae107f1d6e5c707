import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/** @typedef {{ pid: number, started: string | null }} Builder */

/** @type {Set<string>} */
const held = new Set()

/**
 * Builds with the tree to itself: a second build in the same tree waits for the first. The lock of a process that is gone is
 * taken over. Throws a sentence when the other build does not end in time.
 * @template T
 * @param {string} file
 * @param {(line: string) => void} say
 * @param {() => Promise<T>} build
 * @param {{ patienceMs?: number, signal?: AbortSignal | undefined }} [options]
 * @returns {Promise<T>}
 */
export async function underBuildLock(file, say, build, { patienceMs = 300_000, signal } = {}) {
  const until = performance.now() + patienceMs
  let told = 0
  while (!takes(file)) {
    signal?.throwIfAborted()
    const pid = builderOf(file)
    if (pid === undefined) {
      setAside(file)
      continue
    }
    if (pid !== told) say(`Waiting for the build of process ${pid} …`)
    told = pid
    if (performance.now() > until)
      throw new Error(
        `The build of process ${pid} has not ended in ${Math.round(patienceMs / 1000)} s. End that process, then try again.`,
      )
    await pause(Math.min(200, patienceMs), undefined, { signal })
  }
  held.add(file)
  try {
    return await build()
  } finally {
    held.delete(file)
    rmSync(file, { force: true })
  }
}

/**
 * Process number of the living build that holds the tree.
 * @param {string} file
 * @returns {number | undefined}
 */
export function builderOf(file) {
  /** @type {Builder} */
  let builder
  try {
    builder = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
  return Number.isSafeInteger(builder.pid) && builder.pid > 0 && isAlive(builder, file)
    ? builder.pid
    : undefined
}

/** @param {string} file */
function takes(file) {
  const own = JSON.stringify({ pid: process.pid, started: startOf(process.pid) })
  const draft = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`
  try {
    writeFileSync(draft, own, { flag: 'wx' })
    // A link appears whole or not at all, so nobody ever reads a half-written lock; some file systems know no links.
    if (!links(draft, file)) writeFileSync(file, own, { flag: 'wx' })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw new Error(`${file} cannot be written (${codeOf(error)}), so nothing can be built here.`, {
      cause: error,
    })
  } finally {
    rmSync(draft, { force: true })
  }
}

/**
 * @param {string} from
 * @param {string} to
 */
function links(from, to) {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw error
    return false
  }
}

/**
 * Renamed first and looked at again: in between another build may have found it left behind too and taken it.
 * @param {string} file
 */
function setAside(file) {
  const aside = `${file}.left-${process.pid}`
  try {
    renameSync(file, aside)
    if (builderOf(aside) !== undefined && !links(aside, file))
      writeFileSync(file, readFileSync(aside), { flag: 'wx' })
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'EEXIST') throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

/**
 * @param {Builder} builder
 * @param {string} file
 */
function isAlive({ pid, started }, file) {
  // In a container each start may have the same process number: our own, but not taken by us.
  if (pid === process.pid) return held.has(file)
  try {
    process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
  const now = startOf(pid)
  return started === null || now === null || started === now
}

/**
 * Start of a process in the kernel's ticks, where the system tells it: a number may have gone to another program since.
 * @param {number} pid
 */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
