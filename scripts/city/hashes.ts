import { createHash } from 'node:crypto'
import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** Of a file of any size, read as a stream. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/** Of a file: its own. Of a folder: over the paths and hashes of all files in it, whatever their order on disk. */
export async function sha256OfTree(path: string): Promise<string> {
  if (!statSync(path).isDirectory()) return await sha256OfFile(path)
  const hash = createHash('sha256')
  for (const file of filesIn(path)) hash.update(`${file}\0${await sha256OfFile(join(path, file))}\n`)
  return hash.digest('hex')
}

/** Paths without those of compressed copies of others of them, which a server keeps beside its files. */
export function withoutCopies(paths: readonly string[]): string[] {
  const all = new Set(paths)
  return paths.filter((path) => !(/\.(br|gz)$/.test(path) && all.has(path.replace(/\.(br|gz)$/, ''))))
}

export function bytesOfTree(path: string): number {
  if (!statSync(path).isDirectory()) return readFileSync(path).length
  return filesIn(path).reduce((sum, file) => sum + statSync(join(path, file)).size, 0)
}

/** Paths of all files below, relative, sorted. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}
