import { catalogue, pointKeys, pointOf, type DatedPoint, type TimeWindow } from '../simulator/catalogue.ts'
import { zoneOffsetMs } from '../simulator/city-time.ts'
import { tickets } from '../simulator/tickets.ts'
import { geoAnswer } from './geo-answer.ts'
import { departments, type Body, type Department } from './departments.ts'

export interface Answer {
  status: number
  headers: Record<string, string>
  body: Body
}

/** A test's hand on the demo: another value for a point, or undefined to leave it. */
export type Override = (code: string, point: DatedPoint) => number | null | undefined

const mostRows = 500

/**
 * What the demo's departments answer to a GET. Pure: path, query, instant and seed decide the bytes, so a page without a gateway
 * can ask it in place of HTTP. Credentials are looked at by the server, not here.
 */
export function answer(
  path: string,
  query: URLSearchParams,
  nowMs: number,
  seed: string,
  override?: Override,
): Answer {
  if (/^\/geo(\/|$)/.test(path)) return geoAnswer(path, query, nowMs, seed)
  if (path === '/hotline/v2/tickets') return ticketPage(query, nowMs, seed)
  const department = departments.find((candidate) => candidate.path === path)
  if (!department) return plain(404, { error: 'no such service' })
  const code = query.get('indicator') ?? ''
  const series = department.codes.includes(code) ? catalogue.get(code) : undefined
  if (!series) {
    const { status, body } = department.unknown(code)
    return plain(status, body)
  }
  const window = windowOf(query)
  if (window === 'bad')
    return plain(400, { error: 'from and to are instants with an offset, from before to' })
  const keys = pointKeys(series, nowMs, window)
  return page(department, query, keys.length, (start, end) =>
    keys
      .slice(start, end)
      .map((key) => department.row(code, withOverride(code, pointOf(series, seed, nowMs, key), override))),
  )
}

function withOverride(code: string, point: DatedPoint, override: Override | undefined): DatedPoint {
  const value = override?.(code, point)
  return value === undefined ? point : { ...point, value }
}

function plain(status: number, body: Body): Answer {
  return { status, headers: {}, body }
}

/** Instants as RFC 3339, as epoch milliseconds, or as YYYY-MM-DD HH:mm:ss or YYYYMMDDHHmmss in the city's zone. */
function windowOf(query: URLSearchParams): TimeWindow | undefined | 'bad' {
  const [from, to] = [query.get('from'), query.get('to')]
  if (from === null && to === null) return undefined
  const [fromMs, toMs] = [instantOf(from), instantOf(to)]
  return Number.isFinite(fromMs) && Number.isFinite(toMs) && fromMs < toMs ? { fromMs, toMs } : 'bad'
}

function instantOf(text: string | null): number {
  if (text === null) return Number.NaN
  if (/^\d{13}$/.test(text)) return Number(text)
  if (/^\d{14}$/.test(text)) return localInstant(text)
  return /[Zz]|[+-]\d\d:\d\d$/.test(text) ? Date.parse(text) : localInstant(text.replace(/\D/g, ''))
}

function localInstant(digits: string): number {
  const [, y, mo, d, h = '00', mi = '00', s = '00'] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?(\d\d)?$/.exec(digits) ?? []
  return y === undefined ? Number.NaN : Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`) - zoneOffsetMs
}

function page(
  department: Department,
  query: URLSearchParams,
  total: number,
  rowsOf: (start: number, end: number) => Body[],
): Answer {
  const size = Math.min(mostRows, wholeOf(query.get('size') ?? query.get('limit'), mostRows))
  const start = department.paging === 'none' ? 0 : startOf(department.paging, query, size)
  const end = department.paging === 'none' ? total : start + size
  const next = end < total ? String(end) : undefined
  const body = department.wrap({ rows: rowsOf(start, end), total, next })
  if (department.paging !== 'link' || next === undefined) return { status: 200, headers: {}, body }
  const onward = new URLSearchParams(query)
  onward.set('start', next)
  // The key must not travel in a link that a log may keep.
  onward.delete('appid')
  return { status: 200, headers: { link: `<${department.path}?${onward}>; rel="next"` }, body }
}

function startOf(
  paging: 'page' | 'offset' | 'cursor' | 'link',
  query: URLSearchParams,
  size: number,
): number {
  if (paging === 'page') return (Math.max(1, wholeOf(query.get('page'), 1)) - 1) * size
  return wholeOf(query.get(paging === 'offset' ? 'offset' : paging === 'cursor' ? 'cursor' : 'start'), 0)
}

function wholeOf(text: string | null, fallback: number): number {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : fallback
}

function ticketPage(query: URLSearchParams, nowMs: number, seed: string): Answer {
  const window = windowOf(query) ?? { fromMs: nowMs - 600_000, toMs: nowMs }
  if (window === 'bad' || window.toMs - window.fromMs > 86_400_000)
    return plain(400, { error: 'at most one day of tickets at a time' })
  const list = tickets(seed, window.fromMs, Math.min(window.toMs, nowMs))
  const start = wholeOf(query.get('cursor'), 0)
  const next = start + mostRows < list.length ? String(start + mostRows) : null
  const rows = list.slice(start, start + mostRows).map(({ id, receivedMs, region, topic, kind, text }) => ({
    id,
    time: new Date(receivedMs).toISOString(),
    district: region,
    topic,
    kind,
    text,
  }))
  return { status: 200, headers: {}, body: { data: rows, next } }
}
