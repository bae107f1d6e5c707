import { SourceError } from '../../contracts/indicator-adapter.ts'
import { durationMs } from '../../domain/instant.ts'
import { describe } from './number-text.ts'
import { type Parameters, type Position, type Value, changesQuery, timelessQuery } from './sql-query.ts'
import type { Cell, Column, SqlSession } from './sql-session.ts'
import type { Statement } from './sql-text.ts'

export interface ChangesQuestion {
  statement: Statement
  /** Column that grows with every change: a time or a whole number. Never empty. */
  at: string
  /** Tells rows of one `at` apart. */
  id: string
  /**
   * How far before the newest known row every pass begins, a duration or steps of a whole number: a transaction that began
   * early and was committed late shows its rows behind newer ones.
   */
  overlap?: string | number | undefined
  srid: number | undefined
  pageRows: number
}

/** Where a follower stands, as it is kept: the newest row that was delivered. */
export interface Mark {
  at: string
  id: string
}

/** Reads what changed, pass after pass, by (at, id). A row that a later pass meets again is given once. */
export class ChangesReader {
  private readonly question: ChangesQuestion
  private readonly columns: readonly Column[]
  private readonly kinds: { at: Value['type']; id: Value['type'] }
  private readonly places: { at: number; id: number }
  /** Rows given that the next pass meets again, with the order of their `at`. */
  private readonly given = new Map<string, number>()
  /** In milliseconds, or in steps. */
  private readonly overlap: number
  private newest: Mark | undefined

  constructor(question: ChangesQuestion, columns: readonly Column[], mark: Mark | undefined) {
    this.question = question
    this.columns = columns
    this.newest = mark
    const place = (name: string) => columns.findIndex((column) => column.name === name)
    this.places = { at: place(question.at), id: place(question.id) }
    const kind = columns[this.places.at]?.kind
    if (kind !== 'integer' && kind !== 'instant' && kind !== 'wall-clock')
      throw new SourceError(
        `column ${question.at} tells no order of changes: it is neither a time nor a whole number`,
      )
    this.kinds = {
      at: kind === 'integer' ? 'integer' : 'time',
      id: columns[this.places.id]?.kind === 'integer' ? 'integer' : 'plain',
    }
    this.overlap = overlapOf(question, this.kinds.at)
  }

  get mark(): Mark | undefined {
    return this.newest
  }

  /** Throws where rows have no `at`: no pass would ever come to them. */
  async expectTimes(session: SqlSession): Promise<void> {
    const { statement, at } = this.question
    const query = timelessQuery(session.dialect, statement, this.parameters(undefined), at)
    for await (const rows of session.pages(query, 1))
      if (rows.length > 0)
        throw new SourceError(
          `column ${at} is empty in some rows, which would never be read: make it NOT NULL`,
        )
  }

  /** Everything new since the last pass, oldest first, in pages. A page counts as given when the next is asked for. */
  async *pass(session: SqlSession): AsyncGenerator<Cell[][]> {
    const { statement, at, id, srid, pageRows } = this.question
    const begin = this.newest && this.floor(this.newest.at)
    const list = { columns: this.columns, srid, at, id }
    let position: Position | undefined = begin === undefined ? undefined : { at: this.value(begin) }
    const parameters = this.parameters(begin)
    for (;;) {
      const query = changesQuery(session.dialect, statement, parameters, list, position, pageRows)
      const rows: Cell[][] = []
      for await (const page of session.pages(query, pageRows)) rows.push(...page)
      const last = rows.at(-1)
      if (!last) return
      const fresh = rows.filter((row) => this.take(row))
      const mark = this.markOf(last)
      position = { at: this.value(mark.at), id: { type: this.kinds.id, text: mark.id } }
      if (this.newest === undefined || this.order(mark.at) >= this.order(this.newest.at)) this.newest = mark
      this.forget()
      if (fresh.length > 0) yield fresh
      if (rows.length < pageRows) return
    }
  }

  private parameters(begin: string | undefined): Parameters {
    const first = this.kinds.at === 'integer' ? '-9223372036854775808' : '1000-01-01 00:00:00'
    return { cursor: this.value(begin ?? first) }
  }

  private value(text: string): Value {
    return { type: this.kinds.at, text }
  }

  private markOf(row: Cell[]): Mark {
    const [at, id] = [row[this.places.at], row[this.places.id]]
    if (typeof at !== 'string' || typeof id !== 'string')
      throw new SourceError(`column ${this.question.id} is empty in some rows: it must tell rows apart`)
    return { at, id }
  }

  /** False for a row that was given before. */
  private take(row: Cell[]): boolean {
    const { at, id } = this.markOf(row)
    const key = `${at} ${id}`
    // Put back at the end: the map stays in the order of `at`, so that what is too old stands first.
    const known = this.given.delete(key)
    this.given.set(key, this.order(at))
    return !known
  }

  private forget(): void {
    const oldest = this.newest ? this.order(this.newest.at) - this.overlap : 0
    for (const [key, order] of this.given) {
      if (order >= oldest) return
      this.given.delete(key)
    }
  }

  private order(at: string): number {
    return this.kinds.at === 'integer' ? Number(at) : clockMs(at)
  }

  private floor(at: string): string {
    const { overlap } = this
    if (this.kinds.at === 'integer') return String(BigInt(at) - BigInt(overlap))
    return clockText(clockMs(at) - overlap, at)
  }
}

function overlapOf({ at, overlap }: ChangesQuestion, type: Value['type']): number {
  const counts = type === 'integer'
  const given = overlap ?? (counts ? 1_000 : 'PT1M')
  if (counts !== (typeof given === 'number'))
    throw new SourceError(
      `overlap ${given} does not fit column ${at}: steps for a whole number, a duration for a time`,
    )
  return typeof given === 'number' ? given : durationMs(given)
}

const clock = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d\d(?::?\d\d){0,2})?$/

/** Milliseconds as the text's own clock shows them; its offset stays out, for it is put back as it was. */
function clockMs(text: string): number {
  const parts = clock.exec(text)
  if (!parts)
    throw new SourceError(`a change is dated ${describe(text)}: reading by changes cannot go on from there`)
  return Date.parse(`${parts[1]}T${parts[2]}Z`)
}

function clockText(ms: number, like: string): string {
  const [day, time] = new Date(ms).toISOString().slice(0, -1).split('T')
  return `${day} ${time}${clock.exec(like)?.[3] ?? ''}`
}
