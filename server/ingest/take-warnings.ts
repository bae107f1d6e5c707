import { createHash } from 'node:crypto'
import * as v from 'valibot'
import type { WarningWord } from '../../src/contracts/delivery.ts'
import { type Command, CommandSchema } from '../../src/domain/command.ts'
import type { Refusal } from '../../src/domain/reading.ts'
import type { Source } from '../../src/domain/source.ts'
import type { Warning } from '../../src/domain/warning.ts'
import type { CommandOutcome } from '../situation-book.ts'

/** Where official warnings are recorded, and what is known of them. */
export interface WarningWords {
  known(id: string): Warning | undefined
  command(command: Command, actor: string): Promise<CommandOutcome>
}

/**
 * Records what a source's pages say of official warnings, in their order; answers how many could not be. A list that is read again
 * says what it said: the same word twice is one command, also after its warning was cancelled.
 */
export function warningTaker(source: Source, words: WarningWords, refuse: (refusal: Refusal) => void) {
  async function take(word: WarningWord): Promise<boolean> {
    const command = commandOf(source, word, words)
    if (!command) return true
    const parsed = v.safeParse(CommandSchema, command)
    const outcome = parsed.success
      ? await words.command(parsed.output, `source:${source.id}`)
      : { refused: `${v.getDotPath(parsed.issues[0])}: ${parsed.issues[0].message}` }
    // A repetition is what reading a list again is made of.
    if (!('refused' in outcome) || outcome.refused === 'warning already recorded') return true
    refuse({ row: `warning ${command.payload.id ?? command.payload.warning}`, reason: outcome.refused })
    return false
  }
  return async function takeWarnings(all: readonly WarningWord[]): Promise<number> {
    let refused = 0
    for (const word of all) if (!(await take(word))) refused += 1
    return refused
  }
}

interface Drafted {
  id: string
  stream: string
  type: string
  payload: { id?: string; warning?: string }
}

function commandOf(source: Source, word: WarningWord, words: WarningWords): Drafted | undefined {
  if ('record' in word) {
    // Real is what the source is, not what it calls itself.
    const payload = { ...word.record, provenance: source.provenance }
    const id = idOf(source, payload)
    return { id, stream: `warning:${payload.id}`, type: 'warning.record', payload }
  }
  const standing = words.known(word.cancel)
  // Cancelled already, or never ours.
  if (!standing) return undefined
  const id = idOf(source, ['cancel', standing])
  return { id, stream: `warning:${word.cancel}`, type: 'warning.cancel', payload: { warning: word.cancel } }
}

const idOf = (source: Source, word: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify([source.id, word]))
    .digest('hex')
    .slice(0, 40)
