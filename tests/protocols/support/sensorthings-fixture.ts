import type { IncomingMessage, ServerResponse } from 'node:http'
import type { OwnInstance } from '../../support/services/own-instance.ts'
import { httpFixture } from './http-fixture.ts'

export interface StoredObservation {
  phenomenonTime: string
  resultTime: string | null
  result: unknown
}

export interface SensorThingsFixture extends OwnInstance {
  /** Observations by id of their datastream. */
  datastreams: Map<string, StoredObservation[]>
  unit: { name: string; symbol: string; definition: string }
}

export const fixtureToken = 'loopback-only-sensorthings'
/** The server's own: a client that asks for more gets no more. */
const mostInPage = 100

/**
 * Written from OGC 18-088: Datastreams(id) and its Observations with $filter by a range of one time (§9.3.3.5.1), $orderby, $top,
 * $skip, $select and @iot.nextLink, for whoever brings the token. Not a server that anybody runs.
 */
export async function sensorThingsFixture(): Promise<SensorThingsFixture> {
  const datastreams = new Map<string, StoredObservation[]>()
  const unit = { name: 'microgram per cubic meter', symbol: 'µg/m3', definition: 'ucum:ug/m3' }
  const instance = await httpFixture((request, response) => answer(request, response, datastreams, unit))
  return Object.assign(instance, { datastreams, unit })
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  datastreams: SensorThingsFixture['datastreams'],
  unitOfMeasurement: SensorThingsFixture['unit'],
): void {
  const send = (status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  const fail = (status: number, message: string) => send(status, { code: status, type: 'error', message })
  if (request.headers.authorization !== `Bearer ${fixtureToken}`) return void fail(401, 'no token')
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
  const [, id, list] =
    /^\/v1\.1\/Datastreams\('([^']+)'\)(\/Observations)?$/.exec(decodeURI(url.pathname)) ?? []
  const stored = id === undefined ? undefined : datastreams.get(id)
  if (!stored) return void fail(404, 'nothing found')
  if (list === undefined) return void send(200, { unitOfMeasurement })
  const parts = /^(\w+Time) ge (\S+) and \1 lt (\S+)$/.exec(url.searchParams.get('$filter') ?? '')
  if (!parts) return void fail(400, 'the filter is not understood')
  const [, by, from, to] = parts
  const timeOf = (observation: StoredObservation) =>
    Date.parse(
      (by === 'resultTime' ? observation.resultTime : observation.phenomenonTime.split('/')[0]) ?? '',
    )
  const found = stored
    .filter((one) => timeOf(one) >= Date.parse(from!) && timeOf(one) < Date.parse(to!))
    .toSorted((a, b) => a.phenomenonTime.localeCompare(b.phenomenonTime))
  const top = Math.min(mostInPage, Number(url.searchParams.get('$top') ?? mostInPage))
  const skip = Number(url.searchParams.get('$skip') ?? 0)
  url.searchParams.set('$skip', String(skip + top))
  const next = skip + top < found.length ? { '@iot.nextLink': url.href } : {}
  send(200, { ...next, value: found.slice(skip, skip + top) })
}
