import type { JournalRecord } from '../domain/command.ts'
import type { Observation } from '../domain/observation.ts'
import type { FeatureNews } from '../domain/wire.ts'
import type { EventSourceLike, StreamEvent } from './event-stream.ts'

const recordEvents = ['incident', 'warning', 'alarm', 'mode'] as const

/**
 * The gateway's SSE. The browser's own reconnecting is not used: it has no jitter of ours and never notices a
 * connection that is open and silent, so the first error closes it and followStream opens the next.
 */
export const serverEvents: EventSourceLike = {
  open(after, hear, lost) {
    const stream = new EventSource(`/api/stream?after=${after}`)
    const on = (name: string, read: (data: string, id: number) => StreamEvent) => {
      stream.addEventListener(name, (event: MessageEvent<string>) =>
        hear(read(event.data, Number(event.lastEventId))),
      )
    }
    on('observation', (data, id) => ({
      kind: 'observation',
      id,
      observations: (JSON.parse(data) as { observations: Observation[] }).observations,
    }))
    for (const name of recordEvents)
      on(name, (data, id) => ({ kind: 'record', id, record: JSON.parse(data) as JournalRecord }))
    on('features', (data) => ({ kind: 'features', news: JSON.parse(data) as FeatureNews }))
    on('catalogue', (data) => ({ kind: 'catalogue', hash: (JSON.parse(data) as { hash: string }).hash }))
    on('heartbeat', (data) => ({
      kind: 'heartbeat',
      serverTime: (JSON.parse(data) as { serverTime: string }).serverTime,
    }))
    on('reset', () => ({ kind: 'reset' }))
    stream.addEventListener('error', () => {
      stream.close()
      lost()
    })
    return () => stream.close()
  },
}
