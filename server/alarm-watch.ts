import { type RuleState, alarmId, evaluateRule, quietRule, standing } from '../src/domain/alarm-rules.ts'
import type { AlarmRule, Indicator } from '../src/domain/indicator.ts'
import type { Observation } from '../src/domain/observation.ts'
import type { Gateway } from './gateway.ts'

/**
 * Looks at every new value with the rules of its indicator, and again each few seconds, because `for` may be over while the
 * value stands. What fires or ends is a record on the journal like any command; a restart takes up the standing alarms there.
 */
export function createAlarmWatch(gateway: Gateway, indicator: (code: string) => Indicator | undefined) {
  const states = new Map<string, RuleState>()
  let timer: NodeJS.Timeout | undefined
  for (const alarm of gateway.book.now().alarms.values()) states.set(alarm.id, standing(alarm))

  function lookAt(observation: Observation, rule: AlarmRule, defined: Indicator): void {
    const id = alarmId(rule, observation)
    const once = gateway.onceSources().has(observation.source)
    const { state, fired, ended } = evaluateRule(rule, defined, observation, states.get(id) ?? quietRule, gateway.clock.now(), { once })
    states.set(id, state)
    const failed = (cause: unknown) => {
      // Not on the journal means it did not happen: the next look fires it again.
      states.delete(id)
      gateway.log.warn('an alarm could not be recorded', { alarm: id, reason: String(cause) })
    }
    if (fired) gateway.book.record({ type: 'alarm.fired', payload: fired }, `alarm:${id}`, `rule:${id}:${fired.since}`).catch(failed)
    if (ended !== undefined) {
      const since = gateway.book.now().alarms.get(ended)?.since ?? observation.period.end
      gateway.book.record({ type: 'alarm.ended', payload: { alarm: ended } }, `alarm:${id}`, `rule:${id}:${since}:ended`).catch(failed)
    }
  }
  function look(observations: Iterable<Observation>): void {
    for (const observation of observations) {
      const defined = indicator(observation.indicator)
      if (defined) for (const rule of defined.rules) lookAt(observation, rule, defined)
    }
  }
  return {
    look,
    start() {
      clearInterval(timer)
      timer = setInterval(() => look(gateway.latest.all()), 5_000)
      look(gateway.latest.all())
    },
    stop: () => clearInterval(timer),
  }
}
