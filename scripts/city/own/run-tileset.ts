import { cpSync, existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { layerEntry } from '../layer-entry.ts'
import type { StepResult } from '../steps.ts'
import { describeOwn } from './describe.ts'
import type { LayerJob } from './own-steps.ts'
import { newAccount } from './read-layer.ts'

interface Tile {
  content?: { uri?: string; url?: string }
  contents?: { uri?: string; url?: string }[]
  children?: Tile[]
}

/** A city's own 3D Tiles, taken over as they are once every address in them is known to stay inside the folder. */
export async function runTileset({ layer, folder, progress }: LayerJob): Promise<StepResult> {
  const root = statSync(layer.path).isDirectory() ? join(layer.path, 'tileset.json') : layer.path
  if (!existsSync(root)) throw new Error(`layer ${layer.id} (${layer.file}) has no tileset.json`)
  const seen = new Set<string>()
  checkTileset(root, dirname(root), seen, `layer ${layer.id} (${layer.file})`)
  progress(0.3)
  cpSync(dirname(root), join(folder, layer.id), { recursive: true })
  const account = { ...newAccount(), read: seen.size }
  const described = describeOwn(layer, account, {
    kind: '3dtiles',
    file: `${layer.id}/tileset.json`,
    features: seen.size,
    steps: [
      'tiles taken over as they are; what they show was not checked against the list of sensitive kinds',
    ],
  })
  return { layers: [await layerEntry(folder, described)], notes: {} }
}

function checkTileset(path: string, base: string, seen: Set<string>, label: string): void {
  const tileset = JSON.parse(readFileSync(path, 'utf8')) as { asset?: { version?: string }; root?: Tile }
  if (!tileset.root || !['1.0', '1.1'].includes(tileset.asset?.version ?? ''))
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

function checkContent(address: string, from: string, base: string, seen: Set<string>, label: string): void {
  const file = normalize(join(dirname(from), decodeURI(address.split('?')[0]!)))
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(address) || relative(base, file).startsWith('..'))
    throw new Error(`${label} is refused: ${address} lies outside its folder, and a map asks no other server`)
  // Implicit tilings name their tiles by a template; the template's folder must stay inside, the tiles are not counted.
  if (address.includes('{')) return
  if (!existsSync(file)) throw new Error(`${label} is refused: ${relative(base, file)} is missing`)
  if (seen.has(file)) return
  seen.add(file)
  if (file.endsWith('.json')) checkTileset(file, base, seen, label)
}
