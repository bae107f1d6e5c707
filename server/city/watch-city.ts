import { type FSWatcher, existsSync, watch } from 'node:fs'
import type { IndicatorAdapter } from '../../src/contracts/indicator-adapter.ts'
import { foldersIn, standardsFolderOf } from './city-folder.ts'
import { type City, type Loaded, errorLine, loadCity } from './load-city.ts'
import type { Variables } from './source-variables.ts'

/** An editor writes a file in several steps; a folder is read when it has been still for so long. */
const stillMs = 150

/**
 * Calls back when the folder holds another city than before, or one that does not hold together: each state once. `ready`
 * resolves when watching has begun.
 */
export function watchCity(
  folder: string,
  adapters: ReadonlyMap<string, IndicatorAdapter>,
  onChange: (loaded: Loaded) => void,
  current?: City,
  variables?: Variables,
): { stop(): void; ready: Promise<void> } {
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let told = current?.hash
  let reading: Promise<void> = Promise.resolve()

  const folders = watchFolders(() => {
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(() => void (reading = reading.then(look)), stillMs)
  })

  const watched = async (): Promise<string[]> => [
    ...(await foldersIn(folder).catch((): string[] => [])),
    standardsFolderOf(folder),
  ]

  async function look(): Promise<void> {
    folders.follow(await watched())
    const loaded = await loadCity(folder, adapters, variables)
    const state = 'errors' in loaded ? loaded.errors.map(errorLine).join('\n') : loaded.hash
    if (stopped) return folders.follow([])
    if (state === told) return
    told = state
    onChange(loaded)
  }

  async function begin(): Promise<void> {
    folders.follow(await watched())
    if (stopped) folders.follow([])
    if (told !== undefined) return
    const loaded = await loadCity(folder, adapters, variables)
    told = 'errors' in loaded ? undefined : loaded.hash
  }

  reading = begin()
  return {
    ready: reading,
    stop() {
      stopped = true
      clearTimeout(timer)
      folders.follow([])
    },
  }
}

/** Folders are watched, not files, because many editors write a new file and rename it over the old one. */
function watchFolders(touch: () => void): { follow(paths: readonly string[]): void } {
  const watchers = new Map<string, FSWatcher>()
  return {
    follow(paths) {
      for (const [path, watcher] of watchers) {
        if (paths.includes(path)) continue
        watcher.close()
        watchers.delete(path)
      }
      for (const path of paths) {
        // A folder may go between being listed and being watched; its parent tells of it.
        if (watchers.has(path) || !existsSync(path)) continue
        const watcher = watch(path, touch)
        // A folder that goes away ends its watcher with an error; the next look notices what is left.
        watcher.on('error', touch)
        watchers.set(path, watcher)
      }
    },
  }
}
