import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { catalogueWith, observationWith, situationWith } from '../../tests/support/wire-fixtures.ts'
import type { EventSourceLike, StreamEvent } from '../client/event-stream.ts'
import { http } from '../client/http.ts'
import { useCatalogue } from '../stores/catalogue.ts'
import { useObservations } from '../stores/observations.ts'
import { useSession } from '../stores/session.ts'
import { askSnapshot, follow } from './follower.ts'

const adapter = http.defaults.adapter!
let asked: string[]
let answers: Record<string, unknown>
let opened: number[]
let say: (event: StreamEvent) => void
let stop: () => void = () => {}

const events: EventSourceLike = {
  open(after, hear) {
    opened.push(after)
    say = hear
    return () => undefined
  },
}

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
  asked = []
  opened = []
  answers = {
    '/api/catalogue': catalogueWith(),
    '/api/observations/latest': {
      observations: [observationWith({ value: 1 })],
      asOf: '',
      serverTime: '2026-08-06T06:32:00Z',
      cursor: 30,
    },
    '/api/situation': situationWith({ cursor: 29 }),
    '/api/sources': { sources: [], serverTime: '2026-08-06T06:32:00Z' },
  }
  http.defaults.adapter = async (config) => {
    asked.push(config.url!)
    const data = answers[config.url!]
    if (data === undefined) throw new Error('gateway away')
    return { data, status: 200, statusText: 'OK', headers: {}, config }
  }
})
afterEach(() => {
  stop()
  vi.useRealTimers()
  http.defaults.adapter = adapter
})

async function begin(asOf?: string): Promise<void> {
  stop = follow(askSnapshot(asOf), events, asOf)
  await vi.advanceTimersByTimeAsync(50)
}

describe('follow', () => {
  it('listens from the older of the two cursors, so that nothing falls between', async () => {
    await begin()
    expect(opened).toEqual([29])
    say({ kind: 'heartbeat', serverTime: '2026-08-06T06:32:15Z' })
    expect(useSession().connection).toBe('live')
    expect(useSession().heardMs).toBeGreaterThanOrEqual(Date.parse('2026-08-06T06:32:15Z'))
  })

  it('takes a whole new snapshot after a reset', async () => {
    await begin()
    answers['/api/observations/latest'] = {
      observations: [observationWith({ value: 8 })],
      asOf: '',
      serverTime: '2026-08-06T07:32:00Z',
      cursor: 900,
    }
    answers['/api/situation'] = situationWith({ cursor: 900 })
    say({ kind: 'reset' })
    await vi.advanceTimersByTimeAsync(50)
    expect(useObservations().get('MAC.GDP.TOTAL', '220100')?.value).toBe(8)
    expect(opened).toEqual([29, 900])
  })

  it('reads the catalogue again when its hash changed, and only then', async () => {
    await begin()
    say({ kind: 'catalogue', hash: 'h1' })
    await vi.advanceTimersByTimeAsync(2_000)
    expect(asked.filter((url) => url === '/api/catalogue')).toHaveLength(1)
    answers['/api/catalogue'] = catalogueWith({ hash: 'h2' })
    say({ kind: 'catalogue', hash: 'h2' })
    await vi.advanceTimersByTimeAsync(2_000)
    expect(useCatalogue().hash).toBe('h2')
  })

  it('asks again within 3 s when the gateway is away at the start', async () => {
    const catalogue = answers['/api/catalogue']
    delete answers['/api/catalogue']
    await begin()
    expect(useSession().connection).toBe('connecting')
    answers['/api/catalogue'] = catalogue
    await vi.advanceTimersByTimeAsync(3_000)
    expect(opened).toEqual([29])
  })

  it('opens no stream on a page that shows the past', async () => {
    await begin('2026-08-01T00:00:00Z')
    expect(opened).toEqual([])
    expect(useObservations().get('MAC.GDP.TOTAL', '220100')?.value).toBe(1)
  })
})
