import * as v from 'valibot'
import { SourceError } from '../../contracts/indicator-adapter.ts'
import { parseJson } from './json-path.ts'
import { describe } from './number-text.ts'

/** A page of Observations as OGC 18-088 has them; a result may be anything, and is judged where it is read. */
const ObservationsSchema = v.object({
  value: v.array(v.record(v.string(), v.unknown())),
  '@iot.nextLink': v.optional(v.unknown()),
})

const DatastreamSchema = v.object({
  unitOfMeasurement: v.record(v.string(), v.unknown()),
})

/** What the server says is wrong: OData's error object, or the flatter one that FROST writes. */
export function odataError(body: string): string | undefined {
  try {
    const parsed = JSON.parse(body) as { error?: { message?: unknown }; message?: unknown }
    const message = parsed.error?.message ?? parsed.message
    return typeof message === 'string' ? message : undefined
  } catch {
    return undefined
  }
}

/** The observations and the way to the next page, which is followed as it is written and nowhere else than below `root`. */
export function readObservations(
  body: string,
  root: string,
  asked: string,
): { rows: Record<string, unknown>[]; next: string | undefined } {
  const read = v.safeParse(ObservationsSchema, parseJson(body))
  if (!read.success) throw new SourceError(`${asked}: no list of Observations: ${read.issues[0].message}`)
  const link = read.output['@iot.nextLink']
  if (link === undefined || link === null) return { rows: read.output.value, next: undefined }
  if (typeof link !== 'string' || !URL.canParse(link, root))
    throw new SourceError(`${asked}: the link to the next page is none: ${describe(link)}`)
  const next = new URL(link, `${root}/`)
  const base = new URL(`${root}/`)
  if (next.origin !== base.origin || !next.pathname.startsWith(base.pathname))
    throw new SourceError(`${asked}: the link to the next page leads out of the source's address`)
  return { rows: read.output.value, next: next.href }
}

/** Throws where the datastream measures in another unit than the mapping was made for: its figures would be taken for others. */
export function expectUnit(
  body: string,
  expected: Readonly<Record<string, string | undefined>>,
  asked: string,
): void {
  const read = v.safeParse(DatastreamSchema, parseJson(body))
  if (!read.success) throw new SourceError(`${asked}: no Datastream with a unitOfMeasurement`)
  const unit = read.output.unitOfMeasurement
  for (const [name, text] of Object.entries(expected))
    if (text !== undefined && unit[name] !== text)
      throw new SourceError(
        `${asked}: measures in ${name} ${describe(unit[name] ?? null)}, the mapping says ${describe(text)}: mend the mapping`,
      )
}

/** The instant a phenomenonTime begins with, a/b being an interval; undefined where it is no text of either kind. */
export function beginOf(phenomenonTime: unknown): string | undefined {
  if (typeof phenomenonTime !== 'string') return undefined
  const [begin = '', end, ...more] = phenomenonTime.split('/')
  if (more.length > 0 || (end !== undefined && !(Date.parse(begin) <= Date.parse(end)))) return undefined
  return begin
}
