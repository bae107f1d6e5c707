import {
  BIGINT,
  DOUBLE,
  DuckDBDataChunk,
  INTEGER,
  VARCHAR,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api'
import type { Lineage } from '../../src/domain/observation.ts'
import { columns, dimsText, type Row, type Series } from './observation-row.ts'

/** DuckDB's own vector size: a chunk holds no more. */
const rowsPerChunk = 2048
const whole = new Set<string>(['sequence', 'period_start', 'period_end', 'result_time', 'received_at'])
const types: DuckDBType[] = columns.map((column) =>
  whole.has(column)
    ? BIGINT
    : column === 'series' || column === 'revision'
      ? INTEGER
      : column === 'value'
        ? DOUBLE
        : VARCHAR,
)

export interface Writing {
  series: readonly Series[]
  rows: readonly Row[]
  lineages: readonly Lineage[]
  cursors: readonly { key: string; value: string }[]
}

/** One transaction; when the promise resolves it is on the disk (DuckDB syncs its log at COMMIT). */
export async function writeBatch(
  writer: DuckDBConnection,
  { series, rows, lineages, cursors }: Writing,
): Promise<void> {
  await writer.run('BEGIN')
  try {
    await appendColumns(
      writer,
      'series',
      [INTEGER, VARCHAR, VARCHAR, VARCHAR],
      [
        series.map(({ id }) => id),
        series.map(({ indicator }) => indicator),
        series.map(({ region }) => region),
        series.map(({ dims }) => dimsText(dims)),
      ],
    )
    await appendColumns(
      writer,
      'observations',
      types,
      columns.map((column) =>
        whole.has(column) ? rows.map((row) => BigInt(row[column]!)) : rows.map((row) => row[column]),
      ),
    )
    await appendColumns(
      writer,
      'lineages',
      [VARCHAR, VARCHAR],
      [lineages.map(({ id }) => id), lineages.map((lineage) => JSON.stringify(lineage))],
    )
    if (cursors.length > 0) await writer.run(...cursorStatement(cursors))
    await writer.run('COMMIT')
  } catch (error) {
    // A failed COMMIT has already ended the transaction, and then there is nothing to roll back.
    await writer.run('ROLLBACK').catch(() => undefined)
    throw error
  }
}

/** One statement for all; of two values for one key the later stands, as DuckDB refuses to touch a row twice. */
function cursorStatement(cursors: Writing['cursors']): [sql: string, values: Record<string, string>] {
  const last = [...new Map(cursors.map(({ key, value }) => [key, value]))]
  const places = last.map((_, nth) => `($key${nth}, $value${nth})`).join(', ')
  const values = Object.fromEntries(
    last.flatMap(([key, value], nth) => [
      [`key${nth}`, key],
      [`value${nth}`, value],
    ]),
  )
  const conflict = 'ON CONFLICT (key) DO UPDATE SET value = excluded.value'
  return [`INSERT INTO cursors VALUES ${places} ${conflict}`, values]
}

async function appendColumns(
  writer: DuckDBConnection,
  table: string,
  columnTypes: readonly DuckDBType[],
  values: readonly (readonly DuckDBValue[])[],
): Promise<void> {
  const count = values[0]?.length ?? 0
  if (count === 0) return
  const appender = await writer.createAppender(table)
  for (let from = 0; from < count; from += rowsPerChunk) {
    const part = values.map((column) => column.slice(from, from + rowsPerChunk))
    const chunk = DuckDBDataChunk.create(columnTypes, part[0]!.length)
    chunk.setColumns(part)
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
}
