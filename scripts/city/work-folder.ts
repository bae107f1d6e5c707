import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path'
import { settleFile, settleTree } from './settle.ts'
import { isEmptyOrAbsent, ownRecord, refuseStrangers } from './standing-map.ts'
import { RECORD } from './steps.ts'

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

const LOCK = '.lock'

/**
 * Opens the folder beside `out` for one build. Replacing a map deletes the one before, so nothing is taken for such a map,
 * and nothing is touched, that this builder did not write.
 * @param sources what the map is built from: none may lie in the built map, nor the map in it
 * @throws a sentence when `out` is no map of this builder, holds or is held by a source, or is being built
 */
export function openWorkFolder(out: string, sources: readonly string[]): WorkFolder {
  const [path, previous] = [`${out}.building`, `${out}.previous`]
  for (const folder of [out, path, previous]) refuseOverlap(folder, sources)
  for (const map of [out, previous]) refuseStrangers(map)
  if (!isEmptyOrAbsent(path) && !existsSync(join(path, LOCK)) && ownRecord(path) === undefined)
    throw new Error(
      `${path} is in the way: it is no unfinished map of this command. Move it, or name another --out`,
    )
  mkdirSync(path, { recursive: true })
  takeLock(join(path, LOCK), out)
  // The mark by which a stopped build is known for one.
  if (!existsSync(join(path, RECORD))) writeFileSync(join(path, RECORD), '{}\n')
  // Stopped between the two renames of publish(): the old map goes back.
  if (!existsSync(out) && existsSync(previous)) renameSync(previous, out)
  rmSync(previous, { recursive: true, force: true })
  return {
    path,
    publish() {
      settleTree(path)
      // Somebody may have put files there while the map was built.
      refuseStrangers(out)
      if (existsSync(out)) renameSync(out, previous)
      renameSync(path, out)
      settleFile(dirname(out))
      rmSync(join(out, LOCK), { force: true })
      rmSync(previous, { recursive: true, force: true })
    },
    release: () => rmSync(join(path, LOCK), { force: true }),
  }
}

function refuseOverlap(folder: string, sources: readonly string[]): void {
  const map = realPath(folder)
  for (const source of sources.map(realPath))
    if (contains(map, source) || contains(source, map))
      throw new Error(
        `--out ${folder} and the city's own files in ${source} lie in each other: the map would replace them`,
      )
}

function contains(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return !isAbsolute(way) && way.split(sep)[0] !== '..'
}

/** With links followed, as far as the path exists. */
function realPath(path: string): string {
  if (existsSync(path)) return realpathSync(path)
  return dirname(path) === path ? path : join(realPath(dirname(path)), basename(path))
}

function takeLock(lock: string, out: string): void {
  const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : undefined
  if (holder !== undefined && holder !== process.pid && runs(holder))
    throw new Error(`${out} is being built by process ${holder} (${lock})`)
  rmSync(lock, { force: true })
  writeFileSync(lock, String(process.pid), { flag: 'wx' })
}

/** Another user's process may not be asked, but it is there. */
function runs(process_: number): boolean {
  if (!(process_ > 0)) return false
  try {
    process.kill(process_, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
