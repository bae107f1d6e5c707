import { join } from 'node:path'
import { type BasemapLayer, shownBy } from '../../src/domain/basemap.ts'
import { bytesOfTree, sha256OfTree } from './hashes.ts'

/** Longer lists stand in report.json only. */
const MOST_LISTED = 50

export interface Described {
  id: string
  /** Where the id does not tell. */
  shows?: NonNullable<BasemapLayer['shows']>
  kind: BasemapLayer['kind']
  file: string
  features: number
  provenance: BasemapLayer['provenance']
  source: BasemapLayer['source']
  credit: string
  license: string
  crs: string
  asOf: string
  mapUse: BasemapLayer['mapUse']
  mapApproval: string | null
  steps: string[]
  sensitiveDropped?: number
  repaired?: string[]
  refused?: { id: string; reason: string }[]
  seed?: number
}

const MARKS: Partial<Record<BasemapLayer['mapUse'], string>> = { internal: '内部使用', demo: '示意' }

/** A layer's line in the manifest, with hash and size of what was written. */
export async function layerEntry(folder: string, described: Described): Promise<BasemapLayer> {
  // A tileset is a folder: its hash covers every tile.
  const tree = described.file.endsWith('tileset.json') ? described.file.split('/')[0]! : described.file
  const { repaired = [], refused = [], sensitiveDropped = 0, ...rest } = described
  const mark = described.provenance === 'synthetic' ? '示意' : MARKS[described.mapUse]
  const shows = shownBy(described)
  return {
    ...rest,
    ...(shows ? { shows } : {}),
    sha256: await sha256OfTree(join(folder, tree)),
    bytes: bytesOfTree(join(folder, tree)),
    sensitiveDropped,
    ...(mark ? { mark } : {}),
    ...(repaired.length > 0 ? { repaired: repaired.slice(0, MOST_LISTED) } : {}),
    ...(refused.length > 0 ? { refused: refused.slice(0, MOST_LISTED) } : {}),
  }
}
