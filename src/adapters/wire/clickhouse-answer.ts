import * as v from 'valibot'
import { SourceError } from '../../contracts/indicator-adapter.ts'
import { parseJson } from './json-path.ts'

const TableSchema = v.object({
  meta: v.array(v.object({ name: v.string(), type: v.string() })),
  data: v.array(v.array(v.unknown())),
  rows: v.optional(v.unknown()),
})
export type ClickHouseTable = v.InferOutput<typeof TableSchema>

/**
 * What the server says went wrong. It says so with a bad status before the first row; later its sentence stands in the middle of a
 * body that began well, with status 200 (newer servers put it into the JSON).
 */
export function clickHouseException(body: string): string | undefined {
  const found = /Code: (\d+)[.,](?: e\.displayText\(\) =)? (DB::\w*Exception: [^]*)/.exec(body.slice(-8_000))
  if (!found) return undefined
  const [, code, text = ''] = found
  const line = text.replace(/, e\.what\(\) = [^]*$/, '').replace(/\p{Cc}+/gu, ' ')
  return `exception ${code}, ${line.slice(0, 300)}`
}

/** The table of a JSONCompact answer, or the error that it holds in place of one. */
export function readClickHouseTable(body: string, asked: string): ClickHouseTable {
  const whole = body.trimEnd().endsWith('}')
  const exception = whole ? undefined : clickHouseException(body)
  if (exception !== undefined) throw new SourceError(`${asked}: ${exception}`)
  const parsed = parseJson(body)
  const told = (parsed as { exception?: unknown }).exception
  if (typeof told === 'string')
    throw new SourceError(`${asked}: ${clickHouseException(told) ?? describeLine(told)}`)
  const read = v.safeParse(TableSchema, parsed)
  if (!read.success)
    throw new SourceError(`${asked}: not an answer of ClickHouse in JSONCompact: ${read.issues[0].message}`)
  const { data, rows } = read.output
  if (typeof rows === 'number' && rows !== data.length)
    throw new SourceError(`${asked}: ${data.length} rows of ${rows}: the answer is not whole`)
  return read.output
}

const describeLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').slice(0, 300)

/** A cell by its column's type: integers of 64 bits and more come as text, and one that a number cannot hold exactly is none. */
export function clickHouseCell(cell: unknown, type: string): unknown {
  if (typeof cell !== 'string' || !/^(Nullable\()?U?Int(64|128|256)\b/.test(type)) return cell
  return /^-?\d+$/.test(cell) && !Number.isSafeInteger(Number(cell))
    ? { 'too long a number to be exact': cell }
    : cell
}
