import type { FileMetaData, SchemaElement } from 'hyparquet'
import { SourceError } from '../../contracts/indicator-adapter.ts'
import type { Cell, Table } from './table-file.ts'

interface Limits {
  maxRows: number
  maxBytes: number
}

const maxColumns = 500
/** Columns pack well; what unpacks to more than this many times the limit is no table of figures. */
const unpackedFactor = 25

/**
 * A Parquet file, of any codec the format knows (Snappy, ZSTD, GZIP …), as rows under its columns' names. Only flat columns are
 * tables; times with a zone come as RFC 3339, those without as the clock they show.
 */
export async function readParquet(
  { name, bytes }: { name: string; bytes: Uint8Array },
  { limits }: { limits: Limits },
): Promise<Table> {
  if (bytes.length > limits.maxBytes) throw new SourceError(`${name} is longer than ${limits.maxBytes} bytes`)
  const [{ parquetMetadata, parquetReadObjects }, { compressors }] = await Promise.all([
    import('hyparquet'),
    import('hyparquet-compressors'),
  ])
  const file = bytes.slice().buffer
  let metadata: FileMetaData
  try {
    metadata = parquetMetadata(file)
  } catch {
    throw new SourceError(`${name} is not a Parquet file`)
  }
  const columns = columnsOf(metadata, name)
  expectWithin(metadata, limits, name)
  try {
    const objects = await parquetReadObjects({
      file,
      metadata,
      compressors,
      columns: columns.map((column) => column.name),
    })
    return {
      columns: new Map(columns.map((column, index) => [column.name, index])),
      width: columns.length,
      rows: objects.map((row, index) => ({
        number: index + 1,
        cells: columns.map((column) => cellOf(row[column.name], column)),
      })),
    }
  } catch {
    throw new SourceError(
      `${name} cannot be read as Parquet: its columns are broken or of a codec that is not known`,
    )
  }
}

function columnsOf({ schema }: FileMetaData, name: string): SchemaElement[] {
  const [, ...columns] = schema
  const nested = columns.find(
    ({ num_children, repetition_type }) =>
      (num_children !== undefined && num_children > 0) || repetition_type === 'REPEATED',
  )
  if (nested) throw new SourceError(`${name}: column ${nested.name} holds lists or groups, not values`)
  if (columns.length > maxColumns) throw new SourceError(`${name}: more than ${maxColumns} columns`)
  if (columns.length === 0) throw new SourceError(`${name} has no columns`)
  return columns
}

/** What the file says of itself, before anything is unpacked. */
function expectWithin(
  { num_rows, row_groups }: FileMetaData,
  { maxRows, maxBytes }: Limits,
  name: string,
): void {
  if (num_rows > BigInt(maxRows)) throw new SourceError(`${name} has more than ${maxRows} rows`)
  const unpacked = row_groups.reduce((sum, { total_byte_size }) => sum + total_byte_size, 0n)
  if (unpacked > BigInt(maxBytes) * BigInt(unpackedFactor))
    throw new SourceError(`${name} unpacks to ${unpacked} bytes, more than a table may have`)
}

function cellOf(value: unknown, { logical_type, converted_type }: SchemaElement): Cell {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  // A whole number beyond 2⁵³ keeps its digits as text; whoever reads a number of it rounds it knowingly.
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (!(value instanceof Date)) return JSON.stringify(value) ?? null
  if (Number.isNaN(value.getTime())) return 'no time'
  const text = value.toISOString()
  if (logical_type?.type === 'DATE' || converted_type === 'DATE') return text.slice(0, 10)
  const local = logical_type?.type === 'TIMESTAMP' && !logical_type.isAdjustedToUTC
  return local ? text.slice(0, 19).replace('T', ' ') : text
}
