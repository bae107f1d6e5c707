import { SSF, type WorkSheet, read, utils } from '@e965/xlsx'
import { SourceError } from '../../contracts/indicator-adapter.ts'
import type { Cell, TableFormat } from './table-file.ts'
import { unpackedBytes } from './zip-size.ts'

const maxColumns = 500
/** A sheet's XML is long and repetitive: this many times the packed limit is generous, and far below a zip bomb. */
const unpackedFactor = 25

/** One sheet as rows of text, numbers and nulls. Formulas are never read, only the values a spreadsheet program left beside them. */
export function readSheet(
  { name, bytes }: { name: string; bytes: Uint8Array },
  format: TableFormat,
): Cell[][] {
  const unpacked = unpackedBytes(bytes)
  if (unpacked === undefined) throw new SourceError(`${name} is not an XLSX file`)
  if (unpacked > format.limits.maxBytes * unpackedFactor)
    throw new SourceError(`${name} unpacks to ${unpacked} bytes, more than a sheet may have`)
  const sheet = openSheet(name, bytes, format)
  const range = sheet['!ref'] === undefined ? undefined : utils.decode_range(sheet['!ref'])
  if (!range) throw new SourceError(`${name}: the sheet is empty`)
  if (range.e.c >= maxColumns) throw new SourceError(`${name}: more than ${maxColumns} columns`)
  refuseMerged(sheet, format.headerRow, name)
  return Array.from({ length: range.e.r + 1 }, (_, row) =>
    Array.from({ length: range.e.c + 1 }, (__, column) => cellAt(sheet, row, column)),
  )
}

function openSheet(name: string, bytes: Uint8Array, format: TableFormat): WorkSheet {
  try {
    const sheetRows = format.headerRow + format.limits.maxRows + 1
    const book = read(bytes, {
      type: 'array',
      dense: true,
      cellFormula: false,
      cellHTML: false,
      cellText: false,
      cellNF: true,
      bookVBA: false,
      sheetRows,
    })
    const wanted = format.sheet ?? book.SheetNames[0]
    const sheet = wanted === undefined ? undefined : book.Sheets[wanted]
    if (!sheet)
      throw new SourceError(`${name} has no sheet ${wanted ?? 'at all'}, only ${book.SheetNames.join(', ')}`)
    return sheet
  } catch (cause) {
    if (cause instanceof SourceError) throw cause
    throw new SourceError(`${name} cannot be read as XLSX`)
  }
}

/** A merged cell leaves the rows below it without a value, and nobody can tell which: the file is to be mended, not guessed at. */
function refuseMerged(sheet: WorkSheet, headerRow: number, name: string): void {
  const merged = (sheet['!merges'] ?? []).filter(({ e }) => e.r >= headerRow - 1)
  if (merged.length === 0) return
  const places = merged
    .slice(0, 20)
    .map(({ s, e }) => `rows ${s.r + 1}–${e.r + 1} columns ${s.c + 1}–${e.c + 1}`)
  const more = merged.length > 20 ? ` and ${merged.length - 20} more` : ''
  throw new SourceError(`${name} has merged cells: ${places.join('; ')}${more}`)
}

function cellAt(sheet: WorkSheet, row: number, column: number): Cell {
  const cell = sheet['!data']?.[row]?.[column]
  if (!cell || cell.v === undefined || cell.v === null || cell.t === 'z') return null
  if (cell.t === 'e') return cell.w ?? '#ERROR'
  if (cell.v instanceof Date) return cell.v.toISOString()
  if (cell.t === 'n' && cell.z !== undefined && SSF.is_date(String(cell.z))) return dateText(Number(cell.v))
  return cell.v
}

/** A spreadsheet's day number as the wall clock it shows. */
function dateText(serial: number): string {
  const { y, m, d, H, M, S } = SSF.parse_date_code(serial) as Record<
    'y' | 'm' | 'd' | 'H' | 'M' | 'S',
    number
  >
  const pad = (part: number) => String(part).padStart(2, '0')
  const day = `${y}-${pad(m)}-${pad(d)}`
  return H + M + S === 0 ? day : `${day} ${pad(H)}:${pad(M)}:${pad(Math.floor(S))}`
}
