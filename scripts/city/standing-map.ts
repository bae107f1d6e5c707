import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { RECORD } from './steps.ts'

/** What a whole map holds besides what its steps wrote; the lock for the moment in which it is put in place. */
const ALWAYS = ['manifest.json', 'report.json', RECORD, '.lock']

/** @throws a sentence when a path that a new map would replace is anything but an earlier map of this builder */
export function refuseStrangers(map: string): void {
  if (isEmptyOrAbsent(map)) return
  const record = ownRecord(map)
  if (record === undefined || !existsSync(join(map, 'manifest.json')))
    throw new Error(
      `${map} is not empty and no map of this command, and would be replaced: name a new folder, or an empty one`,
    )
  const written = new Set([...ALWAYS, ...record])
  // Beside files that are served lie their compressed copies.
  const stranger = readdirSync(map).find((name) => !written.has(name.replace(/\.(br|gz)$/, '')))
  if (stranger !== undefined)
    throw new Error(
      `${join(map, stranger)} was not written by this command and would be deleted: move it away`,
    )
}

export function isEmptyOrAbsent(path: string): boolean {
  if (!existsSync(path)) return true
  return statSync(path).isDirectory() && readdirSync(path).length === 0
}

/** Names of files and folders that the steps of a build wrote, by its own record; undefined without such a record. */
export function ownRecord(folder: string): string[] | undefined {
  try {
    const steps = JSON.parse(readFileSync(join(folder, RECORD), 'utf8')) as Record<
      string,
      { outputs: object }
    >
    return Object.values(steps).flatMap(({ outputs }) =>
      Object.keys(outputs).map((path) => path.split('/')[0]!),
    )
  } catch {
    return undefined
  }
}
