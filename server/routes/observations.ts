import * as v from 'valibot'
import { IndicatorCodeSchema } from '../../src/domain/indicator.ts'
import { InstantSchema, toInstant } from '../../src/domain/instant.ts'
import { type Observation, lineageIdOf, seriesKey } from '../../src/domain/observation.ts'
import { RegionCodeSchema } from '../../src/domain/region.ts'
import { parseLineageId } from '../../src/domain/rolled-figures.ts'
import type { LatestAnswer, SeriesAnswer } from '../../src/domain/wire.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { Gateway } from '../gateway.ts'
import { ProblemError } from '../problem.ts'
import { defineRoute } from './route.ts'

const listOf = <T extends v.GenericSchema<string, string>>(item: T) =>
  v.pipe(
    v.string(),
    v.maxLength(20_000),
    v.transform((text) => text.split(',')),
    v.array(item),
    v.maxLength(500),
  )

/** Codes the viewer may see; asking for another one is answered as if it did not exist. */
function visible(viewer: Viewer, gateway: Gateway, wanted: readonly string[] | undefined): string[] {
  const allowed = gateway
    .city()
    .indicators.filter((indicator) => viewer.sees(indicator))
    .map((indicator) => indicator.code)
  if (!wanted) return allowed
  const set = new Set(allowed)
  return wanted.filter((code) => set.has(code))
}

export const latest = defineRoute({
  method: 'GET',
  path: '/api/observations/latest',
  summary: 'Newest observation of each series, with comparisons; as of a past instant when asOf is given',
  query: v.object({
    region: v.optional(listOf(RegionCodeSchema)),
    indicator: v.optional(listOf(IndicatorCodeSchema)),
    asOf: v.optional(InstantSchema),
    page: v.optional(v.pipe(v.string(), v.regex(/^\d{1,6}$/), v.transform(Number)), '0'),
  }),
  async answer({ viewer, query, gateway }): Promise<LatestAnswer> {
    await gateway.settled(query.asOf)
    const nowMs = gateway.clock.now()
    const cursor = gateway.published()
    const indicators = visible(viewer, gateway, query.indicator)
    const all = await gateway.latest.read({ indicators, regions: query.region, asOf: query.asOf })
    const size = 5_000
    const observations = all.slice(query.page * size, (query.page + 1) * size)
    return {
      observations,
      asOf: query.asOf ?? toInstant(nowMs),
      serverTime: toInstant(nowMs),
      cursor,
      ...(all.length > (query.page + 1) * size ? { nextCursor: String(query.page + 1) } : {}),
    }
  },
})

export const series = defineRoute({
  method: 'GET',
  path: '/api/indicators/{code}/series',
  summary: 'One indicator over time in one region; real and synthetic values never share a series',
  query: v.object({
    code: IndicatorCodeSchema,
    region: v.optional(RegionCodeSchema),
    from: v.optional(InstantSchema),
    to: v.optional(InstantSchema),
    asOf: v.optional(InstantSchema),
    dims: v.optional(
      v.pipe(
        v.string(),
        v.regex(/^[a-zA-Z0-9]+:[^,|=]{1,60}(,[a-zA-Z0-9]+:[^,|=]{1,60})*$/, 'dims looks like topic:noise'),
      ),
    ),
  }),
  async answer({ viewer, query, gateway }): Promise<SeriesAnswer> {
    await gateway.settled(query.asOf)
    const city = gateway.city()
    const [code] = visible(viewer, gateway, [query.code])
    if (code === undefined) throw new ProblemError(404, 'no such indicator for you')
    const now = toInstant(gateway.clock.now())
    const to = query.to ?? toInstant(gateway.clock.now() + 1)
    const from = query.from ?? toInstant(Date.parse(to) - 3 * 366 * 86_400_000)
    if (Date.parse(from) >= Date.parse(to)) throw new ProblemError(422, 'from must be before to')
    const limit = 20_000
    const asked = {
      indicator: code,
      region: query.region ?? city.city.root,
      ...(query.dims === undefined ? {} : { dims: dimsOf(query.dims) }),
      from,
      to,
      asOf: query.asOf ?? now,
    }
    const observations = await gateway.storage.store.series({ ...asked, limit: limit + 1 })
    if (observations.length > limit)
      throw new ProblemError(413, 'too many periods', {
        detail: `More than ${limit} observations: narrow from and to.`,
      })
    const told = await gateway.latest.compare(observations, query.asOf)
    const rolled = await gateway.latest.rollups.series(asked)
    return {
      series: bySeries(inOrder(told, rolled, gateway.onceSources()), gateway.onceSources()),
      asOf: query.asOf ?? now,
      serverTime: now,
    }
  },
})

function dimsOf(text: string): Record<string, string> {
  return Object.fromEntries(text.split(',').map((pair) => pair.split(':') as [string, string]))
}

/** Periods without a figure of their own filled from below, where what is told and what is summed are of one provenance. */
function inOrder(
  told: readonly Observation[],
  rolled: readonly Observation[],
  once: ReadonlySet<string>,
): readonly Observation[] {
  if (rolled.length === 0) return told
  const running = told.filter(({ source }) => !once.has(source))
  const real = new Map(running.map((seen) => [seriesKey('', '', seen.dims), seen.provenance === 'real']))
  const fitting = rolled.filter(({ dims, provenance }) => {
    const own = real.get(seriesKey('', '', dims))
    return own === undefined || own === (provenance !== 'synthetic')
  })
  return [...told, ...fitting].toSorted((a, b) => Date.parse(a.period.end) - Date.parse(b.period.end))
}

function bySeries(observations: readonly Observation[], once: ReadonlySet<string>): SeriesAnswer['series'] {
  const groups = new Map<string, SeriesAnswer['series'][number]>()
  for (const observation of observations) {
    const historic = once.has(observation.source)
    const key = `${historic}|${seriesKey('', '', observation.dims)}`
    const group = groups.get(key) ?? { dims: observation.dims, historic, observations: [] }
    group.observations.push(observation)
    groups.set(key, group)
  }
  return [...groups.values()]
}

export const lineage = defineRoute({
  method: 'GET',
  path: '/api/lineage/{id}',
  summary: 'The source record behind an observation: adapter, request, time, hash of the raw answer, steps',
  query: v.object({ id: v.pipe(v.string(), v.regex(/^[A-Za-z0-9:._-]{1,160}$/)) }),
  async answer({ viewer, query, gateway }) {
    const sees = (codes: readonly string[]) => visible(viewer, gateway, codes).length === codes.length
    const rolled = parseLineageId(query.id)
    // The record of a sum tells the figure of every unit: whoever may not see one may not see the other.
    if (rolled && !sees([rolled.indicator])) throw noRecord()
    const found =
      (await gateway.latest.rollups.lineage(query.id)) ??
      (await gateway.storage.store.lineage(lineageIdOf(query.id)))
    if (!found || !sees((found.inputs ?? []).map(({ indicator }) => indicator))) throw noRecord()
    return found
  },
})

function noRecord(): ProblemError {
  return new ProblemError(404, 'no such source record')
}
