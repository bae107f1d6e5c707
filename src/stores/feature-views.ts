import { type ComputedRef, computed } from 'vue'
import type { FeatureView } from '../contracts/map-feature-view.ts'
import { holdsAt } from '../domain/feature-times.ts'
import { type FeatureAnswer, isForecast } from '../domain/map-feature.ts'
import type { CollectionCard } from '../domain/wire.ts'
import type { featureAnswers } from './feature-answers.ts'
import { type MapTime, bridges, stateOf } from './feature-state.ts'

export interface ViewSource {
  held: ReturnType<typeof featureAnswers>
  card(collection: string): CollectionCard | undefined
  /** Of the question that is open for the collection. */
  key(collection: string): string | undefined
  /** @param ticking by the second, for ages; else by the minute, for instants */
  time(collection: string, ticking: boolean): MapTime
  /** False until the page knows what there is. */
  loaded(): boolean
}

export interface ShownFeatures {
  /** The collection as layers see it, the same object until something in it changes. */
  view: ComputedRef<FeatureView>
  /** The statement those features are of. */
  answer: ComputedRef<FeatureAnswer | undefined>
}

export function shownFeatures(collection: string, source: ViewSource): ShownFeatures {
  const { held } = source
  const key = computed(() => source.key(collection) ?? '')
  const answer = computed(() => held.answers.get(key.value))
  // While an instant is on its way, and where a live one cannot be read, what was shown before stays, and is called so.
  const shown = computed<FeatureAnswer | undefined>((before) => answer.value ?? stillShown(before))
  const state = computed(stateNow)
  const isTimed = computed(() => shown.value?.features.some(({ time }) => time !== undefined) ?? false)
  const features = computed(() => {
    const all = shown.value?.features ?? []
    // Most features have no time, and then the minute must not make a new list of them.
    if (!isTimed.value) return all
    const { atMs } = source.time(collection, false)
    return all.filter((feature) => holdsAt(feature, atMs))
  })
  const forecast = computed(() => shown.value !== undefined && isForecast(shown.value))
  const standing = computed(() => {
    const card = source.card(collection)
    const { atMs, nowMs } = source.time(collection, false)
    return card !== undefined && card.step === undefined && atMs > nowMs
  })
  const view = computed(() => ({
    features: features.value,
    state: state.value,
    forecast: forecast.value,
    standing: standing.value,
    provenance: shown.value?.provenance ?? source.card(collection)?.provenance ?? 'synthetic',
  }))
  return { view, answer: shown }

  function stillShown(before: FeatureAnswer | undefined): FeatureAnswer | undefined {
    const card = source.card(collection)
    if (!card || !before || key.value === '') return undefined
    const failed = held.errors.has(key.value)
    return !failed || bridges(card, before, source.time(collection, false)) ? before : undefined
  }

  function stateNow(): FeatureView['state'] {
    const card = source.card(collection)
    if (!card) return source.loaded() ? 'missing' : 'loading'
    const receivedMs = held.received.get(key.value)
    const failed = held.errors.has(key.value)
    const found = stateOf(card, { answer: answer.value, receivedMs, failed }, source.time(collection, true))
    const isBridged = found === 'missing' && answer.value === undefined && shown.value !== undefined
    return isBridged ? 'late' : found
  }
}
