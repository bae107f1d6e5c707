import type { JournalRecord } from '../domain/command.ts'
import type { Observation } from '../domain/observation.ts'
import type { FeatureNews } from '../domain/wire.ts'

/** What the gateway tells as it happens. `id` is the global sequence to resume after. */
export type StreamEvent =
  | { kind: 'observation'; id: number; observations: Observation[] }
  | { kind: 'record'; id: number; record: JournalRecord }
  | { kind: 'features'; news: FeatureNews }
  | { kind: 'catalogue'; hash: string }
  | { kind: 'heartbeat'; serverTime: string }
  | { kind: 'reset' }

/** Where events come from: the gateway's SSE, or the timer of the static mode. */
export interface EventSourceLike {
  /** Starts after sequence `after`; answers a function that stops it. `lost` is called at most once. */
  open(after: number, hear: (event: StreamEvent) => void, lost: () => void): () => void
}

export interface StreamOptions {
  source: EventSourceLike
  /** Sequence of the snapshot the screen already shows. */
  after: number
  hear(event: StreamEvent): void
  state(state: 'live' | 'reconnecting'): void
  random?: () => number
  /** A screen that heard nothing for so long asks again: the heartbeat comes every 15 s. */
  silenceMs?: number
}

/** 1–3 s at first, so that a restarted gateway is found again within 3 s; 2–5 s once it stays away. */
export function retryDelayMs(attempt: number, random: () => number): number {
  return attempt <= 10 ? 1_000 + 2_000 * random() : 2_000 + 3_000 * random()
}

/** Follows the stream until the answered function is called: resumes by cursor, notices silence, retries with jitter. */
export function followStream(options: StreamOptions): () => void {
  const { source, hear, state, random = Math.random, silenceMs = 20_000 } = options
  let after = options.after
  let attempt = 0
  let close: (() => void) | undefined
  let deadline: ReturnType<typeof setTimeout> | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let stopped = false

  function open(): void {
    if (stopped) return
    let current = true
    const stop = source.open(
      after,
      (event) => current && accept(event),
      () => current && lost(),
    )
    close = () => {
      current = false
      stop()
    }
    expectWord()
  }

  function accept(event: StreamEvent): void {
    attempt = 0
    expectWord()
    state('live')
    if (event.kind === 'observation' || event.kind === 'record') after = Math.max(after, event.id)
    hear(event)
  }

  function expectWord(): void {
    clearTimeout(deadline)
    deadline = setTimeout(lost, silenceMs)
  }

  function lost(): void {
    clearTimeout(deadline)
    close?.()
    close = undefined
    if (stopped) return
    state('reconnecting')
    attempt += 1
    retry = setTimeout(open, retryDelayMs(attempt, random))
  }

  open()
  return () => {
    stopped = true
    clearTimeout(deadline)
    clearTimeout(retry)
    close?.()
  }
}
