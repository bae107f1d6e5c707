import { toInstant } from '../../src/domain/instant.ts'
import { type Lineage, type Observation, lineageIdOf, seriesKey } from '../../src/domain/observation.ts'
import { regionsBelow } from '../../src/domain/place-regions.ts'
import { weightOf } from '../../src/domain/rollup-kind.ts'
import type {
  LatestAnswer,
  Problem,
  SeriesAnswer,
  SituationAnswer,
  SourcesAnswer,
} from '../../src/domain/wire.ts'
import { catalogueOf } from './static-city.ts'
import type { StaticGateway } from './static-gateway.ts'

export interface StaticAnswer {
  status: number
  body: unknown
}

export const needsGateway: Problem = {
  type: 'about:blank',
  title: 'needs the gateway',
  status: 501,
  detail: 'needs the gateway',
}

/** What `/api/**` answers without a gateway: reads like the gateway's, everything else a problem that says why not. */
export async function staticAnswer(
  gateway: StaticGateway,
  method: string,
  path: string,
  query: URLSearchParams,
): Promise<StaticAnswer> {
  if (method !== 'GET') return { status: 501, body: needsGateway }
  const serverTime = toInstant(gateway.nowMs)
  switch (path) {
    case '/api/catalogue':
      return good(catalogueOf(gateway.city))
    case '/api/observations/latest':
      return good(latestOf(gateway, query, serverTime))
    case '/api/situation':
      return good(situationOf(gateway, serverTime))
    case '/api/sources':
      return good({ sources: gateway.health(), serverTime } satisfies SourcesAnswer)
    case '/api/regions':
      return good({
        regions: regionsBelow(
          gateway.city.regions,
          query.get('parent') ?? '',
          query.get('depth') === 'all' ? 'all' : '1',
        ),
      })
  }
  const [, api, kind, id = '', rest] = path.split('/')
  if (api === 'api' && kind === 'indicators' && rest === 'series')
    return await seriesOf(gateway, decodeURIComponent(id), query, serverTime)
  if (api === 'api' && kind === 'features') return await featuresOf(gateway, decodeURIComponent(id), query)
  if (api === 'api' && kind === 'lineage') return found(lineageOf(gateway, decodeURIComponent(id)))
  if (api === 'api' && kind === 'sources' && rest === 'refusals')
    return good({ refusals: gateway.refusals(id) })
  return { status: 501, body: needsGateway }
}

const good = (body: unknown): StaticAnswer => ({ status: 200, body })
const found = (body: unknown): StaticAnswer =>
  body === undefined
    ? { status: 404, body: { type: 'about:blank', title: 'not found', status: 404 } satisfies Problem }
    : good(body)

function latestOf(gateway: StaticGateway, query: URLSearchParams, serverTime: string): LatestAnswer {
  const regions = query.get('region')?.split(',')
  const codes = query.get('indicator')?.split(',')
  const observations = gateway
    .latest()
    .filter(
      ({ region, indicator }) =>
        (!regions || regions.includes(region)) && (!codes || codes.includes(indicator)),
    )
  return { observations, asOf: serverTime, serverTime, cursor: gateway.sequence }
}

function situationOf(gateway: StaticGateway, serverTime: string): SituationAnswer {
  const { mode, incidents, warnings, alarms, streams, sequence } = gateway.situation()
  return {
    mode,
    incidents: [...incidents.values()],
    warnings: [...warnings.values()],
    alarms: [...alarms.values()],
    streams: Object.fromEntries(streams),
    sequence,
    asOf: serverTime,
    serverTime,
    cursor: gateway.sequence,
  }
}

async function featuresOf(gateway: StaticGateway, id: string, query: URLSearchParams): Promise<StaticAnswer> {
  const at = query.get('at')
  return found(await gateway.features.answer(id, at === null ? undefined : Date.parse(at)))
}

async function seriesOf(
  gateway: StaticGateway,
  code: string,
  query: URLSearchParams,
  serverTime: string,
): Promise<StaticAnswer> {
  const indicator = gateway.city.indicators.find((one) => one.code === code)
  if (!indicator) return found(undefined)
  const codes = [code, weightOf(indicator.rollup) ?? code]
  await Promise.all([...new Set(codes)].map((one) => gateway.past(one)))
  const region = query.get('region') ?? gateway.city.city.root
  const from = query.get('from') ?? '1900-01-01T00:00:00Z'
  const to = query.get('to') ?? toInstant(gateway.nowMs + 1)
  const series = gateway.store.series(code, region, from, to).map(({ once, observations }) => ({
    dims: observations[0]!.dims,
    historic: once,
    observations: observations.map((observation) => gateway.compared(observation)),
  }))
  for (const observation of gateway.rollups.series(code, region, from, to)) {
    const key = seriesKey('', '', observation.dims)
    const own = series.find(({ historic, dims }) => !historic && seriesKey('', '', dims) === key)
    if (own) own.observations = [...own.observations, observation].toSorted(byEnd)
    else series.push({ dims: observation.dims, historic: false, observations: [observation] })
  }
  return good({ series, asOf: serverTime, serverTime } satisfies SeriesAnswer)
}

function byEnd(a: Observation, b: Observation): number {
  return Date.parse(a.period.end) - Date.parse(b.period.end)
}

function lineageOf(gateway: StaticGateway, id: string): Lineage | undefined {
  return gateway.rollups.lineage(id) ?? gateway.store.lineage(lineageIdOf(id))
}
