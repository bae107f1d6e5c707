import type { JournalFile } from '../../server/journal/journal-file.ts'

/** What would be on the disk after a power cut: the bytes of the last successful sync, and nothing since. */
export interface PowerCut {
  file: JournalFile
  /** The file's bytes at its last sync. */
  durable(): Buffer
}

/** A file whose k-th operation of a kind fails once, after half of a write has reached it. */
export function failOnce(
  file: JournalFile,
  kind: 'write' | 'sync' | 'truncate',
  k: number,
  code: string,
): JournalFile {
  let count = 0
  const fails = (): boolean => (count += 1) === k
  const failure = (): Error => Object.assign(new Error(`${code}: injected`), { code })
  return {
    ...file,
    async write(bytes, position) {
      if (kind === 'write' && fails()) {
        await file.write(bytes.subarray(0, bytes.length >> 1), position)
        throw failure()
      }
      await file.write(bytes, position)
    },
    async sync() {
      if (kind === 'sync' && fails()) throw failure()
      await file.sync()
    },
    async truncate(length) {
      if (kind === 'truncate' && fails()) throw failure()
      await file.truncate(length)
    },
  }
}

/** Remembers what each sync made durable; `lies` is a disk (or a program) that says it synced and did not. */
export function recordSyncs(file: JournalFile, lies = false): PowerCut {
  let durable: Buffer = Buffer.alloc(0)
  return {
    file: {
      ...file,
      async sync() {
        if (lies) return
        await file.sync()
        durable = await file.read(0, await file.size())
      },
    },
    durable: () => durable,
  }
}
