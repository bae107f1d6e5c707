import type { Command } from '../domain/command.ts'
import type { Lineage } from '../domain/observation.ts'
import type { Refusal } from '../domain/reading.ts'
import type { Region } from '../domain/region.ts'
import type { FeatureAnswer } from '../domain/map-feature.ts'
import type { Catalogue, LatestAnswer, SeriesAnswer, SituationAnswer, SourcesAnswer } from '../domain/wire.ts'
import { http } from './http.ts'

/** The gateway's routes as functions. `asOf` puts every question at one instant; undefined asks about now. */
export async function readCatalogue(asOf?: string, signal?: AbortSignal): Promise<Catalogue> {
  return await get('/api/catalogue', { asOf }, signal)
}

/** Newest observation of every series the viewer may see, all pages joined. */
export async function readLatest(
  query: { region?: string | undefined; indicators?: readonly string[]; asOf?: string | undefined },
  signal?: AbortSignal,
): Promise<LatestAnswer> {
  const params = { region: query.region, indicator: query.indicators?.join(','), asOf: query.asOf }
  const first = await get<LatestAnswer>('/api/observations/latest', params, signal)
  const observations = [...first.observations]
  let next = first.nextCursor
  while (next !== undefined) {
    const page = await get<LatestAnswer>('/api/observations/latest', { ...params, page: next }, signal)
    observations.push(...page.observations)
    next = page.nextCursor
  }
  // The cursor of the first page: what arrived while the others were read is heard again, never missed.
  return { observations, asOf: first.asOf, serverTime: first.serverTime, cursor: first.cursor }
}

export async function readSeries(
  query: { indicator: string; region: string; from: string; to: string; asOf?: string | undefined },
  signal?: AbortSignal,
): Promise<SeriesAnswer> {
  const { indicator, ...params } = query
  return await get(`/api/indicators/${encodeURIComponent(indicator)}/series`, params, signal)
}

export async function readSituation(asOf?: string, signal?: AbortSignal): Promise<SituationAnswer> {
  return await get('/api/situation', { asOf }, signal)
}

/** What lies under a region: directly, or with `all` down to the communities. */
export async function readRegions(
  parent: string,
  depth: '1' | 'all',
  signal?: AbortSignal,
): Promise<{ regions: Region[] }> {
  return await get('/api/regions', { parent, depth }, signal)
}

export async function readSources(signal?: AbortSignal): Promise<SourcesAnswer> {
  return await get('/api/sources', {}, signal)
}

/** Rows of a source that could not be taken, each with its place and reason. */
export async function readRefusals(source: string, signal?: AbortSignal): Promise<{ refusals: Refusal[] }> {
  return await get(`/api/sources/${encodeURIComponent(source)}/refusals`, {}, signal)
}

export async function readLineage(id: string, signal?: AbortSignal): Promise<Lineage> {
  return await get(`/api/lineage/${encodeURIComponent(id)}`, {}, signal)
}

/** Things with a place that hold at an instant; without `at`, now (or at `asOf`). Rejects with status 404 where nothing is known of it. */
export async function readFeatures(
  query: { collection: string; at?: string | undefined; asOf?: string | undefined },
  signal?: AbortSignal,
): Promise<FeatureAnswer> {
  const { collection, ...params } = query
  return await get(`/api/features/${encodeURIComponent(collection)}`, params, signal)
}

/** Resolves with the command's global sequence; rejects with a GatewayError (409 conflict, 422 refused). */
export async function sendCommand(command: Command): Promise<{ sequence: number }> {
  const answer = await http.post<{ sequence: number }>('/api/commands', command)
  return answer.data
}

async function get<T>(
  url: string,
  params: Record<string, string | undefined>,
  signal?: AbortSignal,
): Promise<T> {
  const answer = await http.get<T>(url, signal ? { params, signal } : { params })
  return answer.data
}
