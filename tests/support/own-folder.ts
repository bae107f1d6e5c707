import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

const PREFIX = 'citydeck-run-'

/**
 * One folder for whatever the tests of a run put into the machine's temporary folder, told to their processes through
 * the environment: a worker that is ended by a signal removes nothing of its own. Answers how to remove it.
 */
export default function setup(): () => void {
  // Each project of a run is set up by itself, and a socket's path has few letters to spare.
  if (basename(tmpdir()).startsWith(PREFIX)) return () => undefined
  const folder = mkdtempSync(join(tmpdir(), PREFIX))
  // A PostgreSQL server of the tests runs as a user of its own.
  chmodSync(folder, 0o755)
  const before = { TMPDIR: process.env['TMPDIR'], TEMP: process.env['TEMP'], TMP: process.env['TMP'] }
  for (const name of Object.keys(before)) process.env[name] = folder
  return () => {
    for (const [name, value] of Object.entries(before))
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
