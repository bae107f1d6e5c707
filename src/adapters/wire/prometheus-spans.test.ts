import { expect, test } from 'vitest'
import { mostPoints, spansOf, stepFor } from './prometheus-spans.ts'

const zone = 'Asia/Shanghai'
const iso = (ms: number) => new Date(ms).toISOString()

test('a short window is read in the finest step, a long one in the finest that fits', () => {
  expect(stepFor(3_600_000)).toBe(15_000)
  expect(stepFor(30 * 86_400_000)).toBe(300_000)
  expect(stepFor(40 * 365 * 86_400_000)).toBe(2 * 86_400_000)
  for (const days of [1, 3, 11, 100, 4_000, 20_000])
    expect((days * 86_400_000) / stepFor(days * 86_400_000)).toBeLessThan(mostPoints)
})

test('points lie on multiples of the step by the city’s clock, and the window is half-open', () => {
  const [span, ...more] = spansOf(
    { from: '2026-08-01T03:00:00Z', to: '2026-08-04T16:00:00Z' },
    86_400_000,
    zone,
  )
  expect(more).toEqual([])
  expect([iso(span!.startMs), iso(span!.endMs)]).toEqual([
    '2026-08-01T16:00:00.000Z',
    '2026-08-03T16:00:00.000Z',
  ])
})

test('a step that is given is kept, and the window asked for in parts that meet', () => {
  const spans = spansOf({ from: '2026-08-01T00:00:00Z', to: '2026-08-24T00:00:30Z' }, 60_000, zone)
  const counts = spans.map(({ startMs, endMs }) => (endMs - startMs) / 60_000 + 1)
  expect(counts).toEqual([11_000, 11_000, 11_000, 23 * 1_440 + 1 - 33_000])
  expect(spans[1]!.startMs - spans[0]!.endMs).toBe(60_000)
  expect(iso(spans.at(-1)!.endMs)).toBe('2026-08-24T00:00:00.000Z')
})

test('a window without a point of the step in it asks nothing', () => {
  expect(spansOf({ from: '2026-08-01T00:00:01Z', to: '2026-08-01T00:00:59Z' }, 60_000, zone)).toEqual([])
})
