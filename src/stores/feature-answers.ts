import { shallowReactive } from 'vue'
import { readFeatures } from '../client/gateway.ts'
import { asGatewayError } from '../client/http.ts'
import type { FeatureAnswer, MapFeature } from '../domain/map-feature.ts'
import type { FeatureQuestion } from './feature-state.ts'

/** Answers nobody wants any more are kept for a viewer who turns the clock back and forth, the oldest dropped first. */
const keptUnwanted = 30

/** Asks the gateway for features, each question once at a time, and holds what it answered, by question. */
export function featureAnswers() {
  const answers = shallowReactive(new Map<string, FeatureAnswer>())
  /** Apart from the answers: an answer that is only confirmed must not be drawn again. */
  const received = shallowReactive(new Map<string, number>())
  const errors = shallowReactive(new Map<string, string>())
  const asking = new Map<string, AbortController>()

  async function ask(question: FeatureQuestion): Promise<void> {
    const { key, collection, at, asOf } = question
    if (asking.has(key)) return
    const controller = new AbortController()
    asking.set(key, controller)
    try {
      const answer = await readFeatures({ collection, at, asOf }, controller.signal)
      if (controller.signal.aborted) return
      const before = answers.get(key)
      received.set(key, Date.parse(answer.receivedAt))
      errors.delete(key)
      if (before?.hash !== answer.hash || before.at !== answer.at) answers.set(key, answer)
    } catch (cause) {
      if (!controller.signal.aborted) errors.set(key, asGatewayError(cause).message)
    } finally {
      if (asking.get(key) === controller) asking.delete(key)
    }
  }

  /** Lets go of questions nobody waits for, and of the oldest answers nobody looks at. */
  function want(keys: ReadonlySet<string>): void {
    for (const [key, controller] of asking) {
      if (keys.has(key)) continue
      controller.abort()
      asking.delete(key)
    }
    const unwanted = [...answers.keys()].filter((key) => !keys.has(key))
    for (const key of unwanted.slice(0, Math.max(0, unwanted.length - keptUnwanted))) drop(key)
    for (const key of errors.keys()) if (!keys.has(key)) errors.delete(key)
  }

  function drop(key: string): void {
    answers.delete(key)
    received.delete(key)
    errors.delete(key)
  }

  function clear(): void {
    want(new Set())
    for (const key of answers.keys()) drop(key)
  }

  /** The features last heard of a collection, whatever instant they hold for. */
  function newestOf(collection: string): readonly MapFeature[] {
    const mine = [...answers.values()].filter((answer) => answer.collection === collection)
    const [newest] = mine.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
    return newest?.features ?? []
  }

  return { answers, received, errors, ask, want, clear, newestOf }
}
