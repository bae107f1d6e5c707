import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Viewer } from '../auth/viewer.ts'

/** An event as the stream carries it; `bodyFor` says what a viewer gets of it, or nothing. */
export interface StreamEvent {
  /** Absent on events that are not in the log: heartbeats and recomputed comparisons. */
  sequence?: number
  name: string
  bodyFor(viewer: Viewer): unknown
}

interface Screen {
  viewer: Viewer
  response: ServerResponse
  /** Position in the ring of the next event to send. */
  next: number
  waiting: boolean
}

const ringSize = 4_096
const longestUnsent = 1_000_000

/**
 * All open streams. An event is serialised once per viewer scope and the same Buffer goes to every socket. A slow screen has
 * no queue of its own: it stays at its place in the ring and reads on when its socket drains; one that fell out of the ring
 * is told to take a fresh snapshot.
 */
export function createScreens(heartbeat: () => unknown) {
  const ring: { event: StreamEvent; bytes: Map<string, Buffer | null> }[] = []
  /** Ring position of ring[0]; positions never wrap. */
  let first = 0
  const screens = new Set<Screen>()

  const bytesOf = (position: number, viewer: Viewer): Buffer | null => {
    const slot = ring[position - first]!
    const known = slot.bytes.get(viewer.scope)
    if (known !== undefined) return known
    const body = slot.event.bodyFor(viewer)
    const made = body === undefined ? null : frame(slot.event.name, body, slot.event.sequence)
    slot.bytes.set(viewer.scope, made)
    return made
  }
  function pump(screen: Screen): void {
    if (screen.next < first) {
      screen.response.write(frame('reset', { reason: 'this screen fell behind' }))
      screen.next = first + ring.length
    }
    while (screen.next < first + ring.length) {
      if (screen.response.writableLength > longestUnsent) {
        if (!screen.waiting) {
          screen.waiting = true
          screen.response.once('drain', () => {
            screen.waiting = false
            pump(screen)
          })
        }
        return
      }
      const bytes = bytesOf(screen.next, screen.viewer)
      screen.next += 1
      if (bytes) screen.response.write(bytes)
    }
  }

  const beat = setInterval(() => {
    const bytes = frame('heartbeat', heartbeat())
    for (const screen of screens) if (screen.response.writableLength < longestUnsent) screen.response.write(bytes)
  }, 15_000)
  beat.unref()

  return {
    count: () => screens.size,
    send(event: StreamEvent) {
      ring.push({ event, bytes: new Map() })
      if (ring.length > ringSize) {
        ring.shift()
        first += 1
      }
      for (const screen of screens) pump(screen)
    },
    /** Opens a stream for events after `after`; `replay` reads older ones from the log, undefined when they are too many. */
    async open(request: IncomingMessage, response: ServerResponse, viewer: Viewer, after: number | undefined, replay: (after: number) => Promise<StreamEvent[] | undefined>) {
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no', 'x-content-type-options': 'nosniff' })
      // The retry is spread, so a thousand screens do not come back in the same instant.
      response.write(`retry: ${1_000 + Math.floor(Math.random() * 4_000)}\n\n`)
      response.write(frame('heartbeat', heartbeat()))
      const place = first + ring.length
      const from = after === undefined ? place : placeAfter(after)
      if (from === undefined) await sendReplay(response, viewer, after!, replay)
      if (response.destroyed) return
      const screen: Screen = { viewer, response, next: from ?? place, waiting: false }
      screens.add(screen)
      request.once('close', () => screens.delete(screen))
      response.once('error', () => screens.delete(screen))
      pump(screen)
    },
    close() {
      clearInterval(beat)
      for (const screen of screens) screen.response.end()
      screens.clear()
    },
  }

  /** Ring position of the first event after a sequence, or undefined when the ring no longer reaches back that far. */
  function placeAfter(after: number): number | undefined {
    const known = ring.findIndex(({ event }) => event.sequence !== undefined && event.sequence <= after)
    const next = ring.findIndex(({ event }) => event.sequence !== undefined && event.sequence > after)
    if (known === -1) return next === -1 ? undefined : ring[next]!.event.sequence === after + 1 ? first + next : undefined
    return next === -1 ? first + ring.length : first + next
  }
}

async function sendReplay(response: ServerResponse, viewer: Viewer, after: number, replay: (after: number) => Promise<StreamEvent[] | undefined>) {
  const missed = await replay(after)
  if (missed === undefined) {
    response.write(frame('reset', { reason: 'older than the stream keeps' }))
    return
  }
  for (const event of missed) {
    const body = event.bodyFor(viewer)
    if (body !== undefined) response.write(frame(event.name, body, event.sequence))
  }
}

function frame(name: string, body: unknown, sequence?: number): Buffer {
  return Buffer.from(`event: ${name}\n${sequence === undefined ? '' : `id: ${sequence}\n`}data: ${JSON.stringify(body)}\n\n`)
}
