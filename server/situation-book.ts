import type { CityRecord, Command, JournalRecord } from '../src/domain/command.ts'
import { toInstant } from '../src/domain/instant.ts'
import { type Situation, decide, emptySituation, evolve } from '../src/domain/situation.ts'
import type { Journal, Lane } from './journal/journal.ts'

export type CommandOutcome = { sequence: number } | { refused: string } | { conflict: { expected: number; actual: number } }

/** The folded journal in memory, and the only way to add to it. */
export interface SituationBook {
  now(): Situation
  asOf(instantMs: number): Promise<Situation>
  command(command: Command, actor: string): Promise<CommandOutcome>
  /** Records of the gateway's own rules (alarms), under the same chain; the same cause twice is recorded once. */
  record(record: CityRecord, stream: string, cause: string): Promise<void>
  /** Folds a record that came through the log; one already folded changes nothing. */
  fold(record: JournalRecord): void
}

export async function openSituationBook(journal: Journal, lane: Lane, nowMs: () => number): Promise<SituationBook> {
  let situation = emptySituation
  /** Sequence of the last record of each command, so that the same id twice is the same command. */
  const done = new Map<string, number>()

  function fold(record: JournalRecord): void {
    if (record.sequence <= situation.sequence) return
    situation = evolve(situation, record)
    done.set(record.command, record.sequence)
  }
  // Decided inside the lane and on everything recorded so far, so that two gateways on one database cannot both win.
  async function catchUp(): Promise<void> {
    if (journal.lastSequence() <= situation.sequence) return
    for await (const record of journal.after(situation.sequence)) fold(record)
  }
  await catchUp()

  async function append(records: CityRecord[], first: number, stream: string, actor: string, command: string): Promise<number> {
    const at = toInstant(nowMs())
    const written = await journal.append(records.map((record) => ({ record, at, actor, stream, command })), first)
    written.forEach(fold)
    return written.at(-1)!.sequence
  }

  return {
    now: () => situation,
    fold,
    async asOf(instantMs) {
      let past = emptySituation
      for await (const record of journal.after(0)) {
        if (Date.parse(record.at) <= instantMs) past = evolve(past, record)
      }
      return past
    },
    command: (command, actor) =>
      lane.run<CommandOutcome>(async (first) => {
        await catchUp()
        const before = done.get(command.id)
        if (before !== undefined) return { used: 0, result: { sequence: before } }
        const decision = decide(situation, command)
        if (!('records' in decision)) return { used: 0, result: decision }
        const sequence = await append(decision.records, first, command.stream, actor, command.id)
        return { used: decision.records.length, result: { sequence } }
      }),
    record: (record, stream, cause) =>
      lane.run(async (first) => {
        await catchUp()
        if (done.has(cause)) return { used: 0, result: undefined }
        await append([record], first, stream, 'gateway', cause)
        return { used: 1, result: undefined }
      }),
  }
}
