import { checkFeatures } from './feature-check.ts'
import type { FeatureCollection } from './feature-collection.ts'
import { holdsAt } from './feature-times.ts'
import { toInstant } from './instant.ts'
import type { FeatureAnswer, MapFeature } from './map-feature.ts'

/** An answer of a source as it came, before its features are checked. */
export interface RawStatement {
  features: readonly unknown[]
  /** When the source made the statement, where it says so. */
  resultTime: string | undefined
  rawSha256: string
  bytes: number
}

/** What a source said of one collection, checked. Kept as the last good answer until the source says something else. */
export interface Statement {
  features: MapFeature[]
  refused: FeatureAnswer['refused']
  resultTime: string
  /** First heard, and last heard to be still so. */
  sinceMs: number
  receivedMs: number
  /** Of features and refusals; `rawSha256` of the source's bytes, which change with every stamp in them. */
  hash: string
  rawSha256: string
  bytes: number
}

/**
 * Checks what was read. What was known before is only confirmed where the source's bytes, or what they hold, are the same.
 * @param hashOf of a text: equal texts have equal hashes
 */
export function statementOf(
  { kind }: Pick<FeatureCollection, 'kind'>,
  items: RawStatement,
  nowMs: number,
  before: Statement | undefined,
  hashOf: (text: string) => string,
): Statement {
  const resultTime = items.resultTime ?? before?.resultTime ?? toInstant(nowMs)
  if (before && before.rawSha256 === items.rawSha256) return { ...before, resultTime, receivedMs: nowMs }
  const { rawSha256, bytes } = items
  const { features, refused } = checkFeatures(kind, items.features)
  const hash = hashOf(JSON.stringify([features, refused]))
  if (before?.hash === hash) return { ...before, resultTime, receivedMs: nowMs, rawSha256, bytes }
  // Without a word from the source about its own time, the change itself was seen now.
  const told = items.resultTime ?? toInstant(nowMs)
  return { features, refused, resultTime: told, sinceMs: nowMs, receivedMs: nowMs, hash, rawSha256, bytes }
}

/**
 * As the wire carries it. A standing statement is never a forecast, so its instant is no later than its own time; it also
 * tells of what is to begin, because it is not asked again when that begins.
 */
export function answerOf(
  { id, source, provenance, step }: FeatureCollection,
  statement: Pick<Statement, 'features' | 'refused' | 'resultTime' | 'receivedMs' | 'hash'>,
  atMs: number,
): FeatureAnswer {
  const { features, refused, resultTime, receivedMs, hash } = statement
  const standing = step === undefined
  return {
    collection: id,
    at: toInstant(standing ? Math.min(atMs, Date.parse(resultTime)) : atMs),
    source,
    provenance,
    resultTime,
    receivedAt: toInstant(receivedMs),
    hash,
    features: features.filter((feature) =>
      standing
        ? feature.time === undefined || Date.parse(feature.time.interval[1]) > atMs
        : holdsAt(feature, atMs),
    ),
    refused,
  }
}
