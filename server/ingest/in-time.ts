import { SourceError } from '../../src/contracts/indicator-adapter.ts'

/** No answer came within the time it was given: what was asked may still hang, and is left alone. */
export class GivenUpError extends SourceError {
  constructor(message: string) {
    super(message)
    this.name = 'GivenUpError'
  }
}

interface Patience {
  /** Longest wait for one step. */
  stepMs: number
  /** Longest wait for the end; absent where there need be none. */
  wholeMs?: number
  /** Nothing is waited for after it, whether or not who was asked heeds it. */
  signal: AbortSignal
  /** Called first when it is left: tells who was asked to stop. */
  leave?(): void
}

/** How long a read that was left is waited for to put its things away. */
const farewellMs = 1_000

/** The steps of an iteration, as long as each comes in time: neither its silence nor its deafness holds up who asks. */
export async function* inTime<T>(steps: AsyncIterable<T>, patience: Patience): AsyncGenerator<T> {
  const { signal, stepMs, wholeMs = Number.POSITIVE_INFINITY } = patience
  const until = performance.now() + wholeMs
  const iterator = steps[Symbol.asyncIterator]()
  try {
    for (;;) {
      const patienceMs = Math.min(stepMs, until - performance.now())
      if (patienceMs <= 0) throw new GivenUpError(`given up: not at its end after ${wholeMs / 1000} s`)
      const step = await soon(iterator.next(), patienceMs, signal)
      if (step.done) return
      yield step.value
    }
  } finally {
    patience.leave?.()
    const leaving = iterator.return?.()
    if (leaving) await soon(leaving, farewellMs, new AbortController().signal).catch(() => undefined)
  }
}

/** The promise's outcome, or a GivenUpError after `ms`, or the signal's reason. */
export function soon<T>(promise: PromiseLike<T>, ms: number, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    }
    const abort = (): void => {
      stop()
      reject(signal.reason as Error)
    }
    const timer = setTimeout(() => {
      stop()
      reject(new GivenUpError(`given up: silent for ${Math.round(ms / 1000)} s`))
    }, ms)
    signal.addEventListener('abort', abort, { once: true })
    promise.then(
      (value) => (stop(), resolve(value)),
      (cause: unknown) => (stop(), reject(cause as Error)),
    )
    if (signal.aborted) abort()
  })
}
