import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type EventSourceLike, followStream, retryDelayMs, type StreamEvent } from './event-stream.ts'

class Upstream implements EventSourceLike {
  opened: number[] = []
  closed = 0
  hear: (event: StreamEvent) => void = () => {}
  lost: () => void = () => {}
  open(after: number, hear: (event: StreamEvent) => void, lost: () => void): () => void {
    this.opened.push(after)
    this.hear = hear
    this.lost = lost
    return () => {
      this.closed += 1
    }
  }
}

function follow(upstream: Upstream) {
  const heard: StreamEvent[] = []
  const states: string[] = []
  const stop = followStream({
    source: upstream,
    after: 7,
    hear: (event) => heard.push(event),
    state: (state) => states.push(state),
    random: () => 0.5,
  })
  return { heard, states, stop }
}

const heartbeat: StreamEvent = { kind: 'heartbeat', serverTime: '2026-08-06T06:32:00Z' }

describe('followStream', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('resumes after the last sequence it heard', () => {
    const upstream = new Upstream()
    const { heard, states, stop } = follow(upstream)
    upstream.hear({ kind: 'observation', id: 12, observations: [] })
    upstream.lost()
    vi.advanceTimersByTime(2_000)
    expect(upstream.opened).toEqual([7, 12])
    expect(heard).toHaveLength(1)
    expect(states).toEqual(['live', 'reconnecting'])
    stop()
  })

  it('takes silence for a lost connection, and a heartbeat for a living one', () => {
    const upstream = new Upstream()
    const { states, stop } = follow(upstream)
    upstream.hear(heartbeat)
    vi.advanceTimersByTime(15_000)
    upstream.hear(heartbeat)
    vi.advanceTimersByTime(19_999)
    expect(states).not.toContain('reconnecting')
    vi.advanceTimersByTime(1)
    expect(states.at(-1)).toBe('reconnecting')
    expect(upstream.closed).toBe(1)
    stop()
  })

  it('ignores what a given-up connection still says', () => {
    const upstream = new Upstream()
    const { heard, stop } = follow(upstream)
    const late = upstream.hear
    upstream.lost()
    late({ kind: 'observation', id: 99, observations: [] })
    vi.advanceTimersByTime(2_000)
    expect(heard).toEqual([])
    expect(upstream.opened.at(-1)).toBe(7)
    stop()
  })

  it('opens nothing after it was stopped', () => {
    const upstream = new Upstream()
    const { stop } = follow(upstream)
    upstream.lost()
    stop()
    vi.advanceTimersByTime(60_000)
    expect(upstream.opened).toEqual([7])
  })

  it('spreads retries between 1 and 5 seconds', () => {
    expect([retryDelayMs(1, () => 0), retryDelayMs(1, () => 1)]).toEqual([1_000, 3_000])
    expect([retryDelayMs(11, () => 0), retryDelayMs(11, () => 1)]).toEqual([2_000, 5_000])
  })
})
