import * as v from 'valibot'
import { SourceError } from '../../contracts/indicator-adapter.ts'
import { parseJson } from './json-path.ts'
import { describe } from './number-text.ts'

/** One run of points of one series, as a line of a chunked answer has it. */
export interface InfluxSeries {
  tags: Record<string, unknown>
  columns: string[]
  values: unknown[][]
}

const LineSchema = v.object({
  results: v.array(
    v.object({
      error: v.optional(v.unknown()),
      /** More lines follow. */
      partial: v.optional(v.unknown()),
      series: v.optional(
        v.array(
          v.object({
            tags: v.optional(v.record(v.string(), v.unknown()), {}),
            columns: v.array(v.string()),
            values: v.optional(v.array(v.array(v.unknown())), []),
          }),
        ),
        [],
      ),
    }),
  ),
})

/** The sentence of an answer that has no results at all, with a bad status mostly. */
export function influxError(body: string): string | undefined {
  try {
    const { error } = JSON.parse(body) as { error?: unknown }
    return typeof error === 'string' ? error : undefined
  } catch {
    return undefined
  }
}

/** A line of a chunked answer; an error that stands in it, status 200 or not, is thrown in the server's own words. */
export function readInfluxLine(line: string, asked: string): { series: InfluxSeries[]; more: boolean } {
  const body = parseJson(line)
  const error = influxError(line)
  if (error !== undefined) throw new SourceError(`${asked}: refused: ${error.slice(0, 300)}`)
  const read = v.safeParse(LineSchema, body)
  if (!read.success)
    throw new SourceError(`${asked}: not an answer of InfluxDB to a query: ${read.issues[0].message}`)
  const { results } = read.output
  for (const result of results)
    if (result.error !== undefined) throw new SourceError(`${asked}: refused: ${describe(result.error)}`)
  return {
    series: results.flatMap((result) => result.series),
    more: results.some(({ partial }) => partial === true),
  }
}

/**
 * The statement as it is sent: {window} as a condition on time, and days, weeks and hours of GROUP BY time() cut by the city's
 * clock where the statement does not say another zone: by itself InfluxDB cuts days at midnight UTC.
 */
export function statementOf(query: string, window: { from: string; to: string }, timeZone: string): string {
  const [from, to] = [Date.parse(window.from), Date.parse(window.to)]
  const statement = query.replaceAll('{window}', `time >= ${from}ms AND time < ${to}ms`)
  const cut = /\bgroup\s+by\b[^]*\btime\s*\(/i.test(statement) && !/\btz\s*\(/i.test(statement)
  return cut ? `${statement} tz('${timeZone}')` : statement
}
