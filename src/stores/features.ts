import { defineStore } from 'pinia'
import { type MaybeRefOrGetter, computed, shallowReactive, toValue, watch } from 'vue'
import type { FeatureOf, FeatureView } from '../contracts/map-feature-view.ts'
import { answerAge } from '../domain/feature-times.ts'
import type { FeatureAnswer } from '../domain/map-feature.ts'
import type { CollectionCard, FeatureNews } from '../domain/wire.ts'
import { useCatalogue } from './catalogue.ts'
import { useClock } from './clock.ts'
import { featureAnswers } from './feature-answers.ts'
import { hearFeatureNews } from './feature-news.ts'
import { type FeatureQuestion, questionOf } from './feature-state.ts'
import { type ShownFeatures, shownFeatures } from './feature-views.ts'
import { useSession } from './session.ts'

/** What the map's notes tell of a collection beside its picture. */
export interface CollectionNote {
  card: CollectionCard
  state: FeatureView['state']
  /** Server time at which the gateway last heard from the source; undefined where it never has. */
  receivedMs: number | undefined
  /** With what was refused, and when the source spoke. */
  answer: FeatureAnswer | undefined
  error: string | undefined
}

/** Answers are looked over so often for ones that news or a change of the step should have renewed. */
const lookEveryMs = 10_000

/**
 * Things with a place, as the layers that are on want them. Standing collections are asked again when the stream tells of a
 * change, instants when the map comes to them and each minute after; a question nobody waits for is given up.
 */
export const useFeatures = defineStore('features', () => {
  const [catalogue, clock, session] = [useCatalogue(), useClock(), useSession()]
  const held = featureAnswers()
  const { want, wantedAt } = featureWants()
  const shown = new Map<string, ShownFeatures>()
  const cards = computed(() => new Map(catalogue.collections.map((card) => [card.id, card])))
  const questions = computed(() =>
    [...wantedAt.value.values()].flatMap(({ collection, lane }) => questionFor(collection, lane) ?? []),
  )

  /** A collection at the instant it is wanted for; reactive, and the same object until something in it changes. */
  function view<K extends string>(collection: K, lane: Lane = ''): FeatureView<K> {
    // What properties hold was checked by the gateway when the source told them.
    return shownIn(collection, lane).view.value
  }

  /** The statement shown of a collection in a lane; of the map where that lane has not asked. */
  function statement(collection: string, lane: Lane = ''): FeatureAnswer | undefined {
    return shownIn(collection, wantedAt.value.has(slotOf(collection, lane)) ? lane : '').answer.value
  }

  function shownIn(collection: string, lane: Lane): ShownFeatures {
    const slot = slotOf(collection, lane)
    const found =
      shown.get(slot) ??
      shownFeatures(collection, {
        held,
        card: (id) => cards.value.get(id),
        key: () => questionFor(collection, lane)?.key,
        time: (_, ticking) => timeOf(slot, ticking ? clock.nowMs : clock.minuteMs),
        loaded: () => catalogue.loaded,
      })
    shown.set(slot, found)
    return found
  }

  /** The features last heard of a collection, whatever instant they hold for: for a search by name. */
  function known<K extends string>(collection: K): readonly FeatureOf<K>[] {
    return held.newestOf(collection) as unknown as readonly FeatureOf<K>[]
  }

  /** What the map tells of a wanted collection; undefined for one that is not wanted or not this viewer's. */
  function note(collection: string): CollectionNote | undefined {
    const card = cards.value.get(collection)
    if (!card || !wantedAt.value.has(slotOf(collection, ''))) return undefined
    const key = questionFor(collection, '')?.key ?? ''
    const { answers, received, errors } = held
    const { state } = shownIn(collection, '').view.value
    return { card, state, receivedMs: received.get(key), answer: answers.get(key), error: errors.get(key) }
  }

  function timeOf(slot: string, nowMs: number) {
    return { atMs: wantedAt.value.get(slot)?.atMs ?? clock.minuteMs, nowMs, asOf: clock.asOf }
  }

  function questionFor(collection: string, lane: Lane): FeatureQuestion | undefined {
    const card = cards.value.get(collection)
    return card && questionOf(card, timeOf(slotOf(collection, lane), clock.minuteMs))
  }

  function askAll(of: (question: FeatureQuestion) => boolean = () => true): void {
    for (const question of questions.value) if (of(question)) void held.ask(question)
  }

  function isOld({ key, collection }: FeatureQuestion): boolean {
    const receivedMs = held.received.get(key)
    if (receivedMs === undefined || held.errors.has(key)) return true
    const { poll } = cards.value.get(collection)!
    return clock.asOf === undefined && answerAge(poll, receivedMs, clock.nowMs) !== 'ready'
  }

  function hear({ collection, hash, receivedAt }: FeatureNews): void {
    const question = questions.value.find(
      ({ at, asOf, ...open }) => open.collection === collection && at === undefined && asOf === undefined,
    )
    if (!question) return
    if (held.answers.get(question.key)?.hash !== hash) void held.ask(question)
    else held.received.set(question.key, Date.parse(receivedAt))
  }

  function startAfresh(): void {
    held.clear()
    askAll()
  }

  watch(questions, (now) => {
    held.want(new Set(now.map(({ key }) => key)))
    askAll(({ key }) => !held.answers.has(key))
  })
  const look = computed(() => Math.floor(clock.nowMs / lookEveryMs))
  watch(look, () => askAll(isOld))
  // News that came while there was no stream are not repeated.
  const isLive = computed(() => session.connection === 'live')
  watch(isLive, (live) => live && askAll())
  watch(() => catalogue.hash, startAfresh)
  hearFeatureNews(hear)

  return { want, view, statement, known, note }
})

/** Who looks: the map, or one half of a comparison that stands at an instant of its own. */
export type Lane = '' | 'left' | 'right'

interface Want {
  ids: readonly string[]
  atMs: MaybeRefOrGetter<number>
  lane: Lane
}

const slotOf = (collection: string, lane: Lane): string => `${lane}|${collection}`

function featureWants() {
  const wants = shallowReactive(new Map<symbol, Want>())
  /** Instant at which each wanted collection is looked at in each lane; the newest want decides. */
  const wantedAt = computed(
    () =>
      new Map(
        [...wants.values()].flatMap(({ ids, atMs, lane }) =>
          ids.map((collection) => {
            const looked = { collection, lane, atMs: toValue(atMs) }
            return [slotOf(collection, lane), looked] as const
          }),
        ),
      ),
  )

  /**
   * Asks for these collections at that instant until the answered function is called.
   * @param atMs a getter where the instant moves with the clock, so that it never lags behind it
   */
  function want(ids: readonly string[], atMs: MaybeRefOrGetter<number>, lane: Lane = ''): () => void {
    const mark = Symbol('want')
    wants.set(mark, { ids, atMs, lane })
    return () => wants.delete(mark)
  }

  return { want, wantedAt }
}
