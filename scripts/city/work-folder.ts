import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * A base map is built beside the one it will replace, and put in its place by renaming when it is whole: whoever stops the
 * builder, or a machine that fails, leaves the good map alone and the finished steps for the next run.
 */
export interface WorkFolder {
  /** Where the build writes. */
  path: string
  /** Puts the built map in place of the old one. */
  publish(): void
  release(): void
}

/** @throws when another builder that still runs holds the folder */
export function openWorkFolder(out: string): WorkFolder {
  const [path, previous] = [`${out}.building`, `${out}.previous`]
  // Stopped between the two renames of publish(): the old map goes back.
  if (!existsSync(out) && existsSync(previous)) renameSync(previous, out)
  rmSync(previous, { recursive: true, force: true })
  mkdirSync(dirname(out), { recursive: true })
  mkdirSync(path, { recursive: true })
  const lock = join(path, '.lock')
  takeLock(lock, out)
  return {
    path,
    publish() {
      rmSync(lock)
      if (existsSync(out)) renameSync(out, previous)
      renameSync(path, out)
      rmSync(previous, { recursive: true, force: true })
    },
    release: () => rmSync(lock, { force: true }),
  }
}

function takeLock(lock: string, out: string): void {
  const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : undefined
  if (holder !== undefined && holder !== process.pid && runs(holder))
    throw new Error(`${out} is being built by process ${holder}`)
  rmSync(lock, { force: true })
  writeFileSync(lock, String(process.pid), { flag: 'wx' })
}

function runs(process_: number): boolean {
  try {
    process.kill(process_, 0)
    return true
  } catch {
    return false
  }
}
