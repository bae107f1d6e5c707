import * as v from 'valibot'
import { SourceError } from '../../contracts/indicator-adapter.ts'
import { JsonPathSchema, type JsonValue, firstMatch } from './json-path.ts'

const ParameterSchema = v.pipe(v.string(), v.nonEmpty())
const SizeSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000))
const place = v.optional(v.picklist(['query', 'body']), 'query')
/** Count of all rows, where the source tells it: then a page shorter than asked is not taken for the last one. */
const total = v.optional(JsonPathSchema)

/** How a source hands out a long answer. The caps of limits.ts hold for every kind. */
export const PagingSchema = v.optional(
  v.variant('kind', [
    v.strictObject({ kind: v.literal('none') }),
    v.strictObject({
      kind: v.literal('page'),
      in: place,
      page: ParameterSchema,
      size: ParameterSchema,
      rows: SizeSchema,
      first: v.optional(v.picklist([0, 1]), 1),
      total,
    }),
    v.strictObject({
      kind: v.literal('offset'),
      in: place,
      offset: ParameterSchema,
      limit: ParameterSchema,
      rows: SizeSchema,
      total,
    }),
    v.strictObject({
      kind: v.literal('cursor'),
      in: place,
      parameter: ParameterSchema,
      next: JsonPathSchema,
    }),
    v.strictObject({ kind: v.literal('link') }),
  ]),
  { kind: 'none' },
)
export type Paging = v.InferOutput<typeof PagingSchema>

/** Where the reading of a long answer stands. */
export interface PageAsk {
  /** Counted from 1. */
  number: number
  /** Rows seen on the pages before. */
  seen: number
  /** Parameters to add, in query or body. */
  parameters: Record<string, string | number>
  /** The whole address, where the source gave it (rel=next). */
  url?: string
}

export interface PageSeen {
  rows: number
  body: JsonValue
  /** Address the page came from, and the answer's Link header. */
  url: string
  link: string | undefined
}

export function firstPage(paging: Paging): PageAsk {
  return { number: 1, seen: 0, parameters: parametersOf(paging, 1, 0) }
}

function parametersOf(paging: Paging, number: number, seen: number): PageAsk['parameters'] {
  if (paging.kind === 'page') return { [paging.page]: paging.first + number - 1, [paging.size]: paging.rows }
  if (paging.kind === 'offset') return { [paging.offset]: seen, [paging.limit]: paging.rows }
  return {}
}

/** What to ask after this page, or undefined when it was the last. Throws SourceError when the source would lead in a circle or elsewhere. */
export function nextPage(paging: Paging, ask: PageAsk, page: PageSeen): PageAsk | undefined {
  const number = ask.number + 1
  const seen = ask.seen + page.rows
  switch (paging.kind) {
    case 'none':
      return undefined
    case 'page':
    case 'offset':
      return hasMore(paging, seen, page)
        ? { number, seen, parameters: parametersOf(paging, number, seen) }
        : undefined
    case 'cursor': {
      const cursor = firstMatch(page.body, paging.next)
      if (cursor === undefined || cursor === null || cursor === '' || cursor === false) return undefined
      if (typeof cursor !== 'string' && typeof cursor !== 'number')
        throw new SourceError('the cursor of the next page is neither text nor number')
      if (cursor === ask.parameters[paging.parameter])
        throw new SourceError('the cursor does not move: the same page would come for ever')
      return { number, seen, parameters: { [paging.parameter]: cursor } }
    }
    case 'link': {
      const url = nextLink(page.link, page.url)
      return url === undefined ? undefined : { number, seen, parameters: {}, url }
    }
  }
}

function hasMore(
  paging: { rows: number; total?: string | undefined },
  seen: number,
  page: PageSeen,
): boolean {
  if (paging.total === undefined) return page.rows >= paging.rows
  const count = Number(firstMatch(page.body, paging.total) ?? Number.NaN)
  if (!Number.isInteger(count) || count < 0) throw new SourceError(`no count of rows at ${paging.total}`)
  if (page.rows === 0 && seen < count)
    throw new SourceError(`the source counts ${count} rows and gave ${seen}`)
  return seen < count
}

/** rel=next of an RFC 8288 header, only on the origin it came from. */
function nextLink(header: string | undefined, from: string): string | undefined {
  for (const [, target = '', parameters = ''] of (header ?? '').matchAll(
    /<([^>]*)>((?:\s*;\s*[^,;="]+(?:=(?:"[^"]*"|[^,;"]*))?)*)/g,
  )) {
    if (!/;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next(?=\s|;|$))/i.test(parameters)) continue
    if (!URL.canParse(target, from)) throw new SourceError('the link to the next page is no address')
    const url = new URL(target, from)
    if (url.origin !== new URL(from).origin)
      throw new SourceError(`the link to the next page leads to ${url.origin}, which is not this source`)
    if (url.href === from) throw new SourceError('the link to the next page leads to the same page')
    return url.href
  }
  return undefined
}
