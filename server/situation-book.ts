import type { CityRecord, Command, JournalRecord } from '../src/domain/command.ts'
import { toInstant } from '../src/domain/instant.ts'
import { type Situation, decide, emptySituation, evolve } from '../src/domain/situation.ts'
import type { Journal, Lane } from './journal/journal.ts'

export type CommandOutcome =
  | { sequence: number }
  | { refused: string }
  | { conflict: { expected: number; actual: number } }

interface Cause {
  stream: string
  actor: string
  command: string
}

/** The folded journal in memory, and the only way to add to it. */
export class SituationBook {
  private readonly journal: Journal
  private readonly lane: Lane
  private readonly nowMs: () => number
  private situation: Situation = emptySituation
  /** Sequence of the last record of each command, so that the same id twice is the same command. */
  private readonly done = new Map<string, number>()

  private constructor(journal: Journal, lane: Lane, nowMs: () => number) {
    this.journal = journal
    this.lane = lane
    this.nowMs = nowMs
  }

  static async open(journal: Journal, lane: Lane, nowMs: () => number): Promise<SituationBook> {
    const book = new SituationBook(journal, lane, nowMs)
    await book.catchUp()
    return book
  }

  now(): Situation {
    return this.situation
  }

  async asOf(instantMs: number): Promise<Situation> {
    let past = emptySituation
    for await (const record of this.journal.after(0)) {
      if (Date.parse(record.at) <= instantMs) past = evolve(past, record)
    }
    return past
  }

  command(command: Command, actor: string): Promise<CommandOutcome> {
    return this.lane.run<CommandOutcome>(async (first) => {
      await this.catchUp()
      const before = this.done.get(command.id)
      if (before !== undefined) return { used: 0, result: { sequence: before } }
      const decision = decide(this.situation, command)
      if (!('records' in decision)) return { used: 0, result: decision }
      const cause = { stream: command.stream, actor, command: command.id }
      const sequence = await this.append(decision.records, first, cause)
      return { used: decision.records.length, result: { sequence } }
    })
  }

  /** Records of the gateway's own rules (alarms), under the same chain; the same cause twice is recorded once. */
  record(record: CityRecord, stream: string, command: string): Promise<void> {
    return this.lane.run(async (first) => {
      await this.catchUp()
      if (this.done.has(command)) return { used: 0, result: undefined }
      await this.append([record], first, { stream, actor: 'gateway', command })
      return { used: 1, result: undefined }
    })
  }

  /** Folds a record that came through the log; one already folded changes nothing. */
  fold(record: JournalRecord): void {
    if (record.sequence <= this.situation.sequence) return
    this.situation = evolve(this.situation, record)
    this.done.set(record.command, record.sequence)
  }

  // Decided inside the lane and on everything recorded so far, so that two gateways on one database cannot both win.
  private async catchUp(): Promise<void> {
    if (this.journal.lastSequence() <= this.situation.sequence) return
    for await (const record of this.journal.after(this.situation.sequence)) this.fold(record)
  }

  private async append(records: CityRecord[], first: number, cause: Cause): Promise<number> {
    const at = toInstant(this.nowMs())
    const fresh = records.map((record) => ({ record, at, ...cause }))
    const written = await this.journal.append(fresh, first)
    for (const record of written) this.fold(record)
    return written.at(-1)!.sequence
  }
}
