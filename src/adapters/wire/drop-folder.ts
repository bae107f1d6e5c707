import type { FileEntry } from '../../contracts/io.ts'

interface Look {
  bytes: number
  modifiedAt: string
  sinceMs: number
}

/**
 * A folder into which others put files, looked at from time to time (前置机). A file is taken once its size and time have stood
 * still between two looks `settleMs` apart: one that is still being written would be read by halves.
 */
export class DropFolder {
  private looks = new Map<string, Look>()
  private readonly hashes = new Map<string, string>()

  /** Of the files that lie there now, those that are whole, oldest first. */
  settled(entries: readonly FileEntry[], nowMs: number, settleMs: number): FileEntry[] {
    const looks = new Map<string, Look>()
    const whole = entries.filter(({ name, bytes, modifiedAt }) => {
      const before = this.looks.get(name)
      const still = before?.bytes === bytes && before.modifiedAt === modifiedAt
      const look = still ? before : { bytes, modifiedAt, sinceMs: nowMs }
      looks.set(name, look)
      return still && nowMs - look.sinceMs >= settleMs
    })
    this.looks = looks
    for (const key of this.hashes.keys()) if (!looks.has(key.split('\n')[0]!)) this.hashes.delete(key)
    return whole.toSorted((a, b) =>
      a.modifiedAt === b.modifiedAt ? (a.name < b.name ? -1 : 1) : a.modifiedAt < b.modifiedAt ? -1 : 1,
    )
  }

  /** SHA-256 of a file as it lies there, once somebody has read it. */
  hashOf(entry: FileEntry): string | undefined {
    return this.hashes.get(keyOf(entry))
  }

  remember(entry: FileEntry, sha256: string): void {
    this.hashes.set(keyOf(entry), sha256)
  }
}

const keyOf = ({ name, bytes, modifiedAt }: FileEntry): string => `${name}\n${bytes}\n${modifiedAt}`
