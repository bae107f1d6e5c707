import * as v from 'valibot'
import { type Command, CommandSchema, toldInstant } from '../../src/domain/command.ts'
import { InstantSchema, toInstant } from '../../src/domain/instant.ts'
import type { SituationAnswer, SourcesAnswer } from '../../src/domain/wire.ts'
import type { Viewer } from '../auth/viewer.ts'
import { ProblemError } from '../problem.ts'
import { defineRoute } from './route.ts'

export const situation = defineRoute({
  method: 'GET',
  path: '/api/situation',
  summary: 'The folded journal: mode, incidents, official warnings and alarms, now or as of a past instant',
  query: v.object({ asOf: v.optional(InstantSchema) }),
  async answer({ viewer, query, gateway }): Promise<SituationAnswer> {
    await gateway.settled(query.asOf)
    const nowMs = gateway.clock.now()
    const cursor = gateway.published()
    const folded =
      query.asOf === undefined ? gateway.book.now() : await gateway.book.asOf(Date.parse(query.asOf))
    const indicators = new Map(gateway.city().indicators.map((indicator) => [indicator.code, indicator]))
    return {
      mode: folded.mode,
      incidents: [...folded.incidents.values()],
      warnings: [...folded.warnings.values()],
      alarms: [...folded.alarms.values()].filter((alarm) => {
        const indicator = indicators.get(alarm.indicator)
        return indicator !== undefined && viewer.sees(indicator)
      }),
      streams: Object.fromEntries(folded.streams),
      sequence: folded.sequence,
      asOf: query.asOf ?? toInstant(nowMs),
      serverTime: toInstant(nowMs),
      cursor,
    }
  },
})

export const command = defineRoute({
  method: 'POST',
  path: '/api/commands',
  summary: 'Ask for something to happen; answered after the record is on the disk',
  query: v.object({}),
  body: CommandSchema,
  async answer({ viewer, body, gateway }) {
    const parsed = v.safeParse(CommandSchema, body)
    if (!parsed.success) {
      throw new ProblemError(422, 'not a command', {
        detail: 'The body does not have the form of a command; see errors.',
        errors: parsed.issues
          .slice(0, 20)
          .map((issue) => ({ path: v.getDotPath(issue) ?? '', message: issue.message })),
      })
    }
    if (!viewer.maySend(parsed.output.type)) throw new ProblemError(403, 'you may not send this command')
    refuseToldInstant(parsed.output, viewer, gateway.clock.now())
    const outcome = await gateway.book.command(parsed.output, viewer.id)
    gateway.metrics.commandAnswered(
      'sequence' in outcome ? 'done' : 'refused' in outcome ? 'refused' : 'conflict',
    )
    if ('refused' in outcome)
      throw new ProblemError(422, 'refused', { detail: outcome.refused, refused: outcome.refused })
    if ('conflict' in outcome) {
      throw new ProblemError(409, 'somebody was faster', {
        detail: `This stream has ${outcome.conflict.actual} records, you expected ${outcome.conflict.expected}. Read it again.`,
      })
    }
    return outcome
  },
})

function refuseToldInstant(wanted: Command, viewer: Viewer, nowMs: number): void {
  const told = toldInstant(wanted)
  if (told === undefined) return
  if (!viewer.tellsOfElsewhere)
    throw new ProblemError(403, 'you may not say when a stage was reached', {
      detail: 'What is done here happens when it is recorded; leave the instant out.',
    })
  if (Date.parse(told) > nowMs) {
    const refused = 'a stage cannot have been reached in the future'
    throw new ProblemError(422, 'refused', { detail: refused, refused })
  }
}

export const sources = defineRoute({
  method: 'GET',
  path: '/api/sources',
  summary: 'Health of every source: last good answer, last error, next try, clock difference, counts',
  query: v.object({}),
  async answer({ gateway }): Promise<SourcesAnswer> {
    return { sources: gateway.ingest().health(), serverTime: toInstant(gateway.clock.now()) }
  },
})

export const refusals = defineRoute({
  method: 'GET',
  path: '/api/sources/{source}/refusals',
  summary: 'Rows of a source that could not be taken, each with its place and reason',
  query: v.object({ source: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/)) }),
  async answer({ query, gateway }) {
    const { sources: figures, features } = gateway.city()
    if (![...figures, ...features.sources].some((source) => source.id === query.source))
      throw new ProblemError(404, 'no such source')
    return { refusals: gateway.ingest().refusals(query.source) }
  },
})
