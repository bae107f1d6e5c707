import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { SourceError } from '../../contracts/indicator-adapter.ts'
import type { Io } from '../../contracts/io.ts'
import { toInstant } from '../../domain/instant.ts'
import type { Item } from './inbox.ts'
import { JsonPathSchema, type JsonValue, allMatches, firstMatch, parseJson } from './json-path.ts'
import { describe } from './number-text.ts'
import { rowFieldsSchema } from './row-fields.ts'
import { readRow } from './row-reading.ts'

/** A JSONPath from the row, or what stands around the payload: @payload as a whole, @topic, its second level @topic.2, … */
export const MessageFieldSchema = v.union([
  JsonPathSchema,
  v.pipe(v.string(), v.regex(/^@[a-z]+(\.[1-9]\d?)?$/, 'a JSONPath, or @payload, @topic, @topic.2')),
])

/** How the messages of one indicator are read; each protocol adds what they are found by. */
export const messageMapping = {
  /** `text`: the payload is no JSON but one bare value, @payload. */
  payload: v.optional(v.picklist(['json', 'text']), 'json'),
  /** Every match is one row; the whole message where it is one. */
  rows: v.optional(JsonPathSchema, '$'),
  /** Rows of this indicator: every field named holds the value, or one of the values. */
  where: v.optional(v.record(MessageFieldSchema, v.union([v.string(), v.array(v.string())])), {}),
  fields: rowFieldsSchema(MessageFieldSchema),
}
const MessageMappingSchema = v.strictObject(messageMapping)
export type MessageMapping = v.InferOutput<typeof MessageMappingSchema>

/** One message as it came. */
export interface Message {
  /** Where an operator finds it: topic, sequence. */
  place: string
  payload: Uint8Array
  /** By the name that @name refers to. Levels are split at / or at the dots, whichever the name has. */
  around: Readonly<Record<string, string>>
  /** When it came, or undefined where that says nothing of when it was measured: a retained or replayed one. */
  arrivedAt: number | undefined
}

/** What the readings of every message of a source have in common. */
export interface MessageOrigin {
  /** What was subscribed to, without secrets. */
  request: string
  io: Pick<Io, 'timeZone'>
  clean(text: string): string
}

const longestRecord = 2_000
const mostRows = 10_000

/** What a message tells of these subscriptions; what it cannot be read for is told too. */
export function messageItems(
  message: Message,
  feeds: readonly { key: string; mapping: MessageMapping }[],
  origin: MessageOrigin,
): Item[] {
  const text = textOf(message.payload)
  const rawSha256 = createHash('sha256').update(message.payload).digest('hex')
  return feeds.flatMap(({ key, mapping }): Item[] => {
    const refused = (place: string, reason: string): Item => ({
      key,
      refusal: { row: origin.clean(place), reason: origin.clean(reason) },
    })
    const rows = text === undefined ? 'the message is not UTF-8 text' : rowsOf(text, mapping)
    if (typeof rows === 'string') return [refused(message.place, rows)]
    return rows.flatMap((row, index) => {
      const place = rows.length === 1 ? message.place : `${message.place} row ${index + 1}`
      const cell = (field: string): unknown =>
        field.startsWith('@') ? aroundOf(message, text ?? '', field) : firstMatch(row, field)
      if (!belongs(mapping, cell)) return []
      const fields = timedFields(mapping, cell, message)
      if (fields === undefined)
        return [refused(place, `${mapping.fields.time.field}: no time, and when it came is not when it was`)]
      const read = readRow({ place, cell, name: (field) => field }, fields, {
        timeZone: origin.io.timeZone,
        request: origin.request,
        rawSha256,
      })
      if ('refusal' in read) return [refused(place, read.refusal.reason)]
      const delivered =
        mapping.payload === 'text' || mapping.rows === '$' ? (text ?? '') : JSON.stringify(row)
      const { reading } = read
      const arrival = fields !== mapping.fields
      return [
        {
          key,
          reading: {
            ...reading,
            ...(arrival ? { flags: [...(reading.flags ?? []), 'clock-skew' as const] } : {}),
            lineage: {
              request: origin.request,
              rawSha256,
              steps: stepsOf(mapping, arrival),
              record: { place, text: origin.clean(delivered).slice(0, longestRecord) },
            },
          },
        },
      ]
    })
  })
}

function textOf(payload: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(payload)
  } catch {
    return undefined
  }
}

function rowsOf(text: string, mapping: MessageMapping): JsonValue[] | string {
  if (mapping.payload === 'text') return [text]
  try {
    const rows = allMatches(parseJson(text), mapping.rows)
    if (rows.length > mostRows) return `the message has more than ${mostRows} rows`
    const odd = rows.find((row) => typeof row !== 'object' || row === null)
    return odd === undefined ? rows : `not an object: ${describe(odd)}`
  } catch (cause) {
    if (cause instanceof SourceError) return cause.message.replace('the answer', 'the message')
    throw cause
  }
}

function aroundOf({ around }: Message, text: string, field: string): string | undefined {
  const [name = '', level] = field.slice(1).split('.')
  if (name === 'payload') return text
  const whole = around[name]
  if (whole === undefined || level === undefined) return whole
  return whole.split(whole.includes('/') ? '/' : '.')[Number(level) - 1]
}

function belongs({ where }: MessageMapping, cell: (field: string) => unknown): boolean {
  return Object.entries(where).every(([field, wanted]) => {
    const value = cell(field)
    const text = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''
    return [wanted].flat().includes(text)
  })
}

/** Where the row names no time, its arrival stands for it. Undefined where even that is not known. */
function timedFields(
  { fields }: MessageMapping,
  cell: (field: string) => unknown,
  { arrivedAt }: Message,
): MessageMapping['fields'] | undefined {
  const named = cell(fields.time.field)
  if (named !== undefined && named !== null && named !== '') return fields
  if (arrivedAt === undefined) return undefined
  return { ...fields, time: { ...fields.time, field: '@arrival', format: 'rfc3339' } }
}

/** By what rules, not with what values: one lineage a delivery, and the row itself is kept beside it. */
function stepsOf({ rows, fields, payload }: MessageMapping, arrival: boolean) {
  const { time, value } = fields
  return [
    { step: 'message', detail: payload === 'text' ? 'bare value' : `rows ${rows}` },
    {
      step: 'time',
      detail: arrival ? `when the message came, ${time.field} was empty` : `${time.field} as ${time.format}`,
    },
    {
      step: value.notation === 'fraction' ? 'fraction × 100' : 'number',
      detail: value.field,
    },
  ]
}

/** What an adapter adds around a message besides its own names. */
export function aroundMessage(
  named: Readonly<Record<string, string>>,
  arrivedAt: number | undefined,
): Readonly<Record<string, string>> {
  return arrivedAt === undefined ? named : { ...named, arrival: toInstant(arrivedAt) }
}
