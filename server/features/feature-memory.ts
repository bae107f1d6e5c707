import { createHash } from 'node:crypto'
import type { FeatureCollection, FeaturesConfig } from '../../src/domain/feature-collection.ts'
import type { Statement } from '../../src/domain/feature-statement.ts'
import { onStep, standsAt, stepMs } from '../../src/domain/feature-times.ts'
import { durationMs, toInstant } from '../../src/domain/instant.ts'
import { wait } from '../ingest/wait.ts'
import type { Log } from '../log.ts'
import type { FeatureHistory, Heard, HistoryExtent, KeptStatement } from './history/feature-history.ts'

export interface MemoryParts {
  history: FeatureHistory
  log: Log
  signal: AbortSignal
  now(): number
}

/** A slow disk holds up what is shown so long and no longer. */
const patienceMs = 2_000
const tidyEveryMs = 3_600_000

/** What the gateway remembers of what sources said: written before it is shown, so that a later look back tells the same. */
export class FeatureMemory {
  private readonly parts: MemoryParts
  private readonly limits: FeaturesConfig['history']
  /** Writes that are not through yet, with whose they are. */
  private readonly underWay = new Map<Promise<void>, string>()
  private isFailing = false
  private toldFullMs = -Infinity
  private readonly tidying: Promise<void>

  constructor(limits: FeaturesConfig['history'], parts: MemoryParts) {
    this.limits = limits
    this.parts = parts
    this.tidying = this.tidyNowAndThen()
  }

  get maxBytes(): number {
    return this.limits.maxBytes
  }

  /** Resolves when it is on the disk, or when that takes too long or fails, which is told: the present is shown all the same. */
  async remember(
    collection: FeatureCollection,
    atMs: number | undefined,
    statement: Statement,
  ): Promise<void> {
    const { hash, resultTime, receivedMs } = statement
    const heard = { identity: identityOf(collection), atMs, heardMs: receivedMs, resultTime, hash }
    const writing = this.write(heard, statement)
    this.underWay.set(writing, heard.identity)
    const written = new AbortController()
    void writing.finally(() => {
      this.underWay.delete(writing)
      written.abort()
    })
    await wait(patienceMs, written.signal)
  }

  /**
   * What was known at an instant of an instant: of a timed collection the statement of that step, or where that one is the
   * newest the one before it, as a screen would have shown it.
   */
  async recall(
    collection: FeatureCollection,
    atMs: number,
    asOfMs: number,
  ): Promise<KeptStatement | undefined> {
    const slotMs = onStep(collection, atMs)
    if (collection.step !== undefined) {
      const isNewest = slotMs === onStep(collection, asOfMs)
      const fromAtMs = isNewest ? slotMs - 3 * stepMs(collection) : slotMs
      return await this.find(collection, { fromAtMs, atMs: slotMs, asOfMs })
    }
    const standing = { fromAtMs: undefined, atMs: undefined }
    if (standsAt(collection, atMs, asOfMs)) return await this.find(collection, { ...standing, asOfMs })
    // What stood then, else what was said of that instant later.
    return (
      (await this.find(collection, { ...standing, asOfMs: Math.min(atMs, asOfMs) })) ??
      (await this.find(collection, { fromAtMs: slotMs, atMs: slotMs, asOfMs }))
    )
  }

  async extent(): Promise<HistoryExtent> {
    return await this.parts.history.extent()
  }

  async stop(): Promise<void> {
    await Promise.all([this.tidying, ...this.underWay.keys()])
  }

  private async find(
    collection: FeatureCollection,
    asked: Omit<Parameters<FeatureHistory['find']>[0], 'identity'>,
  ): Promise<KeptStatement | undefined> {
    const identity = identityOf(collection)
    // What was heard before the question was asked is part of the answer, even where it is not written yet.
    await Promise.all([...this.underWay].flatMap(([writing, whose]) => (whose === identity ? [writing] : [])))
    return await this.parts.history.find({ identity, ...asked })
  }

  private async write(heard: Heard, { features, refused }: Statement): Promise<void> {
    const { history, log } = this.parts
    let bytes = 0
    try {
      if (!(await history.hear(heard))) bytes = await history.keep(heard, JSON.stringify([features, refused]))
      if (this.isFailing) log.say('what is heard of things with a place is kept again')
      this.isFailing = false
    } catch (cause) {
      if (!this.isFailing)
        log.warn('what is heard of things with a place is not kept', { reason: sentenceOf(cause) })
      this.isFailing = true
    }
    // What is on the disk is kept, whatever becomes of the rest.
    if (bytes > this.maxBytes) await this.tidy()
  }

  private async tidyNowAndThen(): Promise<void> {
    const { signal } = this.parts
    while (!signal.aborted) {
      await this.tidy()
      await wait(tidyEveryMs, signal)
    }
  }

  private async tidy(): Promise<void> {
    const { history, log, now } = this.parts
    const wantedMs = now() - durationMs(this.limits.keep)
    try {
      this.tellFull(wantedMs, await history.bound({ beforeMs: wantedMs, mostBytes: this.maxBytes }))
    } catch (cause) {
      log.warn('the history of things with a place was not tidied', { reason: sentenceOf(cause) })
    }
  }

  private tellFull(wantedMs: number, { beforeMs, bytes }: { beforeMs: number; bytes: number }): void {
    const { maxBytes } = this
    const isEarly = beforeMs > wantedMs
    const isTold = performance.now() - this.toldFullMs < tidyEveryMs
    if ((!isEarly && bytes <= maxBytes) || isTold) return
    this.toldFullMs = performance.now()
    const what = isEarly
      ? 'its oldest part was forgotten before its time'
      : 'what stands is heavier than it may be, and none of it can be forgotten'
    const from = isEarly ? { from: toInstant(beforeMs) } : {}
    this.parts.log.warn(`the history of things with a place is full: ${what}`, { ...from, bytes, maxBytes })
  }
}

/** Read elsewhere, checked as another kind or of another provenance, it is not the same collection's past. */
export function identityOf({ id, source, path, kind, provenance }: FeatureCollection): string {
  const form = JSON.stringify([source, path, kind ?? null, provenance])
  return `${id}@${createHash('sha256').update(form).digest('hex').slice(0, 12)}`
}

function sentenceOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
