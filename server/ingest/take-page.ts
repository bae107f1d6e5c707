import { createHash } from 'node:crypto'
import type { Page } from '../../src/contracts/delivery.ts'
import type { IndicatorAdapter } from '../../src/contracts/indicator-adapter.ts'
import { toInstant } from '../../src/domain/instant.ts'
import type { Lineage } from '../../src/domain/observation.ts'
import { type Reading, type Refusal, observationFrom } from '../../src/domain/reading.ts'
import type { Source } from '../../src/domain/source.ts'
import type { NewObservation } from '../store/store.ts'
import type { Feed } from './runner-context.ts'

const keptRefusals = 500

/** The last refused rows of a source, each once, so that a row refused at every poll does not push the others out. */
export class RefusalBook {
  private readonly kept = new Map<string, Refusal>()

  keep(refusal: Refusal): void {
    const key = `${refusal.row}\n${refusal.reason}`
    if (this.kept.has(key)) return
    this.kept.set(key, refusal)
    if (this.kept.size > keptRefusals) this.kept.delete(this.kept.keys().next().value!)
  }

  list(): Refusal[] {
    return [...this.kept.values()]
  }
}

export interface PageContext {
  source: Source
  adapter: IndicatorAdapter
  zone: string
  knownRegion(code: string): boolean
  nowMs: number
  refusals: RefusalBook
  /** Messages come by the thousand: those that were asked for and read alike share one lineage. */
  pushed?: boolean
}

type Rows = Pick<Page, 'readings' | 'refusals'>

/** Observations and their lineages from one page of readings; what cannot be taken is kept with its reason. */
export function observationsOf(feed: Feed, page: Rows, context: PageContext) {
  const receivedAt = toInstant(context.nowMs)
  const lineages = new Map<string, Lineage>()
  const observations: NewObservation[] = []
  const shared = context.pushed ? sharedHashes(page) : undefined
  let refused = 0
  for (const refusal of page.refusals) context.refusals.keep(refusal)
  for (const reading of page.readings) {
    const { zone, knownRegion } = context
    const made = observationFrom(feed.indicator, context.source, reading, { receivedAt, zone, knownRegion })
    if ('refused' in made) {
      refused += 1
      const row = `${feed.indicator.code} ${reading.region} ${JSON.stringify(reading.at)}`
      context.refusals.keep({ row, reason: made.refused })
      continue
    }
    const lineage = lineageOf(context, reading, receivedAt, shared?.get(likeness(reading)))
    lineages.set(lineage.id, lineage)
    observations.push({ ...made.observation, lineage: lineage.id })
  }
  return { observations, lineages: [...lineages.values()], refused }
}

const likeness = ({ lineage: { request, steps } }: Reading): string => JSON.stringify([request, steps])

/** One hash over all messages that were read alike. */
function sharedHashes({ readings }: Rows): Map<string, string> {
  const hashes = new Map<string, ReturnType<typeof createHash>>()
  for (const reading of readings) {
    const like = likeness(reading)
    const hash = hashes.get(like) ?? createHash('sha256')
    hashes.set(like, hash.update(reading.lineage.rawSha256))
  }
  return new Map([...hashes].map(([like, hash]) => [like, hash.digest('hex')]))
}

function lineageOf(
  { source, adapter }: PageContext,
  { lineage: { request, steps, rawSha256: own } }: Reading,
  fetchedAt: string,
  rawSha256 = own,
): Lineage {
  const id = createHash('sha256')
    .update(JSON.stringify([source.id, adapter.version, request, rawSha256, steps]))
    .digest('hex')
    .slice(0, 24)
  return {
    id,
    adapter: source.adapter,
    adapterVersion: adapter.version,
    source: source.id,
    request,
    fetchedAt,
    rawSha256,
    steps,
  }
}
