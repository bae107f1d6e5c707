import * as v from 'valibot'
import type { Page, Subscription } from '../../contracts/delivery.ts'
import { SourceError, type Window, defineIndicatorAdapter } from '../../contracts/indicator-adapter.ts'
import type { Io } from '../../contracts/io.ts'
import { DurationSchema, durationMs } from '../../domain/instant.ts'
import { Bell } from '../wire/bell.ts'
import { WindowFormatSchema, writeTime } from '../wire/city-time.ts'
import { rowFieldsSchema } from '../wire/row-fields.ts'
import { type SecretKeeper, secretKeeper } from '../wire/secrets.ts'
import { ChangesReader, type Mark } from '../wire/sql-changes.ts'
import { type Parameters, columnsQuery, windowQuery } from '../wire/sql-query.ts'
import { type RowContext, expectColumns, readSqlRows } from '../wire/sql-rows.ts'
import type { Cell, SqlSession } from '../wire/sql-session.ts'
import { type SqlSettings, SqlSettingsSchema, openSession, statementOf, turnsOf } from '../wire/sql-source.ts'
import type { Statement } from '../wire/sql-text.ts'

const NameSchema = v.pipe(v.string(), v.nonEmpty())

/** One indicator in such a database. `field` is a column of the answer. */
export const SqlMappingSchema = v.strictObject({
  /** One SELECT or WITH; :from and :to are the ends of the window, half-open. */
  query: NameSchema,
  /** Type of :from and :to: rfc3339 is an instant, anything else a number or a text in the source's zone. */
  windowFormat: v.optional(WindowFormatSchema, 'rfc3339'),
  fields: rowFieldsSchema(NameSchema),
  /** How changes are found, where the source is followed. */
  changes: v.optional(
    v.strictObject({
      /** One SELECT or WITH over all there is; :cursor, where it helps, is the time or number from which on rows are read. */
      query: NameSchema,
      /** Column that grows with every change of a row, with an index. Never empty. */
      at: NameSchema,
      /** Column that tells rows of one `at` apart. */
      id: NameSchema,
      /** How long a transaction may take from writing `at` to its end; for whole numbers, how many steps. PT1M, or 1000. */
      overlap: v.optional(
        v.union([DurationSchema, v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000))]),
      ),
    }),
  ),
})
type Mapping = v.InferOutput<typeof SqlMappingSchema>

export default defineIndicatorAdapter<SqlSettings, Mapping>({
  version: '1.0.0',
  settings: SqlSettingsSchema,
  mapping: SqlMappingSchema,

  async probe(source, io) {
    const keeper = secretKeeper(io)
    let session: SqlSession | undefined
    try {
      session = await openSession(source, io, keeper)
      return { reachable: true, detail: await session.standing(), clockSkewMs: null }
    } catch (cause) {
      if (!(cause instanceof SourceError)) throw cause
      return { reachable: false, detail: keeper.clean(cause.message), clockSkewMs: null }
    } finally {
      session?.close()
    }
  },

  async *read(source, mapping, window, io) {
    const keeper = secretKeeper(io)
    const statement = statementOf(source, mapping.query, ['from', 'to'])
    const giveBack = await turnsOf(source).take(io.signal)
    let session: SqlSession | undefined
    try {
      session = await openSession(source, io, keeper)
      const parameters = windowParameters(source, mapping, window, io, session)
      const context = await contextOf(source, mapping, statement, parameters, session, io, [])
      const list = { columns: context.columns, srid: source.srid, orderBy: mapping.fields.time.field }
      const query = windowQuery(session.dialect, statement, parameters, list)
      let rows = 0
      let pages = 0
      for await (const page of session.pages(query, source.limits.pageRows)) {
        io.signal.throwIfAborted()
        rows += page.length
        if (rows > source.limits.maxRows)
          throw new SourceError(
            `more than ${source.limits.maxRows} rows: narrow the window or raise limits.maxRows`,
          )
        yield pageOf(source, page, context, (pages += 1), keeper)
      }
    } catch (cause) {
      throw keeper.cleanError(cause)
    } finally {
      session?.close()
      giveBack()
    }
  },

  follows: (source) => source.follow !== undefined,

  async *follow(source, feeds, cursor, io) {
    const keeper = secretKeeper(io)
    let session: SqlSession | undefined
    try {
      session = await openSession(source, io, keeper)
      const bell = new Bell()
      // Listened first and read then: what comes in between rings.
      if (source.follow?.channel !== undefined) await listenOn(source.follow.channel, session, bell)
      const marks = marksIn(cursor)
      const readers = new Map<string, { reader: ChangesReader; context: RowContext }>()
      for (const feed of feeds)
        readers.set(feed.key, await readerOf(source, feed, marks[feed.key], session, io))
      for (let pages = 0; ;) {
        const before = pages
        for (const [key, { reader, context }] of readers)
          for await (const rows of reader.pass(session)) {
            io.signal.throwIfAborted()
            const page = pageOf(source, rows, context, (pages += 1), keeper)
            if (reader.mark) marks[key] = reader.mark
            yield { pages: [{ key, ...page }], cursor: JSON.stringify(marks) }
          }
        // A round that found nothing says that the database answers: silence would pass for a dead connection.
        if (pages === before) yield { pages: [] }
        await bell.rung(durationMs(source.follow?.every ?? 'PT30S'), io.signal, session.lost)
      }
    } catch (cause) {
      throw keeper.cleanError(cause)
    } finally {
      session?.close()
    }
  },
})

function windowParameters(
  source: SqlSettings,
  { windowFormat }: Mapping,
  window: Window,
  io: Io,
  { dialect }: SqlSession,
): Parameters {
  const value = (instant: string) => {
    const text = writeTime(instant, windowFormat, source.timeZone ?? io.timeZone)
    if (windowFormat === 'rfc3339') return { type: 'instant' as const, text: dialect.instant(text) }
    return { type: windowFormat.startsWith('epoch') ? ('integer' as const) : ('plain' as const), text }
  }
  return { from: value(window.from), to: value(window.to) }
}

/** What the rows of a query are read by; asks the database which columns it answers with. */
async function contextOf(
  source: SqlSettings,
  { fields }: Mapping,
  statement: Statement,
  parameters: Parameters,
  session: SqlSession,
  io: Io,
  keys: readonly string[],
): Promise<RowContext> {
  const columns = await session.columns(columnsQuery(session.dialect, statement, parameters))
  const given = statement.names.map((name) => `:${name}=${parameters[name]?.text ?? ''}`)
  const asked = statement.parts.map(
    (part, nth) => part + (statement.names[nth] ? `:${statement.names[nth]}` : ''),
  )
  const context = {
    columns,
    fields,
    declaredZone: source.timeZone,
    sessionZone: source.timeZone ?? 'UTC',
    cityZone: io.timeZone,
    request: [new URL(source.address).host, asked.join('').replace(/\s+/g, ' '), ...new Set(given)]
      .join(' ')
      .slice(0, 500),
  }
  expectColumns(context, keys)
  return context
}

async function readerOf(
  source: SqlSettings,
  { key, mapping }: Subscription<Mapping>,
  mark: Mark | undefined,
  session: SqlSession,
  io: Io,
): Promise<{ reader: ChangesReader; context: RowContext }> {
  const { changes } = mapping
  if (!changes) throw new SourceError(`${key} says no \`changes\`: a followed database is read by them`)
  const statement = statementOf(source, changes.query, ['cursor'])
  const nowhere: Parameters = { cursor: { type: 'plain', text: null } }
  const keys = [changes.at, changes.id]
  const context = await contextOf(source, mapping, statement, nowhere, session, io, keys)
  const question = { ...changes, statement, srid: source.srid, pageRows: source.limits.pageRows }
  const reader = new ChangesReader(question, context.columns, mark)
  await reader.expectTimes(session)
  return { reader, context }
}

async function listenOn(channel: string, session: SqlSession, bell: Bell): Promise<void> {
  if (!session.listen) throw new SourceError(`only PostgreSQL notifies: leave channel ${channel} out`)
  await session.listen(channel, bell.ring)
}

/** Where each indicator stood; nothing of it is trusted to be as it was written. */
function marksIn(cursor: string | undefined): Record<string, Mark> {
  if (cursor === undefined) return {}
  return v.parse(v.record(v.string(), v.strictObject({ at: v.string(), id: v.string() })), JSON.parse(cursor))
}

function pageOf(
  { limits }: SqlSettings,
  rows: Cell[][],
  context: RowContext,
  number: number,
  keeper: SecretKeeper,
): Page {
  const size = rows.reduce((sum, row) => sum + row.reduce((cells, cell) => cells + (cell?.length ?? 0), 0), 0)
  if (size > limits.maxBytes)
    throw new SourceError(`a page of ${size} bytes: lower limits.pageRows or raise limits.maxBytes`)
  const page = readSqlRows(rows, context, number)
  return {
    readings: page.readings,
    refusals: page.refusals.map(({ row, reason }) => ({ row, reason: keeper.clean(reason) })),
  }
}
