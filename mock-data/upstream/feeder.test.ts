import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { CommandSchema, toldInstant, type Command } from '../../src/domain/command.ts'
import { isOverdue } from '../../src/domain/incident.ts'
import { toInstant } from '../../src/domain/instant.ts'
import { decide, emptySituation, evolve, type Situation } from '../../src/domain/situation.ts'
import { incidentOfId, incidentsOpenAt } from '../simulator/incidents.ts'
import { demoSeed } from '../simulator/seed.ts'
import { warningsAt } from '../simulator/warnings.ts'
import { commandsFor, feed, nextChangeMs } from './feeder.ts'

const startMs = Date.parse('2026-08-06T14:32:08+08:00')

/** A gateway that decides and folds as the real one does, without journal or socket. */
class FoldingGateway {
  situation: Situation = emptySituation
  readonly seen = new Set<string>()
  readonly authorizations = new Set<string | null>()
  nowMs = startMs
  refused = 0
  /** Answers to fail before it is there. */
  away = 0

  take(command: Command): number {
    v.parse(CommandSchema, command)
    if (this.seen.has(command.id)) return 200
    const decision = decide(this.situation, command)
    if (!('records' in decision)) {
      this.refused += 1
      return 422
    }
    const told = toldInstant(command)
    if (told !== undefined && Date.parse(told) > this.nowMs) throw new Error(`${told} lies ahead`)
    this.seen.add(command.id)
    for (const record of decision.records) {
      const line = {
        ...record,
        sequence: this.situation.sequence + 1,
        at: new Date(this.nowMs).toISOString(),
        actor: 'local',
        stream: command.stream,
        command: command.id,
        previous: '',
        hash: '',
      }
      this.situation = evolve(this.situation, line)
    }
    return 200
  }

  known() {
    return {
      incidents: [...this.situation.incidents.values()],
      warnings: [...this.situation.warnings.values()],
    }
  }

  readonly fetch: typeof globalThis.fetch = (address, init) => {
    if (this.away > 0) {
      this.away -= 1
      return Promise.reject(new Error('connection refused'))
    }
    this.authorizations.add(new Headers(init?.headers).get('authorization'))
    if (init?.method !== 'POST') return Promise.resolve(Response.json(this.known()))
    return Promise.resolve(
      new Response(null, { status: this.take(JSON.parse(init.body as string) as Command) }),
    )
  }

  openIds(): string[] {
    return this.known()
      .incidents.filter(({ stage }) => stage !== 'closed')
      .map(({ incident }) => incident)
      .toSorted()
  }
}

const simulated = (nowMs: number) =>
  incidentsOpenAt(demoSeed, nowMs)
    .map(({ report }) => report.incident)
    .toSorted()

function catchUp(gateway: FoldingGateway, nowMs: number): void {
  gateway.nowMs = nowMs
  for (const command of commandsFor(gateway.known(), demoSeed, nowMs)) gateway.take(command)
}

describe('the feeder', () => {
  it('brings an empty gateway to where the simulated city stands, and then has nothing to say', () => {
    const gateway = new FoldingGateway()
    catchUp(gateway, startMs)
    expect(gateway.openIds()).toEqual(simulated(startMs))
    expect(gateway.known().warnings.map(({ id }) => id)).toEqual(
      warningsAt(demoSeed, startMs).map(({ id }) => id),
    )
    expect(commandsFor(gateway.known(), demoSeed, startMs)).toEqual([])
    expect(gateway.refused).toBe(0)
  })

  it('follows for hours, and after a night away closes what ended meanwhile', () => {
    const gateway = new FoldingGateway()
    for (let at = startMs; at < startMs + 6 * 3_600_000; at = nextChangeMs(demoSeed, at) + 60_000)
      catchUp(gateway, at)
    const later = startMs + 20 * 3_600_000
    catchUp(gateway, later)
    expect(gateway.openIds()).toEqual(simulated(later))
    expect(
      gateway
        .known()
        .warnings.map(({ id }) => id)
        .toSorted(),
    ).toEqual(
      warningsAt(demoSeed, later)
        .map(({ id }) => id)
        .toSorted(),
    )
    expect(gateway.refused).toBe(0)
  })

  it('leaves incidents of others alone', () => {
    const gateway = new FoldingGateway()
    const foreign = { ...incidentsOpenAt(demoSeed, startMs)[0]!.report, incident: 'DESK-1' }
    gateway.take({ id: 'desk-0001', type: 'incident.report', stream: 'incident:DESK-1', payload: foreign })
    catchUp(gateway, startMs + 86_400_000)
    expect(gateway.openIds()).toContain('DESK-1')
  })

  it('takes up what the gateway found within the day and settles it within a week, in its own order', () => {
    const gateway = new FoldingGateway()
    const report = incidentsOpenAt(demoSeed, startMs)[0]!.report
    const finding = {
      rule: 'overlap',
      features: ['projects/a'],
      source: 'geo',
      resultTime: toInstant(startMs),
    }
    const dayMs = 86_400_000
    const payload = {
      ...report,
      incident: 'FND-1',
      reportedAt: toInstant(startMs),
      acceptBy: toInstant(startMs + dayMs),
      closeBy: toInstant(startMs + 10 * dayMs),
      finding,
    }
    gateway.take({ id: 'finding:FND-1', type: 'incident.report', stream: 'incident:FND-1', payload })
    const stageAfter = (days: number) => {
      catchUp(gateway, startMs + days * dayMs)
      return gateway.situation.incidents.get('FND-1')?.stage
    }
    expect([0.05, 0.5, 2.9, 7.1].map(stageAfter)).toEqual(['reported', 'accepted', 'accepted', 'closed'])
  })

  it('tries again while the gateway is away, and stops when told', async () => {
    const gateway = new FoldingGateway()
    gateway.away = 3
    const stop = new AbortController()
    const pauses: number[] = []
    const wait = (ms: number) => {
      pauses.push(ms)
      if (pauses.length > 20 || (gateway.away === 0 && gateway.openIds().length > 0)) stop.abort()
      return Promise.resolve()
    }
    await feed({
      gatewayUrl: 'http://gateway',
      token: 'test-token',
      seed: demoSeed,
      now: () => startMs,
      fetch: gateway.fetch,
      signal: stop.signal,
      wait,
    })
    expect(pauses.slice(0, 3)).toEqual([500, 1000, 2000])
    expect(gateway.openIds()).toEqual(simulated(startMs))
    expect([...gateway.authorizations]).toEqual(['Bearer test-token'])
  })

  it('tells of a stage when it was reached in the simulated city, however late it is told', () => {
    const gateway = new FoldingGateway()
    catchUp(gateway, startMs)
    const open = gateway.known().incidents.filter(({ stage }) => stage === 'accepted')
    expect(open.length).toBeGreaterThan(2)
    catchUp(gateway, startMs + 20 * 3_600_000)
    for (const { incident } of open) {
      const { acceptedMs, closedMs } = incidentOfId(demoSeed, incident)!
      const { acceptedAt, closedAt } = gateway.situation.incidents.get(incident)!
      expect([acceptedAt, closedAt].map((at) => Date.parse(at!))).toEqual([acceptedMs, closedMs])
    }
    expect(gateway.refused).toBe(0)
  })

  it('never lets an incident that was accepted in time stand as overdue while it catches up', () => {
    const gateway = new FoldingGateway()
    const late = new Set(
      incidentsOpenAt(demoSeed, startMs)
        .filter(({ report, acceptedMs }) => Math.min(acceptedMs, startMs) > Date.parse(report.acceptBy))
        .map(({ report }) => report.incident),
    )
    for (const command of commandsFor(gateway.known(), demoSeed, startMs)) {
      gateway.take(command)
      const waiting = gateway.known().incidents.filter(({ stage }) => stage === 'reported')
      const overdue = waiting.filter((incident) => isOverdue(incident, startMs))
      expect(overdue.filter(({ incident }) => !late.has(incident))).toEqual([])
    }
  })

  it('lets the own time of a later acceptance at the desk stand', () => {
    const gateway = new FoldingGateway()
    catchUp(gateway, startMs)
    const waiting = gateway.known().incidents.find(({ stage }) => stage === 'reported')!
    const later = incidentOfId(demoSeed, waiting.incident)!.closedMs + 60_000
    gateway.nowMs = later
    const { incident } = waiting
    gateway.take({
      id: 'desk-0002',
      type: 'incident.accept',
      stream: `incident:${incident}`,
      payload: { incident },
    })
    catchUp(gateway, later)
    expect(gateway.situation.incidents.get(incident)).toMatchObject({
      stage: 'closed',
      closedAt: new Date(later).toISOString(),
    })
    expect(gateway.refused).toBe(0)
  })

  it('takes an incident of a run with a later clock to its end without telling of the future', () => {
    const gateway = new FoldingGateway()
    catchUp(gateway, startMs + 3_600_000)
    catchUp(gateway, startMs)
    expect(gateway.openIds()).toEqual(simulated(startMs))
    expect(gateway.refused).toBe(0)
  })
})
