import { constants } from 'node:fs'
import { copyFile, open } from 'node:fs/promises'
import { dirname } from 'node:path'

/** The few things a journal asks of a file; tests put a failing or forgetful one in its place. */
export interface JournalFile {
  /** Bytes from `position`, fewer at the end of the file. */
  read(position: number, length: number): Promise<Buffer>
  /** Writes all of it or rejects; after a rejection the file may hold a part. */
  write(bytes: Buffer, position: number): Promise<void>
  /** Returns when the bytes are on the disk (fdatasync). */
  sync(): Promise<void>
  truncate(length: number): Promise<void>
  size(): Promise<number>
  /** A full copy beside it, for what has to be cut off. */
  copyTo(path: string): Promise<void>
  close(): Promise<void>
}

/** Opens or makes the file; a new one's name is synced too, or a power cut could take the whole journal. */
export async function openJournalFile(
  path: string,
  options: { readOnly?: boolean } = {},
): Promise<JournalFile> {
  const handle = await open(
    path,
    options.readOnly ? constants.O_RDONLY : constants.O_RDWR | constants.O_CREAT,
    0o640,
  )
  if (!options.readOnly) await syncFolder(dirname(path))
  return {
    async read(position, length) {
      const buffer = Buffer.allocUnsafe(length)
      let filled = 0
      while (filled < length) {
        const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled)
        if (bytesRead === 0) break
        filled += bytesRead
      }
      return buffer.subarray(0, filled)
    },
    async write(bytes, position) {
      let written = 0
      while (written < bytes.length) {
        written += (await handle.write(bytes, written, bytes.length - written, position + written))
          .bytesWritten
      }
    },
    sync: () => handle.datasync(),
    truncate: (length) => handle.truncate(length),
    size: async () => (await handle.stat()).size,
    copyTo: (copy) => copyFile(path, copy, constants.COPYFILE_EXCL),
    close: () => handle.close(),
  }
}

async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder; its file systems journal names themselves.
  const folder = await open(path, constants.O_RDONLY).catch(() => undefined)
  try {
    await folder?.sync()
  } catch {
    // Some network file systems refuse to sync a folder; the file's own sync still holds.
  } finally {
    await folder?.close()
  }
}
