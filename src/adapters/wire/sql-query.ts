import type { BoundQuery, Column, SqlDialect, ValueType } from './sql-session.ts'
import { type Statement, writeStatement } from './sql-text.ts'

/** A value of a query, as text and as what it is to be taken for. */
export interface Value {
  type: ValueType
  text: string | null
}

/** What a parameter of the author's statement stands for. */
export type Parameters = Readonly<Record<string, Value>>

/** Where reading by changes stands: the row after which it goes on, or the time from which it begins. */
export interface Position {
  at: Value
  id?: Value
}

/** Gathers values while a text is written, so that every value has a placeholder and none becomes part of the text. */
class Writer {
  readonly values: (string | null)[] = []
  private readonly dialect: SqlDialect

  constructor(dialect: SqlDialect) {
    this.dialect = dialect
  }

  value({ type, text }: Value): string {
    this.values.push(text)
    return this.dialect.placeholder(this.values.length, type)
  }

  /** The author's question as a table of ours; a line break ends a comment in its last line. */
  table(statement: Statement, parameters: Parameters): string {
    return `(${writeStatement(statement, (name) => this.value(parameters[name]!))}\n) q`
  }
}

/** The question alone; asked for its columns, not for its rows. */
export function columnsQuery(dialect: SqlDialect, statement: Statement, parameters: Parameters): BoundQuery {
  const writer = new Writer(dialect)
  const text = `SELECT * FROM ${writer.table(statement, parameters)}`
  return { text, values: writer.values }
}

/** All rows of the question, oldest first by the column of their time. */
export function windowQuery(
  dialect: SqlDialect,
  statement: Statement,
  parameters: Parameters,
  list: { columns: readonly Column[]; srid: number | undefined; orderBy: string },
): BoundQuery {
  const writer = new Writer(dialect)
  const table = writer.table(statement, parameters)
  const text = `SELECT ${columnList(dialect, list)} FROM ${table} ORDER BY q.${dialect.quote(list.orderBy)}`
  return { text, values: writer.values }
}

/** The next rows by (at, id): after a row, or from a time on. */
export function changesQuery(
  dialect: SqlDialect,
  statement: Statement,
  parameters: Parameters,
  list: { columns: readonly Column[]; srid: number | undefined; at: string; id: string },
  position: Position | undefined,
  rows: number,
): BoundQuery {
  const writer = new Writer(dialect)
  const table = writer.table(statement, parameters)
  const [at, id] = [list.at, list.id].map((name) => `q.${dialect.quote(name)}`)
  let condition = `${at} IS NOT NULL`
  if (position) {
    condition = `${at} >= ${writer.value(position.at)}`
    // The plain comparison before is what an index is found by.
    if (position.id)
      condition += ` AND (${at} > ${writer.value(position.at)} OR ${id} > ${writer.value(position.id)})`
  }
  const text = `SELECT ${columnList(dialect, list)} FROM ${table} WHERE ${condition} ORDER BY ${at}, ${id} ${dialect.firstRows(rows)}`
  return { text, values: writer.values }
}

/** Rows that reading by changes would never come to. */
export function timelessQuery(
  dialect: SqlDialect,
  statement: Statement,
  parameters: Parameters,
  at: string,
): BoundQuery {
  const writer = new Writer(dialect)
  const table = writer.table(statement, parameters)
  return {
    text: `SELECT 1 FROM ${table} WHERE q.${dialect.quote(at)} IS NULL ${dialect.firstRows(1)}`,
    values: writer.values,
  }
}

function columnList(
  dialect: SqlDialect,
  { columns, srid }: { columns: readonly Column[]; srid: number | undefined },
): string {
  return columns
    .map(({ name, kind }) => {
      const quoted = dialect.quote(name)
      return kind === 'geometry' ? `${dialect.geometry(`q.${quoted}`, srid)} AS ${quoted}` : `q.${quoted}`
    })
    .join(', ')
}
