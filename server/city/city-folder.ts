import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

export interface FolderFile {
  /** With / between folders, as file-kinds.ts writes it. */
  path: string
  text: string
}

/** Files an editor leaves beside the one it writes are not the city's. */
const isCityFile = (name: string) => /^[^.~#].*\.(yaml|yml|json)$/.test(name)

/** Every YAML and JSON file below the folder, in a stable order, read at one go. */
export async function readFolder(folder: string): Promise<FolderFile[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const paths = entries
    .filter((entry) => entry.isFile() && isCityFile(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
  const files = await Promise.all(
    paths.map(async (full) => ({
      path: relative(folder, full).split(sep).join('/'),
      text: await readFile(full, 'utf8'),
    })),
  )
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

/** Where tables of standards stand: beside the city's folder, or where the city stands elsewhere, with the program. */
export function standardsFolderOf(folder: string): string {
  // The built gateway's parts lie one folder deeper than its source.
  const ours = ['../../cities/standards', '../../../cities/standards'].map((path) =>
    join(import.meta.dirname, path),
  )
  return [join(folder, '../standards'), ...ours].find((path) => existsSync(path)) ?? ours[0]!
}

/** The files of standards, by the paths of file-kinds.ts. None where there is no such folder. */
export async function readStandards(folder: string): Promise<FolderFile[]> {
  const files = await readFolder(standardsFolderOf(folder)).catch((): FolderFile[] => [])
  return files.map(({ path, text }) => ({ path: `../standards/${path}`, text }))
}

/** Equal folders have equal hashes, on every machine. */
export function hashOf(files: readonly FolderFile[]): string {
  const hash = createHash('sha256')
  for (const { path, text } of files) hash.update(`${path}\n${text.length}\n${text}\n`)
  return hash.digest('hex').slice(0, 16)
}

/** The folder itself and every folder below it. */
export async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return [
    folder,
    ...entries.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name)),
  ]
}
