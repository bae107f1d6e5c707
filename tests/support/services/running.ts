import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { lives } from './launch.ts'
import type { Running } from './service.ts'

/** What `npm run services` wrote: a server with the folder of its data, or why there is none. */
export type ServiceEntry = (Running & { folder: string }) | { reason: string }

export const servicesFile = resolve(import.meta.dirname, '../../../var/services.json')

/** What the last `npm run services` wrote; nothing where it has not been run. */
export function serviceEntries(): Record<string, ServiceEntry> {
  if (!existsSync(servicesFile)) return {}
  return JSON.parse(readFileSync(servicesFile, 'utf8')) as Record<string, ServiceEntry>
}

/** The server of that id that `npm run services` started, when it is still alive. */
export function runningService(id: string): Running | undefined {
  const entry = serviceEntries()[id]
  return entry && 'pid' in entry && lives(entry.pid, entry.folder) ? entry : undefined
}

/** What stands in the title of tests that need the server: nothing when it runs, else why they are skipped. */
export function skipReason(id: string): string {
  if (runningService(id)) return ''
  const entry = serviceEntries()[id]
  if (entry === undefined) return ` (skipped: no ${id}; npm run services has not been run)`
  return ` (skipped: ${'reason' in entry ? entry.reason : `${id} has ended; run npm run services again`})`
}
