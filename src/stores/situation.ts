import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { JournalRecord } from '../domain/command.ts'
import { emptySituation, evolve, type Situation } from '../domain/situation.ts'
import type { SituationAnswer } from '../domain/wire.ts'

/** The folded journal: the gateway's snapshot first, then each record by the same `evolve` the gateway uses. */
export const useSituation = defineStore('situation', () => {
  const situation = shallowRef<Situation>(emptySituation)
  const settled = shallowRef(false)

  const mode = computed(() => situation.value.mode)
  const incidents = computed(() => [...situation.value.incidents.values()])
  const warnings = computed(() => [...situation.value.warnings.values()])
  const alarms = computed(() => [...situation.value.alarms.values()])
  const streams = computed(() => situation.value.streams)

  /** Replaces everything: the stream is stopped while a snapshot is asked for, so no record can be undone by it. */
  function accept(answer: SituationAnswer): void {
    settled.value = true
    situation.value = {
      mode: answer.mode,
      incidents: new Map(answer.incidents.map((incident) => [incident.incident, incident])),
      warnings: new Map(answer.warnings.map((warning) => [warning.id, warning])),
      alarms: new Map(answer.alarms.map((alarm) => [alarm.id, alarm])),
      streams: new Map(Object.entries(answer.streams)),
      sequence: answer.sequence,
    }
  }

  /** Folds one record; a record already folded changes nothing, so a resumed stream may repeat itself. */
  function apply(record: JournalRecord): void {
    if (record.sequence > situation.value.sequence) situation.value = evolve(situation.value, record)
  }

  return { mode, incidents, warnings, alarms, streams, settled, accept, apply }
})
