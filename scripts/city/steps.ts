import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { BasemapLayer } from '../../src/domain/basemap.ts'
import { filesIn, sha256, sha256OfTree } from './hashes.ts'
import type { Progress } from './progress.ts'

/** What a step leaves behind: its layers for the manifest, and what later steps or the report want to know. */
export interface StepResult {
  layers: BasemapLayer[]
  notes: Record<string, unknown>
}

export interface Step {
  id: string
  /** All that the result depends on; equal inputs mean an equal result. */
  inputs: Record<string, unknown>
  /** Files and folders it writes, relative to the map's folder. */
  outputs: string[]
  /** Share of the whole build's time, in any unit. */
  weight: number
  run(folder: string, progress: (fraction: number) => void): Promise<StepResult>
}

interface Finished extends StepResult {
  inputs: string
  outputs: Record<string, string>
  /** What lies in outputs that are folders, so that nothing that somebody adds there is taken for its own. */
  files?: string[]
}

/** Kept in the built map, so that the next build of the same inputs takes over what has not changed. */
export const RECORD = 'steps.json'
/** Raised whenever the builder would write something else from equal inputs. */
const BUILDER = 5

/**
 * Runs steps in order, each at most once for its inputs: a step finished by a build that was stopped, or by the map that
 * is being replaced, is taken over if its files are still what they were.
 */
export async function runSteps(
  steps: readonly Step[],
  folders: { work: string; standing: string },
  progress: Progress,
): Promise<{ results: Map<string, StepResult>; skipped: string[] }> {
  const results = new Map<string, StepResult>()
  const skipped: string[] = []
  const record: Record<string, Finished> = {}
  const total = steps.reduce((sum, { weight }) => sum + weight, 0)
  let done = 0
  for (const step of steps) {
    const inputs = sha256(JSON.stringify([BUILDER, step.inputs]))
    let finished = await takeOver(step, inputs, folders)
    if (finished) skipped.push(step.id)
    else {
      clear(step, folders.work)
      progress.at(done / total, step.id)
      const result = await step.run(folders.work, (fraction) =>
        progress.at((done + step.weight * fraction) / total, step.id),
      )
      finished = { ...result, inputs, ...(await writtenBy(step, folders.work)) }
    }
    record[step.id] = finished
    results.set(step.id, finished)
    writeRecord(folders.work, { ...readRecord(folders.work), ...record })
    done += step.weight
    progress.at(done / total, finished && skipped.includes(step.id) ? `${step.id} as before` : step.id)
  }
  writeRecord(folders.work, record)
  dropOthers(steps, folders.work)
  return { results, skipped }
}

async function takeOver(step: Step, inputs: string, folders: { work: string; standing: string }) {
  for (const folder of [folders.work, folders.standing]) {
    const finished = readRecord(folder)[step.id]
    if (finished?.inputs !== inputs) continue
    const seen = await hashesOf(step, folder)
    if (JSON.stringify(seen) !== JSON.stringify(finished.outputs)) continue
    if (folder === folders.standing) {
      clear(step, folders.work)
      for (const output of Object.keys(seen)) {
        mkdirSync(dirname(join(folders.work, output)), { recursive: true })
        cpSync(join(folder, output), join(folders.work, output), { recursive: true })
      }
    }
    return finished
  }
  return undefined
}

async function hashesOf(step: Step, folder: string): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {}
  for (const output of step.outputs)
    if (existsSync(join(folder, output))) hashes[output] = await sha256OfTree(join(folder, output))
  return hashes
}

async function writtenBy(step: Step, folder: string): Promise<Pick<Finished, 'outputs' | 'files'>> {
  const outputs = await hashesOf(step, folder)
  const files = Object.keys(outputs)
    .filter((output) => statSync(join(folder, output)).isDirectory())
    .flatMap((output) => filesIn(join(folder, output)).map((file) => `${output}/${file}`))
  return { outputs, ...(files.length > 0 ? { files } : {}) }
}

function clear(step: Step, folder: string): void {
  for (const output of step.outputs) rmSync(join(folder, output), { recursive: true, force: true })
}

/** What an earlier, other build left in the work folder. */
function dropOthers(steps: readonly Step[], folder: string): void {
  const kept = new Set(['.lock', RECORD, ...steps.flatMap(({ outputs }) => outputs.map(firstPart))])
  for (const name of readdirSync(folder))
    if (!kept.has(name)) rmSync(join(folder, name), { recursive: true, force: true })
}

function firstPart(path: string): string {
  return path.split('/')[0]!
}

function readRecord(folder: string): Record<string, Finished> {
  try {
    return JSON.parse(readFileSync(join(folder, RECORD), 'utf8')) as Record<string, Finished>
  } catch {
    return {}
  }
}

function writeRecord(folder: string, record: Record<string, Finished>): void {
  writeFileSync(join(folder, RECORD), `${JSON.stringify(record)}\n`)
}
