import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { filesIn, withoutCopies } from './hashes.ts'
import { RECORD } from './steps.ts'

/** What a whole map holds besides what its steps wrote; the lock for the moment in which it is put in place. */
const ALWAYS = new Set(['manifest.json', 'report.json', RECORD, '.lock'])

/** @throws a sentence when a path that a new map would replace is anything but an earlier map of this builder */
export function refuseStrangers(map: string): void {
  if (isEmptyOrAbsent(map)) return
  const record = ownRecord(map)
  if (record === undefined || !existsSync(join(map, 'manifest.json')))
    throw new Error(
      `${map} is not empty and no map of this command, and would be replaced: name a new folder, or an empty one`,
    )
  const stranger = withoutCopies(filesIn(map)).find((file) => !ALWAYS.has(file) && !record(file))
  if (stranger !== undefined)
    throw new Error(
      `${join(map, stranger)} was not written by this command and would be deleted: move it away`,
    )
}

export function isEmptyOrAbsent(path: string): boolean {
  if (!existsSync(path)) return true
  return statSync(path).isDirectory() && readdirSync(path).length === 0
}

/** Whether the steps of a build wrote the file of that path, by its own record; undefined without such a record. */
export function ownRecord(folder: string): ((file: string) => boolean) | undefined {
  try {
    const steps = JSON.parse(readFileSync(join(folder, RECORD), 'utf8')) as Record<
      string,
      { outputs: object; files?: string[] }
    >
    const own = new Set<string>()
    const folders: string[] = []
    for (const { outputs, files } of Object.values(steps)) {
      for (const path of [...Object.keys(outputs), ...(files ?? [])]) own.add(path)
      // A record of before folders told their files.
      if (!files) folders.push(...Object.keys(outputs).map((output) => `${output}/`))
    }
    return (file) => own.has(file) || folders.some((of) => file.startsWith(of))
  } catch {
    return undefined
  }
}
