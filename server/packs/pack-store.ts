import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Bytes of packs by their own SHA-256, so that a definition once in force can be read for ever. */
export class PackStore {
  private readonly folder: string | undefined
  private readonly known = new Map<string, string>()

  /** @param folder absent: kept in memory only, while the gateway runs */
  constructor(folder: string | undefined) {
    this.folder = folder
  }

  async keep(text: string): Promise<string> {
    const sha256 = createHash('sha256').update(text).digest('hex')
    if (this.known.has(sha256)) return sha256
    if (this.folder !== undefined && (await this.onDisk(sha256)) === undefined) {
      await mkdir(this.folder, { recursive: true })
      const path = this.pathOf(sha256)
      // Whole or not at all: a torn file would have the name of bytes that it does not hold.
      await writeFile(`${path}.part`, text)
      await rename(`${path}.part`, path)
    }
    this.known.set(sha256, text)
    return sha256
  }

  /** Undefined where these bytes were never kept, or are no longer what their name says. */
  async read(sha256: string): Promise<string | undefined> {
    const known = this.known.get(sha256) ?? (await this.onDisk(sha256))
    if (known !== undefined) this.known.set(sha256, known)
    return known
  }

  private async onDisk(sha256: string): Promise<string | undefined> {
    if (this.folder === undefined) return undefined
    const text = await readFile(this.pathOf(sha256), 'utf8').catch(() => undefined)
    if (text === undefined) return undefined
    return createHash('sha256').update(text).digest('hex') === sha256 ? text : undefined
  }

  private pathOf(sha256: string): string {
    return join(this.folder!, `${sha256}.yaml`)
  }
}
