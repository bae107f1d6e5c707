import type { IncomingMessage, ServerResponse } from 'node:http'
import type { OwnInstance } from '../../support/services/own-instance.ts'
import { httpFixture } from './http-fixture.ts'

export interface SdmxObservation {
  REF_AREA: string
  TIME_PERIOD: string
  OBS_VALUE: string
  OBS_STATUS?: string
  UNIT_MULT?: string
  /** I, R, M or D. */
  ACTION?: string
  updatedAt: string
}

export interface SdmxFixture extends OwnInstance {
  observations: SdmxObservation[]
  /** What was asked, and with what it was answered. */
  asked: { query: string; status: number }[]
}

/** More observations than this in one answer are answered by 413. */
export const mostObservations = 50
export const fixtureToken = 'loopback-only-sdmx'

/**
 * Written from the SDMX REST API 2 and the formats of SDMX 3.0: /data/dataflow/… with c[TIME_PERIOD]=ge:…+le:…, updatedAfter,
 * SDMX-CSV 2.0 and SDMX-JSON 2.0 by Accept, 404 with error 100, 413, and 304 to a validator. Not a server that anybody runs.
 */
export async function sdmxFixture(): Promise<SdmxFixture> {
  const [observations, asked]: [SdmxObservation[], SdmxFixture['asked']] = [[], []]
  const instance = await httpFixture((request, response) => answer(request, response, observations, asked))
  return Object.assign(instance, { observations, asked })
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  all: readonly SdmxObservation[],
  asked: SdmxFixture['asked'],
): void {
  const url = new URL(request.url ?? '/', 'http://fixture')
  const send = (status: number, body: string, headers: Record<string, string> = {}) => {
    asked.push({ query: url.search, status })
    response.writeHead(status, headers).end(body)
  }
  const fail = (status: number, code: number, title: string) =>
    send(status, JSON.stringify({ errors: [{ code, title }] }))
  if (request.headers.authorization !== `Bearer ${fixtureToken}`) return fail(401, 110, 'Unauthorised')
  if (url.pathname !== '/data/dataflow/CITY/RETAIL/1.0/M.*') return fail(404, 140, 'Syntax error in the path')
  const [, first, last] = /^ge:(\S+)\+le:(\S+)$/.exec(url.searchParams.get('c[TIME_PERIOD]') ?? '') ?? []
  const after = url.searchParams.get('updatedAfter')
  const found = all.filter(
    ({ TIME_PERIOD, updatedAt }) =>
      (first === undefined || (TIME_PERIOD >= first && TIME_PERIOD <= last!)) &&
      (after === null || Date.parse(updatedAt) > Date.parse(after)),
  )
  if (found.length === 0) return fail(404, 100, 'No results found')
  if (found.length > mostObservations) return fail(413, 130, 'Response too large')
  const etag = `"${found.length}-${found.map(({ updatedAt }) => updatedAt).toSorted((a, b) => b.localeCompare(a))[0]}"`
  if (request.headers['if-none-match'] === etag) return send(304, '', { etag })
  const csv = request.headers.accept?.includes('csv') ?? false
  send(200, csv ? csvOf(found) : jsonOf(found), { etag })
}

function csvOf(found: readonly SdmxObservation[]): string {
  const lines = found.map((one) =>
    [
      'dataflow',
      'CITY:RETAIL(1.0)',
      one.ACTION ?? 'I',
      'M',
      one.REF_AREA,
      one.TIME_PERIOD,
      one.OBS_VALUE,
      one.OBS_STATUS ?? '',
      one.UNIT_MULT ?? '',
    ].join(','),
  )
  const heading = 'STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT'
  return `${[heading, ...lines].join('\r\n')}\r\n`
}

function jsonOf(found: readonly SdmxObservation[]): string {
  const places = (texts: readonly string[]) => [...new Set(texts)]
  const areas = places(found.map(({ REF_AREA }) => REF_AREA))
  const times = places(found.map(({ TIME_PERIOD }) => TIME_PERIOD))
  const states = places(found.map(({ OBS_STATUS }) => OBS_STATUS ?? 'A'))
  const powers = places(found.map(({ UNIT_MULT }) => UNIT_MULT ?? '0'))
  const ids = (codes: readonly string[]) => codes.map((id) => ({ id }))
  const structure = {
    dimensions: {
      observation: [
        { id: 'REF_AREA', values: ids(areas) },
        { id: 'TIME_PERIOD', values: times.map((value) => ({ value })) },
      ],
    },
    measures: { observation: [{ id: 'OBS_VALUE' }] },
    attributes: {
      observation: [
        { id: 'OBS_STATUS', values: ids(states) },
        { id: 'UNIT_MULT', values: ids(powers) },
      ],
    },
  }
  const observations = Object.fromEntries(
    found.map((one) => [
      `${areas.indexOf(one.REF_AREA)}:${times.indexOf(one.TIME_PERIOD)}`,
      [
        one.OBS_VALUE === '' ? null : Number(one.OBS_VALUE),
        states.indexOf(one.OBS_STATUS ?? 'A'),
        powers.indexOf(one.UNIT_MULT ?? '0'),
      ],
    ]),
  )
  const dataSets = [{ structure: 0, action: 'Replace', observations }]
  return JSON.stringify({ meta: {}, data: { structures: [structure], dataSets } })
}
