import { geoCollections } from '../simulator/geo/collections.ts'
import type { Answer } from './answer.ts'
import type { Body } from './departments.ts'

const root = '/geo'
const [usualPage, largestPage] = [10, 2_000]

const conformsTo = ['core', 'geojson', 'oas30'].map(
  (part) => `http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${part}`,
)

/**
 * The demo city's feature server: OGC API – Features Part 1 (17-069r4) over the simulator's collections. Pure like the other
 * departments. `as-of` is its own addition: the answer as it would have been at that instant.
 */
export function geoAnswer(path: string, query: URLSearchParams, nowMs: number, seed: string): Answer {
  const [, , first, id, items, ...rest] = path.split('/')
  if (path === root || path === `${root}/`) return good({ title: '演示要素服务', links: links('') })
  if (path === `${root}/conformance`) return good({ conformsTo })
  if (path === `${root}/collections`)
    return good({
      collections: [...geoCollections.keys()].map(described),
      links: [link('self', '/collections')],
    })
  const collection = first === 'collections' ? geoCollections.get(id ?? '') : undefined
  if (!collection || rest.length > 0 || (items !== undefined && items !== 'items'))
    return plain(404, { code: 'NotFound', description: 'no such collection' })
  if (items === undefined) return good(described(id!))
  const instants = instantsOf(query, nowMs)
  const paging = pagingOf(query)
  if (!instants || !paging)
    return plain(400, { code: 'InvalidParameterValue', description: 'datetime, as-of, limit or offset' })
  const { features, resultTime } = collection(seed, instants.atMs, instants.knownMs)
  return page(path, query, { features: features as unknown as Body[], resultTime, ...paging })
}

function page(
  path: string,
  query: URLSearchParams,
  told: { features: Body[]; resultTime: string; limit: number; offset: number },
): Answer {
  const { features, resultTime, limit, offset } = told
  const shown = features.slice(offset, offset + limit)
  const onward = new URLSearchParams(query)
  onward.set('offset', String(offset + limit))
  const more = offset + limit < features.length
  return {
    status: 200,
    headers: { 'content-type': 'application/geo+json' },
    body: {
      type: 'FeatureCollection',
      features: shown,
      resultTime,
      numberMatched: features.length,
      numberReturned: shown.length,
      links: more ? [{ rel: 'next', type: 'application/geo+json', href: `${path}?${onward}` }] : [],
    },
  }
}

/** One instant, or the end of an interval; nothing is known of an as-of that has not come. */
function instantsOf(query: URLSearchParams, nowMs: number): { atMs: number; knownMs: number } | undefined {
  const knownMs = query.has('as-of') ? instantOf(query.get('as-of')!) : nowMs
  const end = query.get('datetime')?.split('/').at(-1)
  const atMs = end === undefined || end === '..' || end === '' ? knownMs : instantOf(end)
  return Number.isFinite(atMs) && knownMs <= nowMs ? { atMs, knownMs } : undefined
}

function instantOf(text: string): number {
  return /[Zz]$|[+-]\d\d:\d\d$/.test(text) ? Date.parse(text) : Number.NaN
}

function pagingOf(query: URLSearchParams): { limit: number; offset: number } | undefined {
  const limit = wholeOf(query.get('limit') ?? String(usualPage))
  const offset = wholeOf(query.get('offset') ?? '0')
  return limit >= 1 && offset >= 0 ? { limit: Math.min(limit, largestPage), offset } : undefined
}

function wholeOf(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
}

function described(id: string): Body {
  return { id, itemType: 'feature', links: [link('items', `/collections/${id}/items`)] }
}

function links(path: string): Body[] {
  return [link('self', path), link('conformance', '/conformance'), link('data', '/collections')]
}

const link = (rel: string, path: string): Body => ({ rel, href: `${root}${path}`, type: 'application/json' })
const plain = (status: number, body: Body): Answer => ({ status, headers: {}, body })
const good = (body: Body): Answer => plain(200, body)
