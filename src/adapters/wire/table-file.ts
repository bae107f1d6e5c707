import { CsvError, parse } from 'csv-parse/sync'
import { SourceError } from '../../contracts/indicator-adapter.ts'
import { readSheet } from './sheet-file.ts'

export interface TableFormat {
  encoding: 'auto' | 'utf-8' | 'gb18030'
  sheet?: string | undefined
  headerRow: number
  limits: { maxRows: number; maxBytes: number }
}

export type Cell = string | number | boolean | null

export interface Table {
  /** Heading → column, counted from 0. */
  columns: ReadonlyMap<string, number>
  /** Cells a whole row has. */
  width: number
  /** `number` is the row as a spreadsheet counts it, from 1. */
  rows: readonly { number: number; cells: readonly Cell[] }[]
}

/** A CSV, TSV or XLSX file as rows under Chinese or other headings. Throws SourceError where the file as a whole cannot be read. */
export function readTable(file: { name: string; bytes: Uint8Array }, format: TableFormat): Table {
  if (file.bytes.length > format.limits.maxBytes)
    throw new SourceError(`${file.name} is longer than ${format.limits.maxBytes} bytes`)
  const grid = /\.xlsx$/i.test(file.name) ? readSheet(file, format) : readText(file, format)
  const head = grid[format.headerRow - 1]
  if (!head) throw new SourceError(`${file.name} has no row ${format.headerRow} for the headings`)
  const rows = grid
    .map((cells, index) => ({ number: index + 1, cells }))
    .slice(format.headerRow)
    .filter(({ cells }) => cells.some((cell) => cell !== null && cell !== ''))
  if (rows.length > format.limits.maxRows)
    throw new SourceError(`${file.name} has more than ${format.limits.maxRows} rows`)
  return { columns: columnsOf(head, file.name), width: head.length, rows }
}

function columnsOf(head: readonly Cell[], name: string): Map<string, number> {
  const columns = new Map<string, number>()
  for (const [index, cell] of head.entries()) {
    const heading = String(cell ?? '').trim()
    if (heading === '') continue
    if (columns.has(heading))
      throw new SourceError(
        `${name}: the heading ${heading} stands in columns ${columns.get(heading)! + 1} and ${index + 1}`,
      )
    columns.set(heading, index)
  }
  if (columns.size === 0) throw new SourceError(`${name}: the row of headings is empty`)
  return columns
}

function readText({ name, bytes }: { name: string; bytes: Uint8Array }, format: TableFormat): Cell[][] {
  const text = decode(bytes, format.encoding, name)
  if (text.includes('\u0000')) throw new SourceError(`${name} is not text`)
  try {
    return parse(text, {
      delimiter: /\.csv$/i.test(name) ? ',' : '\t',
      relax_column_count: true,
      skip_empty_lines: false,
      to: format.headerRow + format.limits.maxRows + 1,
    })
  } catch (cause) {
    if (cause instanceof CsvError)
      throw new SourceError(
        `${name} line ${Number(cause['lines'])}: ${cause.code.toLowerCase().replaceAll('_', ' ')}`,
      )
    throw cause
  }
}

function decode(bytes: Uint8Array, encoding: TableFormat['encoding'], name: string): string {
  const candidates =
    encoding === 'auto'
      ? bytes[0] === 0xff && bytes[1] === 0xfe
        ? ['utf-16le']
        : ['utf-8', 'gb18030']
      : [encoding]
  for (const candidate of candidates) {
    try {
      return new TextDecoder(candidate, { fatal: true }).decode(bytes)
    } catch {
      // Not in this encoding: the next one is tried.
    }
  }
  throw new SourceError(`${name} is not text in ${candidates.join(' or ')}`)
}
