import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { IndicatorAdapter } from '../../src/contracts/indicator-adapter.ts'
import { tryToLoad } from '../ingest/source-thread.ts'
import { type Adapters, adapterId, cameFrom, quarantined, quarantineOf, soundOf } from './adapter-registry.ts'

/**
 * Ours, and one protocol per .js or .mjs file of the folder. A file is first loaded in a thread of its own, so that one that never
 * comes to its end is quarantined by its name and holds up nothing; ours keep their names.
 * @throws where the folder cannot be read
 */
export async function withThirdParty(
  ours: Adapters,
  folder: string,
  warn: (sentence: string) => void,
): Promise<Adapters> {
  const names = (await readdir(folder)).filter((name) => /\.m?js$/.test(name)).toSorted()
  const all = new Map(ours)
  const theirs = await Promise.all(names.map((name) => thirdParty(join(folder, name))))
  for (const [nth, adapter] of theirs.entries()) {
    const id = adapterId(names[nth]!)
    const reason = all.has(id)
      ? `${names[nth]} is not taken: there is an adapter ${id} already`
      : quarantineOf(adapter)
    if (reason !== undefined) warn(`quarantined: ${reason}`)
    if (!all.has(id)) all.set(id, adapter)
  }
  return all
}

async function thirdParty(path: string): Promise<IndicatorAdapter> {
  const { href } = pathToFileURL(path)
  const fault = await tryToLoad(href)
  if (fault !== undefined) return quarantined(`adapter ${adapterId(path)} does not load: ${fault}`)
  // The address is known at run time alone; the bundler is not to look for it.
  const load = async (): Promise<unknown> =>
    ((await import(/* @vite-ignore */ href)) as { default: unknown }).default
  const adapter = await soundOf(path, load)
  return quarantineOf(adapter) === undefined ? cameFrom({ ...adapter }, href) : adapter
}
