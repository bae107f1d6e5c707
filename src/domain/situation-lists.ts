import type { Alarm } from './alarm.ts'
import type { Incident } from './incident.ts'
import type { Situation } from './situation.ts'
import type { Warning } from './warning.ts'

interface Lists {
  mode: 'peace' | 'emergency'
  incidents: readonly Incident[]
  warnings: readonly Warning[]
  alarms: readonly Alarm[]
}

/** The situation as the gateway folds it, or as a screen holds it. */
export type SituationLists = Lists | Pick<Situation, 'mode' | 'incidents' | 'warnings' | 'alarms'>

const listOf = <T>(items: readonly T[] | ReadonlyMap<string, T>): readonly T[] =>
  'values' in items && !Array.isArray(items) ? [...items.values()] : (items as readonly T[])

/** Plain lists, whichever of the two it is. */
export function listsOf(situation: SituationLists): Lists {
  return {
    mode: situation.mode,
    incidents: listOf<Incident>(situation.incidents),
    warnings: listOf<Warning>(situation.warnings),
    alarms: listOf<Alarm>(situation.alarms),
  }
}
