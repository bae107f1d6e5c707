import * as v from 'valibot'
import type { Page } from '../../contracts/delivery.ts'
import { SourceError, defineIndicatorAdapter } from '../../contracts/indicator-adapter.ts'
import type { FileAnswer, Io } from '../../contracts/io.ts'
import type { Reading, Refusal } from '../../domain/reading.ts'
import { DurationSchema, durationMs } from '../../domain/instant.ts'
import { DropFolder } from '../wire/drop-folder.ts'
import { LimitsSchema } from '../wire/limits.ts'
import { describe } from '../wire/number-text.ts'
import { readParquet } from '../wire/parquet-file.ts'
import { rowFieldsSchema } from '../wire/row-fields.ts'
import { readRow } from '../wire/row-reading.ts'
import { type Cell, type Table, readTable } from '../wire/table-file.ts'

const HeadingSchema = v.pipe(v.string(), v.nonEmpty())
const outside = (path: string) => path.startsWith('/') || path.split(/[\\/]/).includes('..')

const NameSchema = v.pipe(
  v.string(),
  v.regex(/\.(csv|tsv|txt|xlsx|parquet)$/i, 'a .csv, .tsv, .txt, .xlsx or .parquet'),
  v.check((path) => !outside(path), 'a file inside the folder'),
)

const entries = {
  /** Folder of the source, relative to the project's root: mock-data/facts. */
  folder: v.pipe(
    HeadingSchema,
    v.check((path) => !outside(path), 'a folder inside the project'),
  ),
  /** Name in that folder; .csv, .tsv, .txt, .xlsx or .parquet. */
  file: v.optional(NameSchema),
  /** Instead of one file: every file of this pattern (* and ?) that is put into the folder, each content once. */
  pattern: v.optional(NameSchema),
  /** How long a file of the pattern must have stood still. */
  settle: v.optional(DurationSchema, 'PT5S'),
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
}

/** A table handed over as a file, or a folder of them, as it stands in sources.yaml. */
export const FileSettingsSchema = v.pipe(
  v.strictObject(entries),
  v.check(({ file, pattern }) => (file === undefined) !== (pattern === undefined), 'either file or pattern'),
)
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
      return { reachable: true, detail: await standingOf(source, io), clockSkewMs: null }
    } catch (cause) {
      if (!(cause instanceof SourceError)) throw cause
      return { reachable: false, detail: cause.message, clockSkewMs: null }
    }
  },

  async *read(source, mapping, _window, io) {
    io.signal.throwIfAborted()
    if (source.file === undefined) yield* readFolder(source, mapping, io)
    else yield* pagesOf(source, mapping, await io.file(`${source.folder}/${source.file}`), io)
  },
})

async function standingOf(source: Settings, io: Io): Promise<string> {
  if (source.file === undefined) {
    const there = await io.files(source.folder, source.pattern)
    return `${there.length} files of ${source.pattern} in ${source.folder}`
  }
  const file = await io.file(`${source.folder}/${source.file}`)
  const table = await tableOf(source, file)
  return `${file.name}: ${table.rows.length} rows, as of ${file.modifiedAt}`
}

interface Memory {
  folder: DropFolder
  /** Contents that were taken to their end, by mapping. */
  taken: Map<string, Set<string>>
  /** Many indicators read one file: it is parsed once for its bytes. */
  tables: Map<string, Table>
}
const tablesKept = 8
/** Kept no longer than the settings it belongs to; after a restart every file is read again, and what it says known by the store. */
const memories = new WeakMap<Settings, Memory>()

function memoryOf(source: Settings): Memory {
  const memory = memories.get(source) ?? { folder: new DropFolder(), taken: new Map(), tables: new Map() }
  memories.set(source, memory)
  return memory
}

/** One file after the other, oldest first; a broken one is told and does not stand in the way of the others. */
async function* readFolder(source: Settings, mapping: Mapping, io: Io): AsyncGenerator<Page> {
  const { folder, taken } = memoryOf(source)
  const there = await io.files(source.folder, source.pattern)
  const key = JSON.stringify(mapping)
  const mine = taken.get(key) ?? new Set<string>()
  taken.set(key, mine)
  let left = source.limits.maxPages
  for (const entry of folder.settled(there, io.now(), durationMs(source.settle))) {
    io.signal.throwIfAborted()
    const known = folder.hashOf(entry)
    if (known !== undefined && mine.has(known)) continue
    // The rest waits for the next look: nothing is lost.
    if (left-- === 0) return
    const file = await io.file(`${source.folder}/${entry.name}`)
    // Written again since it was listed: it is looked at anew.
    if (file.bytes.length !== entry.bytes) continue
    folder.remember(entry, file.sha256)
    if (mine.has(file.sha256)) {
      io.tally({ duplicate: 1 })
      continue
    }
    try {
      yield* pagesOf(source, mapping, file, io)
    } catch (cause) {
      if (!(cause instanceof SourceError)) throw cause
      yield { readings: [], refusals: [{ row: file.name, reason: cause.message }] }
    }
    mine.add(file.sha256)
  }
}

async function* pagesOf(source: Settings, mapping: Mapping, file: FileAnswer, io: Io): AsyncGenerator<Page> {
  const table = await tableOf(source, file)
  expectColumns(source, mapping, table, file.name)
  const { readings, refusals, faulty } = readRows(source, mapping, file, table, io.timeZone)
  if (faulty && source.allOrNothing) {
    const reason = `nothing taken: ${readings.length} good rows wait until the others are mended`
    yield { readings: [], refusals: [...refusals, { row: file.name, reason }] }
    return
  }
  for (let at = 0; at < readings.length || at === 0; at += rowsPerPage) {
    io.signal.throwIfAborted()
    yield { readings: readings.slice(at, at + rowsPerPage), refusals: at === 0 ? refusals : [] }
  }
}

async function tableOf(source: Settings, file: FileAnswer): Promise<Table> {
  const { tables } = memoryOf(source)
  const known = tables.get(file.sha256)
  if (known) return known
  const table = /\.parquet$/i.test(file.name) ? await readParquet(file, source) : readTable(file, source)
  tables.set(file.sha256, table)
  if (tables.size > (source.file === undefined ? tablesKept : 1)) tables.delete(tables.keys().next().value!)
  return table
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
