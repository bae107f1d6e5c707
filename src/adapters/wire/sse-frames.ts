import { SourceError } from '../../contracts/indicator-adapter.ts'

export interface SseEvent {
  data: string
  /** `message` where the server named none. */
  event: string
  /** The last one that the server told, with this event or before it. */
  id: string | undefined
}

export interface SseTerms {
  /** The server as sentences call it. */
  name: string
  longestEvent: number
  /** How long to stay away after a break, by the server's word. */
  onRetry(ms: number): void
}

/**
 * The events of a stream (WHATWG HTML, 9.2) as they come, however the network cut them. Comments are heartbeats and tell
 * nothing; what is no event stream at all is told by its reader's silence.
 */
export async function* sseEvents(
  chunks: AsyncIterable<Uint8Array>,
  { name, longestEvent, onRetry }: SseTerms,
): AsyncGenerator<SseEvent> {
  const { createParser } = await import('eventsource-parser')
  let whole: SseEvent[] = []
  let fault: string | undefined
  let id: string | undefined
  const parser = createParser({
    onEvent(event) {
      id = event.id ?? id
      whole.push({ data: event.data, event: event.event ?? 'message', id })
    },
    onRetry,
    onError(error) {
      if (error.type === 'max-buffer-size-exceeded') fault = error.message
    },
    maxBufferSize: longestEvent,
  })
  const text = new TextDecoder()
  for await (const chunk of chunks) {
    parser.feed(text.decode(chunk, { stream: true }))
    yield* whole
    whole = []
    if (fault !== undefined)
      throw new SourceError(`${name} sent an event longer than ${longestEvent} characters`)
  }
}
