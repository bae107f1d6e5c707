import type { Observation } from '../../src/domain/observation.ts'
import { instantMs, normalised } from './observation-row.ts'
import type { NewObservation } from './store.ts'

/** What stands for one series and period before a batch comes: its newest revision. */
export interface Standing {
  value: number | null
  status: string
  synthetic: boolean
  resultTime: number
  receivedAt: number
  revision: number
}

/** When a standing value was last heard again unchanged; repeats are not stored, but they are newer than a late older value. */
export interface Confirmations {
  get(key: string): Heard | undefined
  set(key: string, heard: Heard): void
}

type Heard = Pick<Standing, 'resultTime' | 'receivedAt' | 'synthetic'>

export interface Admission {
  /** Rows to write, in order, with the key they were filed under. */
  stored: { key: string; observation: Observation }[]
  refused: number
}

/**
 * Decides what of a batch is new, so that any order and repetition of the same batches ends in the same values:
 * what is real stands above what is synthetic, then the later result time, then the later receipt. Repeats and answers that
 * come after a newer one of their period are dropped; a synthetic value for a period that has a real one is refused.
 */
export function admit(
  incoming: readonly { key: string; observation: NewObservation }[],
  standing: ReadonlyMap<string, Standing>,
  confirmations: Confirmations,
): Admission {
  const current = new Map(standing)
  const stored: Admission['stored'] = []
  let refused = 0
  for (const { key, observation } of lastWords(incoming)) {
    const fresh = standingOf(observation)
    const known = current.get(key)
    const verdict = known ? judge(fresh, known, confirmations.get(key)) : 'newer'
    if (verdict === 'refused') refused += 1
    if (verdict === 'repeat') confirmations.set(key, fresh)
    if (verdict !== 'newer') continue
    const revision = (known?.revision ?? -1) + 1
    stored.push({ key, observation: normalised(observation, revision) })
    current.set(key, { ...fresh, revision })
  }
  return { stored, refused }
}

/** Where one batch says two things of one period at one instant, such as a file with a row twice, the later row is meant. */
function lastWords<T extends { key: string; observation: NewObservation }>(
  incoming: readonly T[],
): Iterable<T> {
  const last = new Map<string, T>()
  for (const row of incoming) {
    const { synthetic, resultTime, receivedAt } = standingOf(row.observation)
    const instant = `${row.key}|${synthetic}|${resultTime}|${receivedAt}`
    last.delete(instant)
    last.set(instant, row)
  }
  return last.values()
}

export function standingOf(observation: NewObservation): Standing {
  return {
    value: observation.value,
    status: observation.status,
    synthetic: observation.provenance === 'synthetic',
    resultTime: instantMs(observation.resultTime),
    receivedAt: instantMs(observation.receivedAt),
    revision: 0,
  }
}

type Verdict = 'refused' | 'repeat' | 'newer' | 'outdated'

function judge(fresh: Standing, known: Standing, confirmed: Heard | undefined): Verdict {
  if (fresh.synthetic !== known.synthetic) return fresh.synthetic ? 'refused' : 'newer'
  const heard = confirmed?.synthetic === known.synthetic && later(confirmed, known) > 0 ? confirmed : known
  const order = later(fresh, heard)
  if (fresh.value === known.value && fresh.status === known.status) return order > 0 ? 'repeat' : 'outdated'
  if (order === 0) return standsAbove(fresh, known) ? 'newer' : 'outdated'
  return order > 0 ? 'newer' : 'outdated'
}

function later(a: Heard, b: Heard): number {
  return a.resultTime - b.resultTime || a.receivedAt - b.receivedAt
}

/** Two batches of one instant that disagree: any rule will do that does not ask which came first. */
function standsAbove(a: Standing, b: Standing): boolean {
  if (a.value !== b.value) return (a.value ?? -Infinity) > (b.value ?? -Infinity)
  return a.status > b.status
}

/** The newest `capacity` confirmations; an older one is forgotten, which the next answer of its source makes good. */
export function rememberConfirmations(capacity: number): Confirmations {
  const heard = new Map<string, Heard>()
  return {
    get: (key) => heard.get(key),
    set(key, { resultTime, receivedAt, synthetic }) {
      heard.delete(key)
      heard.set(key, { resultTime, receivedAt, synthetic })
      if (heard.size > capacity) heard.delete(heard.keys().next().value!)
    },
  }
}
