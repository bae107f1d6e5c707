import type { Indicator, Target } from './indicator.ts'
import type { Observation } from './observation.ts'
import { distance, isRate, isUnfinished, targetFor } from './target.ts'
import { trimmed } from './unit.ts'

export interface Judgement {
  verdict: 'met' | 'missed' | 'none'
  target?: Target
  /** Value less target: pp for rates, else the indicator's own unit; 0 inside a range. */
  gap?: { value: number; unit: string }
}

type JudgedIndicator = Pick<Indicator, 'targets' | 'timeBasis' | 'unit' | 'direction'>
type JudgedObservation = Pick<Observation, 'region' | 'dims' | 'period' | 'value' | 'provenance'>

/**
 * Whether a figure meets the target of its own region. A county is never judged by the city's target, a neutral or missing
 * figure by none, and a yearly total that is still adding up only when nothing can change the verdict any more.
 */
export function judge(indicator: JudgedIndicator, observation: JudgedObservation): Judgement {
  const target = observation.value === null ? undefined : targetFor(indicator, observation)
  if (!target || observation.value === null || indicator.direction === 'neutral') return { verdict: 'none' }
  const met = meets(target, observation.value)
  const gap = {
    value: trimmed(distance(target, observation.value)),
    unit: isRate(indicator.unit) ? 'pp' : indicator.unit,
  }
  if (!isUnfinished(indicator, target, observation)) return { verdict: met ? 'met' : 'missed', target, gap }
  const settled = (target.op === '>=' && met) || (target.op === '<=' && !met)
  return settled ? { verdict: met ? 'met' : 'missed', target, gap } : { verdict: 'none', target, gap }
}

function meets({ op, value: bound }: Target, value: number): boolean {
  if (typeof bound !== 'number') return bound[0] <= value && value <= bound[1]
  switch (op) {
    case '>=':
      return value >= bound
    case '<=':
      return value <= bound
    case '=':
    case 'between':
      return Math.abs(value - bound) <= Math.abs(bound) * 1e-9
  }
}
