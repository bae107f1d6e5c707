import { createHash } from 'node:crypto'
import type { Page } from '../../contracts/delivery.ts'
import { SourceError } from '../../contracts/indicator-adapter.ts'
import { readTime } from './city-time.ts'
import { describe } from './number-text.ts'
import type { RowFields } from './row-fields.ts'
import { readRow } from './row-reading.ts'
import type { Cell, Column } from './sql-session.ts'

export interface RowContext {
  columns: readonly Column[]
  fields: RowFields
  /** Zone of times that carry none, where the source declares it. */
  declaredZone: string | undefined
  /** Zone in which a column of instants is written when its text has no offset. */
  sessionZone: string
  cityZone: string
  /** What was asked, for the lineage. */
  request: string
}

const longestRecord = 2_000

/** The rows of one page as readings. Every row is kept as it came, so that a figure leads back to it. */
export function readSqlRows(rows: readonly Cell[][], context: RowContext, pageNumber: number): Page {
  const rawSha256 = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
  const origin = { timeZone: context.cityZone, request: context.request, rawSha256 }
  const index = new Map(context.columns.map(({ name }, at) => [name, at]))
  const page: Page = { readings: [], refusals: [] }
  for (const [nth, cells] of rows.entries()) {
    const place = `page ${pageNumber} row ${nth + 1}`
    const lost = unplaced(cells, context.columns)
    if (lost) {
      page.refusals.push({ row: place, reason: lost })
      continue
    }
    const cell = (name: string) => cellOf(cells[index.get(name) ?? -1] ?? null, name, context)
    const read = readRow({ place, cell, name: (name) => `column ${name}` }, context.fields, origin)
    if ('refusal' in read) page.refusals.push(read.refusal)
    else {
      const { reading } = read
      const record = { place, text: recordOf(cells, context.columns) }
      page.readings.push({ ...reading, lineage: { ...reading.lineage, record } })
    }
  }
  return page
}

/** Throws where the mapping names a column that is not there, or a time of which nobody said in which zone. */
export function expectColumns(context: Omit<RowContext, 'request'>, keys: readonly string[]): void {
  const { columns, fields, declaredZone } = context
  const names = columns.map(({ name }) => name)
  const missing = [...new Set([...keys, ...columnsNamed(fields)])].filter((name) => !names.includes(name))
  if (missing.length > 0)
    throw new SourceError(`the query has no column ${missing.join(', ')}; it has ${names.join(', ')}`)
  for (const when of [fields.time, fields.resultTime]) {
    const column = columns.find(({ name }) => name === when?.field)
    if (column?.kind === 'wall-clock' && when?.format === 'rfc3339' && declaredZone === undefined)
      throw new SourceError(
        `column ${column.name} holds times without a zone: name it by timeZone of the source, or say city-time in the mapping`,
      )
  }
}

/** Every column a mapping names, however deep. */
function columnsNamed(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([key, value]) => {
    if (key === 'map') return []
    if (typeof value !== 'string') return columnsNamed(value)
    return ['field', 'lower', 'upper'].includes(key) ? [value] : []
  })
}

/** A time as the formats of a mapping read it; everything else as it is. */
function cellOf(cell: Cell, name: string, context: RowContext): Cell {
  if (cell === null) return null
  const { columns, fields, declaredZone, sessionZone } = context
  const kind = columns.find((column) => column.name === name)?.kind
  if (kind === 'instant') return instantText(cell, sessionZone)
  const asInstant = [fields.time, fields.resultTime].some(
    (when) => when?.field === name && when.format === 'rfc3339',
  )
  return kind === 'wall-clock' && asInstant && declaredZone !== undefined
    ? instantText(cell, declaredZone)
    : cell
}

/** 2026-08-06 14:32:00.5+08 as RFC 3339; a text without offset stands in the zone given. */
export function instantText(text: string, zone: string): string {
  const parts = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d\d)?(?::?(\d\d))?$/.exec(text)
  if (!parts) return text
  const [, day, time, hours, minutes = '00'] = parts
  if (hours !== undefined) return `${day}T${time}${hours}:${minutes}`
  const read = readTime(`${day} ${time}`, 'city-time', zone)
  return 'at' in read && 'instant' in read.at ? read.at.instant : text
}

/** A geometry of which nobody knows what its numbers mean must not be drawn somewhere. */
function unplaced(cells: readonly Cell[], columns: readonly Column[]): string | undefined {
  const at = columns.findIndex(({ kind }, nth) => kind === 'geometry' && cells[nth]?.startsWith('SRID '))
  if (at === -1) return undefined
  const system =
    cells[at] === 'SRID 0' ? 'no coordinate system' : `a coordinate system that is not read (${cells[at]})`
  return `column ${columns[at]!.name}: a geometry with ${system}: declare it by srid of the source, or transform it in the query`
}

function recordOf(cells: readonly Cell[], columns: readonly Column[]): string {
  const row = columns.map(({ name, kind }, at) => [name, geometryOf(kind, cells[at] ?? null)] as const)
  return JSON.stringify(Object.fromEntries(row)).slice(0, longestRecord)
}

function geometryOf(kind: Column['kind'], cell: Cell): unknown {
  if (kind !== 'geometry' || cell === null) return cell
  try {
    return JSON.parse(cell) as unknown
  } catch {
    return describe(cell)
  }
}
