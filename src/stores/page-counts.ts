import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import { situationCounts } from '../domain/cockpit-counts.ts'
import { type Instant, toInstant } from '../domain/instant.ts'
import type { Observation } from '../domain/observation.ts'
import type { SituationLists } from '../domain/situation-lists.ts'
import { useCatalogue } from './catalogue.ts'

/**
 * The counts of GOV.COCKPIT.* by this screen's own fold. The gateway counts the same journal by the same function and
 * stores the result, which arrives a moment after the records it rests on; meanwhile a number must not contradict the
 * list or the sentence beside it.
 */
export const usePageCounts = defineStore('page-counts', () => {
  const catalogue = useCatalogue()
  const counted = shallowReactive(new Map<string, { value: number; at: Instant }>())

  function count(situation: SituationLists, nowMs: number): void {
    for (const [code, value] of Object.entries(situationCounts(situation, nowMs)))
      if (counted.get(code)?.value !== value) counted.set(code, { value, at: toInstant(nowMs) })
  }

  /** The stored observation with this screen's count where the two differ; everything else is handed back as it is. */
  function over(stored: Observation | undefined): Observation | undefined {
    if (!stored || stored.region !== catalogue.city?.root) return stored
    const own = counted.get(stored.indicator)
    if (!own || own.value === stored.value) return stored
    return {
      ...stored,
      value: own.value,
      period: { start: own.at, end: own.at, label: own.at },
      resultTime: own.at,
      receivedAt: own.at,
    }
  }

  return { count, over }
})
