import { SourceError } from '../../src/contracts/indicator-adapter.ts'

/** Milliseconds until a source is asked again: what it asked for itself, or seconds, so that its return is soon seen. */
export function retryDelay(cause: unknown, failures: number, random: number): number {
  if (cause instanceof SourceError && cause.retryAfterMs !== undefined) {
    return Math.min(cause.retryAfterMs, 3_600_000)
  }
  return Math.min(4_000, 500 * 2 ** Math.min(failures, 6)) * (0.5 + random / 2)
}

/** What is shown to an operator: the sentence of an expected failure, or the kind of an unexpected one without its innards. */
export function sentence(cause: unknown): string {
  if (cause instanceof SourceError) return cause.message
  return cause instanceof Error ? `${cause.name}: ${cause.message}`.slice(0, 300) : 'unknown failure'
}
