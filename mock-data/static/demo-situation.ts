import { alarmId, evaluateRule, quietRule, type RuleState } from '../../src/domain/alarm-rules.ts'
import { attention } from '../../src/domain/attention.ts'
import { cockpitCounts } from '../../src/domain/cockpit-counts.ts'
import type { CityRecord, JournalRecord } from '../../src/domain/command.ts'
import { toInstant } from '../../src/domain/instant.ts'
import { judgedOf } from '../../src/domain/judged.ts'
import type { Observation } from '../../src/domain/observation.ts'
import { decide, emptySituation, evolve, type Situation } from '../../src/domain/situation.ts'
import type { SourceHealth } from '../../src/domain/source.ts'
import { localText } from '../../src/domain/text.ts'
import { commandsFor } from '../upstream/feeder.ts'
import type { DraftObservation } from './memory-store.ts'
import type { StaticCity } from './static-city.ts'

/** The demo city's incidents, warnings, alarms and counts, by the gateway's own decide, evolve, rules and counts. */
export class DemoSituation {
  private readonly city: StaticCity
  private readonly once: ReadonlySet<string>
  private readonly nextSequence: () => number
  private readonly rules = new Map<string, RuleState>()
  private readonly counted = new Map<string, number>()
  situation: Situation = emptySituation

  constructor(city: StaticCity, once: ReadonlySet<string>, nextSequence: () => number) {
    this.city = city
    this.once = once
    this.nextSequence = nextSequence
  }

  /** What the simulated city did up to this instant, as records. */
  follow(seed: string, nowMs: number): JournalRecord[] {
    const known = {
      incidents: [...this.situation.incidents.values()],
      warnings: [...this.situation.warnings.values()],
    }
    return commandsFor(known, seed, nowMs).flatMap((command) => {
      const decision = decide(this.situation, command)
      return 'records' in decision
        ? decision.records.map((record) => this.record(record, command.stream, command.id, nowMs))
        : []
    })
  }

  /** What our own rules say of the newest values. */
  watch(observations: readonly Observation[], nowMs: number): JournalRecord[] {
    const records: JournalRecord[] = []
    const indicators = new Map(this.city.indicators.map((indicator) => [indicator.code, indicator]))
    for (const observation of observations) {
      const indicator = indicators.get(observation.indicator)
      for (const rule of indicator?.rules ?? []) {
        const id = alarmId(rule, observation)
        const once = this.once.has(observation.source)
        const outcome = evaluateRule(rule, indicator!, observation, this.rules.get(id) ?? quietRule, nowMs, {
          once,
        })
        this.rules.set(id, outcome.state)
        if (outcome.fired)
          records.push(
            this.record({ type: 'alarm.fired', payload: outcome.fired }, `alarm:${id}`, `rule:${id}`, nowMs),
          )
        if (outcome.ended !== undefined)
          records.push(
            this.record(
              { type: 'alarm.ended', payload: { alarm: outcome.ended } },
              `alarm:${id}`,
              `rule:${id}`,
              nowMs,
            ),
          )
      }
    }
    return records
  }

  /** GOV.COCKPIT.* whose count changed. */
  count(
    observations: readonly Observation[],
    sources: readonly SourceHealth[],
    nowMs: number,
  ): DraftObservation[] {
    const indicators = new Map(this.city.indicators.map((indicator) => [indicator.code, indicator]))
    const counts = cockpitCounts(this.situation, {
      nowMs,
      sources,
      attentionCount: this.attentionCount(observations, nowMs),
    })
    const at = toInstant(nowMs)
    return Object.entries(counts).flatMap(([code, value]) => {
      const indicator = indicators.get(code)
      if (!indicator || this.counted.get(code) === value) return []
      this.counted.set(code, value)
      return [
        {
          indicator: code,
          region: this.city.city.root,
          dims: {},
          period: { start: at, end: at, label: at },
          value,
          unit: indicator.unit,
          status: 'A',
          flags: [],
          provenance: 'synthetic',
          source: 'situation',
          resultTime: at,
          receivedAt: at,
          lineage: 'situation-1',
          comparisons: [],
        } satisfies DraftObservation,
      ]
    })
  }

  private attentionCount(observations: readonly Observation[], nowMs: number): number {
    const { city, regions, attention: rules } = this.city
    const find = (code: string) => this.city.indicators.find((indicator) => indicator.code === code)
    const { alarms, incidents, warnings } = this.situation
    return attention(rules, {
      nowMs,
      zone: city.timeZone,
      judged: judgedOf(observations, {
        root: city.root,
        indicator: find,
        once: (source) => this.once.has(source),
      }),
      alarms: [...alarms.values()],
      incidents: [...incidents.values()],
      warnings: [...warnings.values()],
      indicator: find,
      regionName: (code, language) =>
        nameOf(
          regions.find((region) => region.code === code),
          code,
          language,
        ),
      departmentName: (id, language) =>
        nameOf(
          city.departments.find((department) => department.id === id),
          id,
          language,
        ),
    }).length
  }

  private record(record: CityRecord, stream: string, command: string, nowMs: number): JournalRecord {
    const told: JournalRecord = {
      ...record,
      sequence: this.nextSequence(),
      at: toInstant(nowMs),
      actor: 'simulator',
      stream,
      command,
      previous: '',
      hash: '',
    }
    this.situation = evolve(this.situation, told)
    return told
  }
}

function nameOf(
  named: { name: { zh: string; en?: string | undefined } } | undefined,
  otherwise: string,
  language: 'zh' | 'en',
): string {
  return named ? localText(named.name, language) : otherwise
}
