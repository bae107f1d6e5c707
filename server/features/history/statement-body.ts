import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'
import type { FeatureAnswer, MapFeature } from '../../../src/domain/map-feature.ts'

export interface Contents {
  features: MapFeature[]
  refused: FeatureAnswer['refused']
}

/** What the next statement is compared with: each feature's id in order, with a print of what it holds. */
export type Prints = ReadonlyMap<string, string>

interface Difference {
  changed: MapFeature[]
  removed: string[]
  /** Ids in order, where it is not the one before without the removed and with the new at its end. */
  order?: string[]
  refused: FeatureAnswer['refused']
}

const [pack, unpack] = [promisify(deflateRaw), promisify(inflateRaw)]

export function printsOf({ features }: Contents): Prints {
  return new Map(features.map((feature) => [feature.id, printOf(JSON.stringify(feature))]))
}

/** The statement as it differs from the one before, packed. */
export async function packDifference(before: Prints, after: Prints, contents: Contents): Promise<Uint8Array> {
  const changed = contents.features.filter(({ id }) => before.get(id) !== after.get(id))
  const removed = [...before.keys()].filter((id) => !after.has(id))
  const expected = orderAfter([...before.keys()], { changed, removed })
  const order = [...after.keys()]
  const isExpected = expected.every((id, place) => id === order[place])
  const { refused } = contents
  return await pack(
    JSON.stringify({ changed, removed, refused, ...(isExpected ? {} : { order }) } satisfies Difference),
  )
}

export async function packWhole({ features, refused }: Contents): Promise<Uint8Array> {
  return await pack(JSON.stringify({ features, refused } satisfies Contents))
}

/** A whole statement followed by differences, oldest first. */
export async function unpackBodies(bodies: readonly Uint8Array[]): Promise<Contents> {
  let contents: Contents = { features: [], refused: [] }
  for (const [place, body] of bodies.entries()) {
    const read = JSON.parse((await unpack(body)).toString('utf8')) as Contents | Difference
    contents = place === 0 ? (read as Contents) : applied(contents, read as Difference)
  }
  return contents
}

function applied({ features }: Contents, difference: Difference): Contents {
  const byId = new Map([...features, ...difference.changed].map((feature) => [feature.id, feature]))
  const order =
    difference.order ??
    orderAfter(
      features.map(({ id }) => id),
      difference,
    )
  return { features: order.map((id) => byId.get(id)!), refused: difference.refused }
}

function orderAfter(
  before: readonly string[],
  { changed, removed }: Pick<Difference, 'changed' | 'removed'>,
): string[] {
  const gone = new Set(removed)
  return [...new Set([...before.filter((id) => !gone.has(id)), ...changed.map(({ id }) => id)])]
}

function printOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16)
}

/** As for a statement that was just read: equal features and refusals, equal hashes. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
