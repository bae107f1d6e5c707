import { setMaxListeners } from 'node:events'

/** Resolves after `ms` or at once when the signal aborts; never rejects and leaves no listener. */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
  })
}

/** A signal that aborts with another one, and by `end`, which also leaves the other one alone for good. */
export function within(outer: AbortSignal): { signal: AbortSignal; end(): void } {
  const controller = new AbortController()
  // Each feed of a source listens while it is read; all of them leave again.
  setMaxListeners(0, controller.signal)
  const abort = (): void => controller.abort(outer.reason)
  if (outer.aborted) abort()
  outer.addEventListener('abort', abort, { once: true })
  return {
    signal: controller.signal,
    end() {
      outer.removeEventListener('abort', abort)
      controller.abort()
    },
  }
}
