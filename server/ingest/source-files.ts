import { createHash } from 'node:crypto'
import { lstat, readFile, readdir, realpath, stat } from 'node:fs/promises'
import { basename, isAbsolute, join, relative, resolve } from 'node:path'
import { SourceError } from '../../src/contracts/indicator-adapter.ts'
import type { FileAnswer, FileEntry } from '../../src/contracts/io.ts'

/** A folder with more is no drop folder. */
const mostFiles = 10_000

export async function readSourceFile(root: string, path: string): Promise<FileAnswer> {
  const { full, inside } = within(root, path)
  try {
    const [bytes, { mtime }] = await Promise.all([readFile(full), stat(full)])
    return {
      name: basename(full),
      bytes,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      modifiedAt: mtime.toISOString(),
    }
  } catch {
    throw new SourceError(`${inside} cannot be read: check that the file is there`)
  }
}

/** Plain files of that folder by name; links and folders in it are none, and a folder that a link leads outside is refused. */
export async function listSourceFiles(root: string, folder: string, pattern = '*'): Promise<FileEntry[]> {
  const { full, inside } = within(root, folder)
  const wanted = matching(pattern)
  const names = await namesIn(root, full, inside)
  const entries = await Promise.all(
    names.filter((name) => wanted.test(name)).map((name) => entryOf(join(full, name), name)),
  )
  return entries.filter((entry) => entry !== undefined)
}

function within(root: string, path: string): { full: string; inside: string } {
  const full = resolve(root, path)
  const inside = relative(root, full)
  if (isAbsolute(path) || inside.startsWith('..'))
    throw new SourceError(`${path} is outside the project folder`)
  return { full, inside }
}

async function namesIn(root: string, full: string, inside: string): Promise<string[]> {
  let names: string[]
  try {
    const [really, home] = await Promise.all([realpath(full), realpath(root)])
    if (relative(home, really).startsWith('..'))
      throw new SourceError(`${inside} leads outside the project folder`)
    names = await readdir(full)
  } catch (cause) {
    if (cause instanceof SourceError) throw cause
    throw new SourceError(`${inside} cannot be listed: check that the folder is there`)
  }
  if (names.length > mostFiles) throw new SourceError(`${inside} holds more than ${mostFiles} files`)
  return names.toSorted()
}

/** Undefined for what is no plain file, or has gone since the folder was read. */
async function entryOf(full: string, name: string): Promise<FileEntry | undefined> {
  const found = await lstat(full).catch(() => undefined)
  if (!found?.isFile()) return undefined
  return { name, bytes: found.size, modifiedAt: found.mtime.toISOString() }
}

function matching(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, 'su')
}
