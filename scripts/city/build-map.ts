import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { BasemapManifest } from '../../src/domain/basemap.ts'
import type { Options } from './options.ts'
import type { Progress } from './progress.ts'
import { ownPlan } from './own/own-plan.ts'
import { sketchPlan } from './sketch/sketch-plan.ts'
import { runSteps, type Step } from './steps.ts'
import { openWorkFolder } from './work-folder.ts'

/** What is to be built, before anything is written. */
export interface MapPlan {
  /** Folder under public/basemap where the app looks for it. */
  folder: string
  manifest: Omit<BasemapManifest, 'layers'>
  steps: Step[]
  /** A city's own files and folders, which the map must not replace. */
  sources?: string[]
}

export interface BuiltMap {
  out: string
  manifest: BasemapManifest
  skipped: string[]
}

const PUBLIC = resolve(import.meta.dirname, '../../public/basemap')

/**
 * Builds a base map and puts it in place of the standing one when it is whole.
 * @throws a sentence when a layer is refused or a file cannot be read; the standing map is as it was
 */
export async function buildMap({ from, out }: Options, progress: Progress): Promise<BuiltMap> {
  const plan = 'folder' in from ? await ownPlan(resolve(from.folder)) : sketchPlan(from)
  const target = resolve(out ?? join(PUBLIC, plan.folder))
  const work = openWorkFolder(target, plan.sources ?? [])
  try {
    const { results, skipped } = await runSteps(plan.steps, { work: work.path, standing: target }, progress)
    const manifest = { ...plan.manifest, layers: [...results.values()].flatMap(({ layers }) => layers) }
    writeFileSync(join(work.path, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
    const report = Object.fromEntries([...results].map(([id, { notes }]) => [id, notes]))
    writeFileSync(join(work.path, 'report.json'), `${JSON.stringify(report, null, 2)}\n`)
    work.publish()
    return { out: target, manifest, skipped }
  } finally {
    work.release()
  }
}
