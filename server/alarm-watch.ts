import { type RuleState, alarmId, evaluateRule, quietRule, standing } from '../src/domain/alarm-rules.ts'
import type { CityRecord } from '../src/domain/command.ts'
import type { Indicator } from '../src/domain/indicator.ts'
import type { Observation } from '../src/domain/observation.ts'
import type { AlarmRule } from '../src/domain/rule.ts'
import type { Gateway } from './gateway.ts'
import type { GatewayPart } from './gateway-parts.ts'
import type { LogItem } from './stream/event-log.ts'

/**
 * Looks at every new value with the rules of its indicator, and again each few seconds, because `for` may be over while the
 * value stands. What fires or ends is a record on the journal like any command; a restart takes up the standing alarms there.
 */
export class AlarmWatch implements GatewayPart {
  private readonly gateway: Gateway
  private readonly states = new Map<string, RuleState>()
  private timer: NodeJS.Timeout | undefined

  constructor(gateway: Gateway) {
    this.gateway = gateway
    for (const alarm of gateway.book.now().alarms.values()) this.states.set(alarm.id, standing(alarm))
  }

  start(): void {
    clearInterval(this.timer)
    this.timer = setInterval(() => this.look(this.gateway.latest.all()), 5_000)
    this.look(this.gateway.latest.all())
  }

  stop(): void {
    clearInterval(this.timer)
  }

  published(_: LogItem, newest: readonly Observation[]): void {
    this.look(newest)
  }

  private look(observations: Iterable<Observation>): void {
    for (const observation of observations) {
      const defined = this.gateway.indicator(observation.indicator)
      for (const rule of defined?.rules ?? []) this.lookAt(observation, rule, defined!)
    }
  }

  private lookAt(observation: Observation, rule: AlarmRule, defined: Indicator): void {
    const { book, clock } = this.gateway
    const id = alarmId(rule, observation)
    const once = this.gateway.onceSources().has(observation.source)
    const before = this.states.get(id) ?? quietRule
    const { state, fired, ended } = evaluateRule(rule, defined, observation, before, clock.now(), { once })
    this.states.set(id, state)
    if (fired) this.record({ type: 'alarm.fired', payload: fired }, id, `rule:${id}:${fired.since}`)
    if (ended !== undefined) {
      const since = book.now().alarms.get(ended)?.since ?? observation.period.end
      this.record({ type: 'alarm.ended', payload: { alarm: ended } }, id, `rule:${id}:${since}:ended`)
    }
  }

  private record(record: CityRecord, id: string, cause: string): void {
    this.gateway.book.record(record, `alarm:${id}`, cause).catch((failure: unknown) => {
      // Not on the journal means it did not happen: the next look fires it again.
      this.states.delete(id)
      this.gateway.log.warn('an alarm could not be recorded', { alarm: id, reason: String(failure) })
    })
  }
}
