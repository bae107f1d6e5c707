import type { Command } from '../../src/domain/command.ts'
import type { Incident } from '../../src/domain/incident.ts'
import { toInstant } from '../../src/domain/instant.ts'
import type { SituationAnswer } from '../../src/domain/wire.ts'
import { whole } from '../simulator/chance.ts'
import { minuteMs } from '../simulator/city-time.ts'
import { incidentOfId, incidentsOpenAt, incidentsReported, type SimIncident } from '../simulator/incidents.ts'
import { isSimulatedWarning, warningsAt } from '../simulator/warnings.ts'

export interface FeederOptions {
  gatewayUrl: string
  token: string
  seed: string
  now(): number
  fetch: typeof globalThis.fetch
  signal: AbortSignal
  /** Resolves after the time, or at once when the signal ends. */
  wait(ms: number): Promise<void>
}

export type Known = Pick<SituationAnswer, 'incidents' | 'warnings'>

/** Told late, an incident comes with its acceptance, or it would stand as overdue until the next command. */
function reportOf({ report, acceptedMs }: SimIncident, nowMs: number): Command {
  const { incident } = report
  return {
    id: `${incident}:report`,
    type: 'incident.report',
    stream: `incident:${incident}`,
    payload: acceptedMs <= nowMs ? { ...report, acceptedAt: toInstant(acceptedMs) } : report,
  }
}

/** What is left to tell of an incident that the gateway knows, up to an instant of the simulated city. */
function stepsOf(
  { report: { incident }, acceptedMs, closedMs, result }: SimIncident,
  { stage, acceptedAt }: Incident,
  { untilMs, nowMs }: { untilMs: number; nowMs: number },
): Command[] {
  const stream = `incident:${incident}`
  // Somebody at the desk may have been earlier or later than the simulated office, and a later clock lies ahead: then the
  // gateway's own instant stands.
  const at = (ms: number, sinceMs = 0) => (ms <= nowMs && ms >= sinceMs ? { occurredAt: toInstant(ms) } : {})
  const steps: Command[] = []
  if (stage === 'reported' && acceptedMs <= untilMs)
    steps.push({
      id: `${incident}:accept`,
      type: 'incident.accept',
      stream,
      payload: { incident, ...at(acceptedMs) },
    })
  if (stage !== 'closed' && closedMs <= untilMs)
    steps.push({
      id: `${incident}:close`,
      type: 'incident.close',
      stream,
      payload: { incident, result, ...at(closedMs, Date.parse(acceptedAt ?? '1970-01-01')) },
    })
  return steps
}

/**
 * What must still be told so that the gateway stands where the simulated city stands. Pure: the gateway's own fold says what
 * it knows, so a restart of either side, a lost answer or a night without the feeder all lead to the same commands.
 */
export function commandsFor(known: Known, seed: string, nowMs: number): Command[] {
  const held = new Map(known.incidents.map((incident) => [incident.incident, incident]))
  const open = incidentsOpenAt(seed, nowMs)
  const left = known.incidents
    .filter(({ stage }) => stage !== 'closed')
    .flatMap(({ incident }) => incidentOfId(seed, incident) ?? [])
    .filter(({ closedMs, reportedMs }) => closedMs <= nowMs || reportedMs > nowMs)
  const incidents = [...left, ...open].flatMap((incident) => {
    const told = held.get(incident.report.incident)
    if (!told) return [reportOf(incident, nowMs)]
    // One reported later than now comes from a run with a later clock: it is taken to its end, or it would stand open for ever.
    const untilMs = incident.reportedMs > nowMs ? incident.closedMs : nowMs
    return stepsOf(incident, told, { untilMs, nowMs })
  })
  return [...warningCommands(known, seed, nowMs), ...incidents, ...findingCommands(known, seed, nowMs)]
}

/** The offices that a finding goes to take it up within the day and settle it within a week, unless somebody was faster. */
function findingCommands({ incidents }: Known, seed: string, nowMs: number): Command[] {
  return incidents.flatMap((incident) => {
    if (incident.finding === undefined || incident.stage === 'closed') return []
    const reportedMs = Date.parse(incident.reportedAt)
    const after = (step: string, low: number, high: number) =>
      reportedMs + whole(seed, low, high, 'finding', incident.incident, step) * minuteMs
    const simulated = {
      report: incident,
      reportedMs,
      acceptedMs: after('accept', 90, 480),
      closedMs: after('close', 3 * 1_440, 7 * 1_440),
      result: '已现场核查，按规定处置',
    }
    // As for its own incidents: one of a run with a later clock is taken to its end.
    const untilMs = reportedMs > nowMs ? simulated.closedMs : nowMs
    return stepsOf(simulated, incident, { untilMs, nowMs })
  })
}

function warningCommands(known: Known, seed: string, nowMs: number): Command[] {
  const current = warningsAt(seed, nowMs)
  const stream = (id: string) => `warning:${id}`
  const recorded = current
    .filter(({ id }) => !known.warnings.some((warning) => warning.id === id))
    .map((warning): Command => ({
      id: `${warning.id}:record`,
      type: 'warning.record',
      stream: stream(warning.id),
      payload: warning,
    }))
  const ended = known.warnings
    .filter(({ id }) => isSimulatedWarning(id) && !current.some((warning) => warning.id === id))
    .map(({ id }): Command => ({
      id: `${id}:cancel`,
      type: 'warning.cancel',
      stream: stream(id),
      payload: { warning: id },
    }))
  return [...recorded, ...ended]
}

/** Next instant at which something in the simulated city changes by itself, at most ten seconds ahead. */
export function nextChangeMs(seed: string, nowMs: number): number {
  const instants = incidentsOpenAt(seed, nowMs).flatMap(({ acceptedMs, closedMs }) => [acceptedMs, closedMs])
  const coming = incidentsReported(seed, nowMs + 1, nowMs + 10_001).map(({ reportedMs }) => reportedMs)
  return Math.min(nowMs + 10_000, ...[...instants, ...coming].filter((at) => at > nowMs))
}

/** Follows the simulated city until the signal ends; while the gateway is away it tries again, and nothing is lost by it. */
export async function feed(options: FeederOptions): Promise<void> {
  let failures = 0
  while (!options.signal.aborted) {
    try {
      const known = await askSituation(options)
      for (const command of commandsFor(known, options.seed, options.now())) await post(command, options)
      failures = 0
    } catch {
      // Connection refused, a stopped gateway, a time-out: all are met by trying again.
      failures += 1
    }
    const pause =
      failures > 0
        ? Math.min(5_000, 250 * 2 ** failures)
        : Math.max(250, nextChangeMs(options.seed, options.now()) - options.now() + 5)
    await options.wait(pause)
  }
}

async function askSituation({ gatewayUrl, token, fetch, signal }: FeederOptions): Promise<Known> {
  const response = await fetch(`${gatewayUrl}/api/situation`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]),
  })
  if (!response.ok) throw new Error(`the gateway answered ${response.status}`)
  return (await response.json()) as SituationAnswer
}

/** 409 and 422 mean that the gateway stands elsewhere than thought: the next round asks again. 5xx and 429 stop this round. */
async function post(command: Command, { gatewayUrl, token, fetch, signal }: FeederOptions): Promise<void> {
  const response = await fetch(`${gatewayUrl}/api/commands`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(command),
    signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]),
  })
  await response.arrayBuffer()
  if (response.status >= 500 || response.status === 429)
    throw new Error(`the gateway answered ${response.status}`)
}
