import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StoreInUseError, StoreUnusableError } from './storage-errors.ts'

interface Owner {
  pid: number
  /** Start of that process in the kernel's own ticks, where the system tells it: a number may have been given to another program since. */
  started: string | null
}

const held = new Set<string>()

/**
 * Makes the folder and takes `lock` in it, so that a second start can name the first. A lock whose process is gone is taken
 * over. (The database's own lock stands behind it; this one exists for the sentence and for the journal.)
 */
export function lockFolder(folder: string): { release(): void } {
  const path = join(folder, 'lock')
  const draft = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(
      draft,
      JSON.stringify({ pid: process.pid, started: startOf(process.pid) } satisfies Owner),
      { flag: 'wx' },
    )
  } catch (error) {
    throw new StoreUnusableError(
      `${folder} cannot be written: ${reasonOf(error)}. Choose another VAR_DIR or change its rights.`,
      { cause: error },
    )
  }
  try {
    for (let attempt = 0; ; attempt += 1) {
      if (tryTake(draft, path)) break
      const owner = readOwner(path)
      if (owner && isAlive(owner, path)) throw new StoreInUseError(folder, owner.pid)
      if (attempt === 3) throw new StoreInUseError(folder, undefined)
      setAside(folder, path)
    }
  } finally {
    rmSync(draft, { force: true })
  }
  held.add(path)
  return {
    release() {
      if (!held.delete(path)) return
      rmSync(path, { force: true })
    },
  }
}

/** A link appears whole or not at all, so nobody ever reads a half-written lock. */
function tryTake(draft: string, path: string): boolean {
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    // Some file systems know no links; there the lock is written in place.
    try {
      writeFileSync(path, readFileSync(draft), { flag: 'wx' })
      return true
    } catch (second) {
      if (codeOf(second) === 'EEXIST') return false
      throw new StoreUnusableError(`${path} cannot be written: ${reasonOf(second)}`, { cause: second })
    }
  }
}

function readOwner(path: string): Owner | undefined {
  try {
    const owner = JSON.parse(readFileSync(path, 'utf8')) as Owner
    return Number.isSafeInteger(owner.pid) && owner.pid > 0 ? owner : undefined
  } catch {
    return undefined
  }
}

/** Renamed first and looked at again: in between another start may have found it stale too and taken it. */
function setAside(folder: string, path: string): void {
  const aside = `${path}.stale-${process.pid}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw error
  }
  const owner = readOwner(aside)
  const taken = owner !== undefined && isAlive(owner, path)
  if (taken) tryTake(aside, path)
  rmSync(aside, { force: true })
  if (taken) throw new StoreInUseError(folder, owner.pid)
}

function isAlive({ pid, started }: Owner, path: string): boolean {
  // In a container each start has the same process number: our own, but not taken by us.
  if (pid === process.pid) return held.has(path)
  try {
    process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
  const now = startOf(pid)
  return started === null || now === null || started === now
}

function startOf(pid: number): string | null {
  try {
    // The command name stands in parentheses and may hold anything; field 22 is counted after the last one.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}

function reasonOf(error: unknown): string {
  const reasons: Record<string, string> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EROFS: 'the file system is read-only',
    ENOSPC: 'no space left on the device',
    ENOTDIR: 'a part of its path is not a folder',
    EEXIST: 'it is not a folder',
    ENOENT: 'it does not exist and cannot be made',
  }
  const code = codeOf(error)
  return (code && reasons[code]) ?? (error instanceof Error ? error.message : String(error))
}
