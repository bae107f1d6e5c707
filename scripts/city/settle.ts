import { closeSync, fsyncSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Has every file below written to the disk itself: a machine that loses power after a rename has a whole map, or the old one. */
export function settleTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) settleTree(path)
    else if (entry.isFile()) settleFile(path)
  }
  settleFile(folder)
}

/** A folder's own entry counts too; Windows opens no folders and writes their entries at once. */
export function settleFile(path: string): void {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    if (process.platform === 'win32') return
    throw error
  }
  try {
    fsyncSync(file)
  } catch (error) {
    if (process.platform !== 'win32') throw error
  } finally {
    closeSync(file)
  }
}
