import { expect, test } from 'vitest'
import { drawLines, type LinePoints } from './line-drawing.ts'

const start = Date.parse('2026-08-06T14:31:00+08:00')
const place = { width: 480, height: 240, fontPx: 12, zone: 'Asia/Shanghai', language: 'zh' } as const
const points = (...values: (number | null)[]): LinePoints =>
  values.map((value, nth) => [start + nth * 10_000, value] as const)

test('a line goes from the left axis to the name at its right end, and a higher value stands higher', () => {
  const { left, right, paths } = drawLines([{ name: '甲', points: points(100, 200) }], place)
  const [, x0, y0, x1, y1] = /^M([\d.]+) ([\d.]+)h0L([\d.]+) ([\d.]+)$/.exec(paths[0]!)!.map(Number)
  expect([x0, x1]).toEqual([left, right])
  expect(y1!).toBeLessThan(y0!)
  expect(right).toBeLessThan(place.width - place.fontPx)
})

test('a missing value breaks the line and is not drawn as zero', () => {
  const { paths, values } = drawLines([{ name: '甲', points: points(100, null, 200, 180) }], place)
  expect(paths[0]!.match(/M/g)).toHaveLength(2)
  expect(paths[0]!.match(/L/g)).toHaveLength(1)
  expect(values[0]!.label).toBe('100')
})

test('axes have round numbers and the city’s clock', () => {
  const { values, times, bottom } = drawLines([{ name: '甲', points: points(1_010, 1_990, 1_500) }], place)
  expect(values.map(({ label }) => label)).toEqual(['1,000', '1,500', '2,000'])
  expect(values[0]!.at).toBe(bottom)
  expect(times.map(({ label }) => label)).toContain('14:31:10')
})

test('names of lines that end together stand one under another, inside the drawing', () => {
  const low = { ...place, height: 90 }
  const { ends, bottom } = drawLines(
    [
      { name: '甲', points: points(100, 100.1) },
      { name: '乙', points: points(200, 100) },
      { name: '丙', points: points(200, null) },
    ],
    low,
  )
  const placed = ends.filter((end) => end !== undefined).toSorted((a, b) => a - b)
  expect(placed).toHaveLength(3)
  expect(placed[2]).toBeLessThanOrEqual(bottom)
  expect(placed[1]! - placed[0]!).toBeGreaterThanOrEqual(12)
  expect(placed[2]! - placed[1]!).toBeGreaterThanOrEqual(12)
})

test('a line without values has neither path nor name', () => {
  const empty = drawLines([{ name: '甲', points: [] }], place)
  expect(empty).toMatchObject({ paths: [''], ends: [undefined], values: [], times: [] })
})
