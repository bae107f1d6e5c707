import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Viewer } from '../auth/viewer.ts'

/** An event as the stream carries it; `bodyFor` says what a viewer gets of it, or nothing. */
export interface StreamEvent {
  /** Absent on events that are not in the log: recomputed comparisons and catalogue changes. */
  sequence?: number
  name: string
  bodyFor(viewer: Viewer): unknown
}

/** Reads events after a sequence from the log; undefined when they are too many to send again. */
export type Replay = (after: number) => Promise<StreamEvent[] | undefined>

interface Screen {
  viewer: Viewer
  response: ServerResponse
  /** Position in the ring of the next event to send. */
  next: number
  waiting: boolean
}

const ringSize = 4_096
const longestUnsent = 1_000_000
const heartbeatMs = 15_000

/**
 * All open streams. An event is serialised once per viewer scope and the same Buffer goes to every socket. A slow screen has
 * no queue of its own: it stays at its place in the ring and reads on when its socket drains; one that fell out of the ring
 * is told to take a fresh snapshot.
 */
export class Screens {
  private readonly heartbeat: () => unknown
  private readonly ring: { event: StreamEvent; bytes: Map<string, Buffer | null> }[] = []
  /** Ring position of ring[0]; positions never wrap. */
  private first = 0
  private readonly open = new Set<Screen>()
  private readonly beat: NodeJS.Timeout

  constructor(heartbeat: () => unknown) {
    this.heartbeat = heartbeat
    this.beat = setInterval(() => this.sendHeartbeat(), heartbeatMs)
    this.beat.unref()
  }

  count(): number {
    return this.open.size
  }

  send(event: StreamEvent): void {
    this.ring.push({ event, bytes: new Map() })
    if (this.ring.length > ringSize) {
      this.ring.shift()
      this.first += 1
    }
    for (const screen of this.open) this.pump(screen)
  }

  /** Opens a stream for events after `after`, or for what comes from now on. */
  async attach(
    request: IncomingMessage,
    response: ServerResponse,
    viewer: Viewer,
    resume: { after: number; replay: Replay } | undefined,
  ): Promise<void> {
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    // The retry is spread, so a thousand screens do not come back in the same instant.
    response.write(`retry: ${1_000 + Math.floor(Math.random() * 4_000)}\n\n`)
    response.write(frame('heartbeat', this.heartbeat()))
    const place = this.end()
    const from = resume === undefined ? place : this.placeAfter(resume.after)
    if (from === undefined) await sendMissed(response, viewer, await resume!.replay(resume!.after))
    if (response.destroyed) return
    const screen: Screen = { viewer, response, next: from ?? place, waiting: false }
    this.open.add(screen)
    request.once('close', () => this.open.delete(screen))
    response.once('error', () => this.open.delete(screen))
    this.pump(screen)
  }

  close(): void {
    clearInterval(this.beat)
    for (const { response } of this.open) response.end()
    this.open.clear()
  }

  private end(): number {
    return this.first + this.ring.length
  }

  private pump(screen: Screen): void {
    if (screen.next < this.first) {
      screen.response.write(frame('reset', { reason: 'this screen fell behind' }))
      screen.next = this.end()
    }
    while (screen.next < this.end()) {
      if (screen.response.writableLength > longestUnsent) return this.pumpAfterDrain(screen)
      const bytes = this.bytesOf(screen.next, screen.viewer)
      screen.next += 1
      if (bytes) screen.response.write(bytes)
    }
  }

  private pumpAfterDrain(screen: Screen): void {
    if (screen.waiting) return
    screen.waiting = true
    screen.response.once('drain', () => {
      screen.waiting = false
      this.pump(screen)
    })
  }

  private bytesOf(position: number, viewer: Viewer): Buffer | null {
    const slot = this.ring[position - this.first]!
    const known = slot.bytes.get(viewer.scope)
    if (known !== undefined) return known
    const body = slot.event.bodyFor(viewer)
    const made = body === undefined ? null : frame(slot.event.name, body, slot.event.sequence)
    slot.bytes.set(viewer.scope, made)
    return made
  }

  private sendHeartbeat(): void {
    const bytes = frame('heartbeat', this.heartbeat())
    for (const { response } of this.open) if (response.writableLength < longestUnsent) response.write(bytes)
  }

  /** Ring position of the first event after a sequence, or undefined when the ring no longer reaches back that far. */
  private placeAfter(after: number): number | undefined {
    const numbered = ({ event }: { event: StreamEvent }) => event.sequence !== undefined
    const next = this.ring.findIndex((slot) => numbered(slot) && slot.event.sequence! > after)
    const reachesBack = this.ring.some((slot) => numbered(slot) && slot.event.sequence! <= after)
    if (reachesBack) return next === -1 ? this.end() : this.first + next
    return next !== -1 && this.ring[next]!.event.sequence === after + 1 ? this.first + next : undefined
  }
}

async function sendMissed(
  response: ServerResponse,
  viewer: Viewer,
  missed: readonly StreamEvent[] | undefined,
): Promise<void> {
  if (missed === undefined) response.write(frame('reset', { reason: 'older than the stream keeps' }))
  for (const event of missed ?? []) {
    const body = event.bodyFor(viewer)
    if (body !== undefined) response.write(frame(event.name, body, event.sequence))
  }
}

function frame(name: string, body: unknown, sequence?: number): Buffer {
  const id = sequence === undefined ? '' : `id: ${sequence}\n`
  return Buffer.from(`event: ${name}\n${id}data: ${JSON.stringify(body)}\n\n`)
}
