import type { FeatureView } from '../contracts/map-feature-view.ts'
import { answerAge, covers, onStep, standsAt, stepMs } from '../domain/feature-times.ts'
import { toInstant } from '../domain/instant.ts'
import type { FeatureAnswer } from '../domain/map-feature.ts'
import type { CollectionCard } from '../domain/wire.ts'

/** The clock of a page and the instant its map stands at. */
export interface MapTime {
  atMs: number
  nowMs: number
  /** The past instant the whole page stands at; undefined where it lives. */
  asOf: string | undefined
}

export interface FeatureQuestion {
  /** Equal keys have equal answers. */
  key: string
  collection: string
  at: string | undefined
  asOf: string | undefined
}

/** What has to be asked to know a collection at an instant, or undefined where nothing is said of that instant. */
export function questionOf(
  card: CollectionCard,
  { atMs, nowMs, asOf }: MapTime,
): FeatureQuestion | undefined {
  if (!covers(card, atMs, nowMs)) return undefined
  const at = standsAt(card, atMs, nowMs) ? undefined : toInstant(onStep(card, atMs))
  return { key: `${card.id}|${at ?? 'now'}|${asOf ?? ''}`, collection: card.id, at, asOf }
}

export interface Held {
  answer: FeatureAnswer | undefined
  /** When the gateway last heard it to be so, server time. */
  receivedMs: number | undefined
  failed: boolean
}

/**
 * How a collection's answer stands with the map's instant. What is past of the instant the page stands at is never late; that
 * instant itself may be: what was last heard by then is as old as it was for a screen of that time.
 */
export function stateOf(card: CollectionCard, held: Held, { atMs, nowMs }: MapTime): FeatureView['state'] {
  if (!covers(card, atMs, nowMs)) return 'missing'
  const { answer, receivedMs, failed } = held
  if (!answer || receivedMs === undefined) return failed ? 'missing' : 'loading'
  if (onStep(card, atMs) < onStep(card, nowMs)) return 'ready'
  const age = answerAge(card.poll, receivedMs, nowMs)
  // The gateway answers the step before where the source does not tell of the newest.
  const isOfStep = card.step === undefined || Date.parse(answer.at) >= onStep(card, atMs)
  return age === 'ready' && !isOfStep ? 'late' : age
}

/** Whether what was last known of a timed collection may stand for a step that cannot be read, as late. */
export function bridges(
  card: CollectionCard,
  answer: FeatureAnswer,
  { atMs, nowMs, asOf }: MapTime,
): boolean {
  const behindMs = onStep(card, atMs) - Date.parse(answer.at)
  const isLive = asOf === undefined && onStep(card, atMs) === onStep(card, nowMs)
  return isLive && behindMs >= 0 && behindMs <= 3 * stepMs(card)
}
