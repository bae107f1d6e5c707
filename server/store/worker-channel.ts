import type { MessagePort, Worker } from 'node:worker_threads'
import {
  SequenceTakenError,
  StoreClosedError,
  StoreUnusableError,
  StoreInUseError,
  StoreUnavailableError,
  StoreWriteError,
} from './storage-errors.ts'

type Ask = { id: number; method: string; argument: unknown } | { abort: number }
type Answer = { id: number; value: unknown } | { id: number; error: SentError }
interface SentError {
  name: string
  message: string
  stack: string | undefined
  code?: string | undefined
  folder?: string
  pid?: number | undefined
}

export type Handlers = Record<string, (argument: never, signal: AbortSignal) => unknown>

export interface Channel {
  /** Rejects with the worker's own error, with the signal's reason when aborted, or when the worker goes away. */
  call<T>(method: string, argument: unknown, signal?: AbortSignal): Promise<T>
}

interface Waiting {
  resolve(value: unknown): void
  reject(error: unknown): void
}

/** The asking side. `onGone` is called once when the worker ends, for whatever reason. */
export function connectWorker(worker: Worker, onGone: () => void): Channel {
  const waiting = new Map<number, Waiting>()
  let next = 1
  let gone: Error | undefined
  const end = (error: Error): void => {
    if (gone) return
    gone = error
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
    onGone()
  }
  worker.on('message', (answer: Answer) => {
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) asked?.reject(revived(answer.error))
    else asked?.resolve(answer.value)
  })
  worker.on('error', (cause) =>
    end(new StoreUnavailableError(`the store's worker failed: ${cause.message}`, { cause })),
  )
  worker.on('exit', (code) => end(new StoreUnavailableError(`the store's worker ended (${code})`)))
  return {
    call<T>(method: string, argument: unknown, signal?: AbortSignal) {
      return new Promise<T>((resolve, reject) => {
        if (gone) return reject(gone)
        if (signal?.aborted) return reject(signal.reason)
        const id = next++
        const abort = (): void => {
          waiting.delete(id)
          worker.postMessage({ abort: id } satisfies Ask)
          reject(signal?.reason)
        }
        signal?.addEventListener('abort', abort, { once: true })
        const settle =
          <A>(then: (value: A) => void) =>
          (value: A): void => {
            signal?.removeEventListener('abort', abort)
            then(value)
          }
        waiting.set(id, { resolve: settle(resolve as (value: unknown) => void), reject: settle(reject) })
        worker.postMessage({ id, method, argument } satisfies Ask)
      })
    },
  }
}

/** The answering side: one handler a method; an aborted call is told by its signal and its answer is not sent. */
export function serveRequests(port: MessagePort, handlers: Handlers): void {
  const running = new Map<number, AbortController>()
  port.on('message', (ask: Ask) => {
    if ('abort' in ask) running.get(ask.abort)?.abort()
    else void answer(ask)
  })
  async function answer({ id, method, argument }: Exclude<Ask, { abort: number }>): Promise<void> {
    const controller = new AbortController()
    running.set(id, controller)
    try {
      const handler = handlers[method]
      if (!handler) throw new TypeError(`the store's worker knows no ${method}`)
      const value = await handler(argument as never, controller.signal)
      if (!controller.signal.aborted) port.postMessage({ id, value } satisfies Answer)
    } catch (error) {
      if (!controller.signal.aborted) port.postMessage({ id, error: sent(error) } satisfies Answer)
    } finally {
      running.delete(id)
    }
  }
}

/** Structured clone keeps neither the class nor the fields of an error, so they travel by name. */
function sent(error: unknown): SentError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), stack: undefined }
  const { name, message, stack } = error
  if (error instanceof StoreInUseError) return { name, message, stack, folder: error.folder, pid: error.pid }
  if (error instanceof StoreWriteError) return { name, message, stack, code: error.code }
  return { name, message, stack }
}

function revived({ name, message, stack, code, folder, pid }: SentError): Error {
  const error = revive()
  if (stack !== undefined) error.stack = stack
  return error
  function revive(): Error {
    if (name === 'StoreInUseError') return new StoreInUseError(folder ?? '', pid)
    if (name === 'StoreWriteError') return new StoreWriteError(message, code)
    if (name === 'StoreUnusableError') return new StoreUnusableError(message)
    if (name === 'StoreClosedError') return new StoreClosedError(message)
    if (name === 'SequenceTakenError') return new SequenceTakenError(message)
    if (name === 'StoreUnavailableError') return new StoreUnavailableError(message)
    if (name === 'RangeError') return new RangeError(message)
    return new Error(message)
  }
}
