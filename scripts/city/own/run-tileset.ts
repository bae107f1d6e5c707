import { cpSync, existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, normalize, relative } from 'node:path'
import { layerEntry } from '../layer-entry.ts'
import type { StepResult } from '../steps.ts'
import { describeOwn } from './describe.ts'
import { lowerTileset } from './lower-tileset.ts'
import type { LayerJob } from './own-steps.ts'
import { newAccount } from './read-layer.ts'

interface Tile {
  content?: { uri?: string; url?: string }
  contents?: { uri?: string; url?: string }[]
  children?: Tile[]
}

/**
 * A city's own 3D Tiles, taken over as they are once every address in them is known to stay inside the folder, but sunk by the
 * height that the map draws as 0.
 */
export async function runTileset({ layer, folder, groundHeight, progress }: LayerJob): Promise<StepResult> {
  const label = `layer ${layer.id} (${layer.file})`
  const root = statSync(layer.path).isDirectory() ? join(layer.path, 'tileset.json') : layer.path
  if (!existsSync(root) || basename(root) !== 'tileset.json') throw new Error(`${label} has no tileset.json`)
  const [base, seen] = [dirname(root), new Set<string>()]
  checkTileset(root, base, seen, label)
  progress(0.3)
  const copy = join(folder, layer.id)
  cpSync(base, copy, { recursive: true })
  const down = groundHeight - layer.heightOffset
  const below = [...seen]
    // A tileset may refer back to the root, which sinks by itself.
    .filter((file) => file.endsWith('.json') && file !== root)
    .map((file) => join(copy, relative(base, file)))
  if (down !== 0) lowered(join(copy, 'tileset.json'), below, down, label)
  const account = { ...newAccount(), read: seen.size }
  const described = describeOwn(layer, account, {
    kind: '3dtiles',
    file: `${layer.id}/tileset.json`,
    features: seen.size,
    steps: [
      'tiles taken over as they are; what they show was not checked against the list of sensitive kinds',
      ...(down !== 0 ? [`sunk by ${down} m, as the map is`] : []),
    ],
  })
  return { layers: [await layerEntry(folder, described)], notes: {} }
}

function lowered(root: string, below: readonly string[], metres: number, label: string): void {
  try {
    lowerTileset(root, below, metres)
  } catch (error) {
    throw new Error(
      `${label} cannot be sunk by ${metres} m: ${error instanceof Error ? error.message : ''}`,
      {
        cause: error,
      },
    )
  }
}

function checkTileset(path: string, base: string, seen: Set<string>, label: string): void {
  const tileset = read(path) as { asset?: { version?: string }; root?: Tile } | null
  if (!tileset?.root || !['1.0', '1.1'].includes(tileset.asset?.version ?? ''))
    throw new Error(`${label}: ${relative(base, path)} is no 3D Tiles 1.0 or 1.1 tileset`)
  const waiting: Tile[] = [tileset.root]
  for (let tile = waiting.pop(); tile; tile = waiting.pop()) {
    waiting.push(...(tile.children ?? []))
    for (const content of [...(tile.content ? [tile.content] : []), ...(tile.contents ?? [])]) {
      const address = content.uri ?? content.url
      if (address !== undefined) checkContent(address, path, base, seen, label)
    }
  }
}

/** What is no JSON is no tileset. */
function read(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

/** A lone percent sign is part of a name that an exporter did not encode. */
function decoded(address: string): string {
  try {
    return decodeURI(address)
  } catch {
    return address
  }
}

function checkContent(address: string, from: string, base: string, seen: Set<string>, label: string): void {
  const file = normalize(join(dirname(from), decoded(address.split('?')[0]!)))
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(address) || relative(base, file).startsWith('..'))
    throw new Error(`${label} is refused: ${address} lies outside its folder, and a map asks no other server`)
  // Implicit tilings name their tiles by a template; the template's folder must stay inside, the tiles are not counted.
  if (address.includes('{')) return
  if (!existsSync(file)) throw new Error(`${label} is refused: ${relative(base, file)} is missing`)
  if (seen.has(file)) return
  seen.add(file)
  if (file.endsWith('.json')) checkTileset(file, base, seen, label)
}
