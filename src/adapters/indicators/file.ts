import * as v from 'valibot'
import { SourceError, defineIndicatorAdapter } from '../../contracts/indicator-adapter.ts'
import type { FileAnswer, Io } from '../../contracts/io.ts'
import type { Reading, Refusal } from '../../domain/reading.ts'
import { LimitsSchema } from '../wire/limits.ts'
import { describe } from '../wire/number-text.ts'
import { rowFieldsSchema } from '../wire/row-fields.ts'
import { readRow } from '../wire/row-reading.ts'
import { type Cell, type Table, readTable } from '../wire/table-file.ts'

const HeadingSchema = v.pipe(v.string(), v.nonEmpty())
const outside = (path: string) => path.startsWith('/') || path.split(/[\\/]/).includes('..')

/** A table handed over as a file, as it stands in sources.yaml. */
export const FileSettingsSchema = v.strictObject({
  /** Folder of the source, relative to the project's root: mock-data/facts. */
  folder: v.pipe(
    HeadingSchema,
    v.check((path) => !outside(path), 'a folder inside the project'),
  ),
  /** Name in that folder; .csv, .tsv, .txt or .xlsx. */
  file: v.pipe(
    v.string(),
    v.regex(/\.(csv|tsv|txt|xlsx)$/i, 'a .csv, .tsv, .txt or .xlsx'),
    v.check((path) => !outside(path), 'a file inside the folder'),
  ),
  /** Of text; `auto` is UTF-8, with or without BOM, else GB18030. */
  encoding: v.optional(v.picklist(['auto', 'utf-8', 'gb18030']), 'auto'),
  /** Name of the sheet; the first when absent. */
  sheet: v.optional(v.string()),
  /** Row of the headings, counted from 1. */
  headerRow: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50)), 1),
  /** Only rows whose column holds one of these are read; the others are refused with `reason` (and the value found). */
  grade: v.optional(
    v.strictObject({
      column: HeadingSchema,
      accept: v.pipe(v.array(v.string()), v.minLength(1)),
      reason: HeadingSchema,
    }),
  ),
  /** One bad row refuses every row of its indicator. A row below grade is not a bad one. */
  allOrNothing: v.optional(v.boolean(), false),
  limits: LimitsSchema,
})
type Settings = v.InferOutput<typeof FileSettingsSchema>

/** One indicator in such a file. `field` is a column's heading. */
export const FileMappingSchema = v.strictObject({
  /** Rows of this indicator: every named column holds the value, or one of the values. */
  where: v.optional(v.record(HeadingSchema, v.union([v.string(), v.array(v.string())])), {}),
  fields: rowFieldsSchema(HeadingSchema),
})
type Mapping = v.InferOutput<typeof FileMappingSchema>

const rowsPerPage = 1_000

export default defineIndicatorAdapter<Settings, Mapping>({
  version: '1.0.0',
  settings: FileSettingsSchema,
  mapping: FileMappingSchema,

  async probe(source, io) {
    try {
      const { file, table } = await openTable(source, io)
      return {
        reachable: true,
        detail: `${file.name}: ${table.rows.length} rows, as of ${file.modifiedAt}`,
        clockSkewMs: null,
      }
    } catch (cause) {
      if (!(cause instanceof SourceError)) throw cause
      return { reachable: false, detail: cause.message, clockSkewMs: null }
    }
  },

  async *read(source, mapping, _window, io) {
    io.signal.throwIfAborted()
    const { file, table } = await openTable(source, io)
    expectColumns(source, mapping, table, file.name)
    const { readings, refusals, faulty } = readRows(source, mapping, file, table, io.timeZone)
    if (faulty && source.allOrNothing) {
      yield {
        readings: [],
        refusals: [
          ...refusals,
          {
            row: file.name,
            reason: `nothing taken: ${readings.length} good rows wait until the others are mended`,
          },
        ],
      }
      return
    }
    for (let at = 0; at < readings.length || at === 0; at += rowsPerPage) {
      io.signal.throwIfAborted()
      yield { readings: readings.slice(at, at + rowsPerPage), refusals: at === 0 ? refusals : [] }
    }
  },
})

// Many indicators read one file: it is parsed once for its bytes, and kept no longer than the settings it belongs to.
const parsed = new WeakMap<Settings, { sha256: string; table: Table }>()

async function openTable(source: Settings, io: Io): Promise<{ file: FileAnswer; table: Table }> {
  const file = await io.file(`${source.folder}/${source.file}`)
  const known = parsed.get(source)
  if (known?.sha256 === file.sha256) return { file, table: known.table }
  const table = readTable(file, source)
  parsed.set(source, { sha256: file.sha256, table })
  return { file, table }
}

function expectColumns(source: Settings, mapping: Mapping, table: Table, name: string): void {
  const named = [
    ...Object.keys(mapping.where),
    ...(source.grade ? [source.grade.column] : []),
    ...fieldsOf(mapping.fields),
  ]
  const missing = [...new Set(named)].filter((heading) => !table.columns.has(heading))
  if (missing.length > 0)
    throw new SourceError(
      `${name} has no column ${missing.join(', ')}; it has ${[...table.columns.keys()].join(', ')}`,
    )
}

/** Every heading a mapping names, however deep. */
function fieldsOf(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([key, value]) => {
    if (key === 'map') return []
    return typeof value === 'string'
      ? ['field', 'lower', 'upper'].includes(key)
        ? [value]
        : []
      : fieldsOf(value)
  })
}

function readRows(source: Settings, mapping: Mapping, file: FileAnswer, table: Table, timeZone: string) {
  const readings: Reading[] = []
  const refusals: Refusal[] = []
  let faulty = false
  for (const { number, cells } of table.rows) {
    const cell = (heading: string) => cells[table.columns.get(heading) ?? -1]
    if (
      !Object.entries(mapping.where).every(([heading, wanted]) =>
        [wanted].flat().includes(textOf(cell(heading))),
      )
    )
      continue
    const place = `row ${number}`
    const grade = source.grade && textOf(cell(source.grade.column))
    if (source.grade && !source.grade.accept.includes(grade ?? '')) {
      refusals.push({
        row: place,
        reason: `${source.grade.reason} (${source.grade.column} ${describe(grade)})`,
      })
      continue
    }
    if (cells.length !== table.width) {
      refusals.push({ row: place, reason: `has ${cells.length} cells, the headings are ${table.width}` })
      faulty = true
      continue
    }
    const name = (heading: string) => `column ${(table.columns.get(heading) ?? -1) + 1} ${heading}`
    const origin = { timeZone, request: `file ${file.name}`, rawSha256: file.sha256 }
    const read = readRow({ place, cell, name }, mapping.fields, origin)
    if ('reading' in read) readings.push(read.reading)
    else refusals.push(read.refusal)
    faulty ||= 'refusal' in read
  }
  return { readings, refusals, faulty }
}

const textOf = (cell: Cell | undefined) => String(cell ?? '').trim()
