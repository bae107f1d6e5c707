import { defineStore } from 'pinia'
import { ref, shallowReactive } from 'vue'
import { type Observation, seriesKey } from '../domain/observation.ts'
import { useCatalogue } from './catalogue.ts'
import { usePageCounts } from './page-counts.ts'

/** The first arrival is painted in the next frame; what follows within this time is painted with it, in one layout. */
const gatherMs = 120

/**
 * Newest observation of each series. Keyed and shallow, so that one new value touches only who asked for that
 * series. Values of a published historical record (`once` sources) and of a running source are two classes of one
 * series and never replace each other. Arrivals are gathered and applied once a frame.
 */
export const useObservations = defineStore('observations', () => {
  const [catalogue, counts] = [useCatalogue(), usePageCounts()]
  const newest = shallowReactive(new Map<string, Observation>())
  /** Class, indicator, region → keys of its series, one per combination of dimension values. */
  const families = shallowReactive(new Map<string, readonly string[]>())
  const revision = ref(0)
  /** True once a snapshot was taken: from then on an absent value is missing, not still on its way. */
  const settled = ref(false)
  let waiting = new Map<string, Observation>()
  let frame: number | undefined
  let pause: ReturnType<typeof setTimeout> | undefined

  function get(
    indicator: string,
    region: string,
    dims?: Readonly<Record<string, string>>,
  ): Observation | undefined {
    return counts.over(newest.get(`r|${seriesKey(indicator, region, dims)}`))
  }

  function historic(
    indicator: string,
    region: string,
    dims?: Readonly<Record<string, string>>,
  ): Observation | undefined {
    return newest.get(`h|${seriesKey(indicator, region, dims)}`)
  }

  /** Every combination of dimension values of one class. */
  function all(indicator: string, region: string, once = false): readonly Observation[] {
    const keys = families.get(familyKey(once ? 'h' : 'r', indicator, region)) ?? []
    return keys.flatMap((key) => newest.get(key) ?? [])
  }

  function accept(list: readonly Observation[]): void {
    for (const observation of list) {
      const key = keyOf(observation)
      if (replaces(observation, waiting.get(key) ?? newest.get(key))) waiting.set(key, observation)
    }
    if (waiting.size > 0 && frame === undefined && pause === undefined) frame = requestAnimationFrame(flush)
  }

  /**
   * Takes the gateway's whole snapshot at once, without waiting for a frame. What is not in it is gone: a gateway that
   * lost its store, or a catalogue that dropped an indicator, must not leave old figures behind.
   */
  function acceptSnapshot(list: readonly Observation[]): void {
    waiting = new Map(list.map((observation) => [keyOf(observation), observation]))
    for (const [key, { indicator, region }] of newest) {
      if (waiting.has(key)) continue
      newest.delete(key)
      const family = familyKey(key[0]!, indicator, region)
      families.set(
        family,
        (families.get(family) ?? []).filter((other) => other !== key),
      )
    }
    flush()
    settled.value = true
  }

  function keyOf({ source, indicator, region, dims }: Observation): string {
    return `${catalogue.onceSources.has(source) ? 'h' : 'r'}|${seriesKey(indicator, region, dims)}`
  }

  function flush(): void {
    if (frame !== undefined) cancelAnimationFrame(frame)
    frame = undefined
    if (waiting.size === 0) return
    const arrived = waiting
    waiting = new Map()
    for (const [key, observation] of arrived) {
      if (!newest.has(key)) enlist(key, observation)
      newest.set(key, observation)
    }
    revision.value += 1
    pause ??= setTimeout(resume, gatherMs)
  }

  function resume(): void {
    pause = undefined
    if (waiting.size > 0) frame ??= requestAnimationFrame(flush)
  }

  function enlist(key: string, { indicator, region }: Observation): void {
    const family = familyKey(key[0]!, indicator, region)
    families.set(family, [...(families.get(family) ?? []), key])
  }

  return { get, historic, all, accept, acceptSnapshot, revision, settled }
})

function familyKey(kind: string, indicator: string, region: string): string {
  return `${kind}|${indicator}|${region}`
}

/** A later period, or a later word about the same one. Late arrivals about the past belong in the series, not here. */
function replaces(candidate: Observation, known: Observation | undefined): boolean {
  if (!known) return true
  // Of what is made of several units the gateway tells the period to show: not always the newest.
  if (candidate.coverage && known.coverage) return true
  const order = Date.parse(candidate.period.end) - Date.parse(known.period.end)
  if (order !== 0) return order > 0
  if (candidate.revision !== known.revision) return candidate.revision > known.revision
  // Equal: the same value with comparisons made anew.
  return Date.parse(candidate.receivedAt) >= Date.parse(known.receivedAt)
}
