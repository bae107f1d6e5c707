import { changesMeaning } from '../../src/domain/pack-diff.ts'
import { durationMs, toInstant } from '../../src/domain/instant.ts'
import type { Indicator } from '../../src/domain/indicator.ts'
import type { DefinitionBreak } from '../../src/domain/wire.ts'
import type { PackBook } from './pack-book.ts'

export const usualNotice = 'P7D'

/**
 * 口径调整: what changed the meaning of a figure lately, newest last, with the old and the new text.
 * @param notice how long a change is marked
 */
export async function definitionBreaks(
  book: PackBook,
  atMs: number,
  notice: string = usualNotice,
): Promise<DefinitionBreak[]> {
  const lastsMs = durationMs(notice)
  const breaks = new Map<string, DefinitionBreak>()
  for (const standing of book.all()) {
    const sinceMs = Date.parse(standing.at)
    const before = book.before(standing)
    const changes = standing.changes.filter(changesMeaning)
    if (!before || changes.length === 0 || sinceMs > atMs || sinceMs + lastsMs <= atMs) continue
    const [old, now] = await Promise.all([book.definitions(before), book.definitions(standing)])
    for (const code of new Set(changes.map((change) => change.code))) {
      const [from, to] = [old, now].map((list) => textOf(list, code))
      const fields = changes.filter((change) => change.code === code).map(({ field }) => field)
      if (from && to)
        breaks.set(code, { code, fields, from, to, at: standing.at, until: toInstant(sinceMs + lastsMs) })
    }
  }
  return [...breaks.values()]
}

function textOf(list: readonly Indicator[] | undefined, code: string): Indicator['definition'] | undefined {
  return list?.find((indicator) => indicator.code === code)?.definition
}

/** The definitions valid at an instant, with what standards lay over them today; undefined where they are today's own. */
export async function definitionsAt(
  book: PackBook,
  atMs: number,
  today: readonly Indicator[],
): Promise<Indicator[] | undefined> {
  const standing = book.standingAt(atMs)
  if (!standing || standing === book.all().at(-1)) return undefined
  const bands = new Map(today.map((indicator) => [indicator.code, indicator.bands]))
  const list = await book.definitions(standing)
  return list?.map((indicator) => {
    const laid = bands.get(indicator.code)
    return laid ? { ...indicator, bands: laid } : indicator
  })
}
