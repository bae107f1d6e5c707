import type { Lineage } from '../../src/domain/observation.ts'
import type { Lane } from '../journal/journal.ts'
import type { NewObservation, ObservationStore } from '../store/store.ts'

export interface Writing {
  observations: NewObservation[]
  lineages: Lineage[]
  cursor?: { key: string; value: string }
  /** Somebody upstream waits for it to be durable. */
  soon?: boolean
}

interface Waiting extends Writing {
  done(): void
  failed(cause: unknown): void
}

const largestGroup = 50_000
const longestGatherMs = 40
const soonMs = 8
const nextTurn = (): Promise<void> => new Promise((done) => void setImmediate(done))

/**
 * Group commit for everything that sources deliver: what arrives while one batch is being written goes into the next, so
 * two hundred feeds a second cost a few transactions, not four hundred. A promise resolves after the sync of its batch.
 */
export class BatchWriter {
  private readonly store: ObservationStore
  private readonly lane: Lane
  private waiting: Waiting[] = []
  private working = false
  private readonly storedBySource = new Map<string, number>()
  /** Every feed reads its cursor before each poll. */
  private readonly cursors = new Map<string, string>()

  constructor(store: ObservationStore, lane: Lane) {
    this.store = store
    this.lane = lane
  }

  write(writing: Writing): Promise<void> {
    return new Promise((done, failed) => {
      this.waiting.push({ ...writing, done, failed })
      if (!this.working) void this.work()
    })
  }

  /** Observations of a source that were stored since start. */
  storedOf(source: string): number {
    return this.storedBySource.get(source) ?? 0
  }

  async cursor(key: string): Promise<string | undefined> {
    const known = this.cursors.get(key) ?? (await this.store.cursor(key))
    if (known !== undefined) this.cursors.set(key, known)
    return known
  }

  private async work(): Promise<void> {
    this.working = true
    await this.gather()
    while (this.waiting.length > 0) {
      const group = this.nextGroup()
      try {
        await this.append(group)
        for (const { cursor, done } of group) {
          if (cursor) this.cursors.set(cursor.key, cursor.value)
          done()
        }
      } catch (cause) {
        for (const { failed } of group) failed(cause)
      }
    }
    this.working = false
  }

  /** The feeds of one answer come a few turns of the loop apart: a batch that began with the first would split them for every screen. */
  private async gather(): Promise<void> {
    const since = performance.now()
    for (let before = 0; before < this.waiting.length;) {
      before = this.waiting.length
      const longestMs = this.waiting.some(({ soon }) => soon) ? soonMs : longestGatherMs
      if (performance.now() - since > longestMs) return
      await nextTurn()
      await nextTurn()
    }
  }

  private nextGroup(): Waiting[] {
    let size = 0
    const end = this.waiting.findIndex(({ observations }) => (size += observations.length) > largestGroup)
    // A single page larger than a group is a group of its own.
    return this.waiting.splice(0, end === -1 ? this.waiting.length : Math.max(1, end))
  }

  private async append(group: readonly Waiting[]): Promise<void> {
    const observations = group.flatMap((writing) => writing.observations)
    const lineages = group.flatMap((writing) => writing.lineages)
    const cursors = group.flatMap(({ cursor }) => (cursor ? [cursor] : []))
    await this.lane.run(async (sequence) => {
      const { stored } = await this.store.append({ sequence, observations, lineages, cursors })
      for (const { source } of stored) this.storedBySource.set(source, this.storedOf(source) + 1)
      return { used: stored.length > 0 ? 1 : 0, result: undefined }
    })
  }
}
