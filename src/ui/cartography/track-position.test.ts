import { expect, it } from 'vitest'
import { onTrack } from './track-position.ts'

const track = [
  [125, 43, 0, 1000],
  [126, 44, 100, 3000],
  [126, 45, 100, 4000],
] as const

it('is exact at the points and in proportion to time between them', () => {
  expect(onTrack(track, 1000)?.at).toEqual([125, 43, 0])
  expect(onTrack(track, 3000)?.at).toEqual([126, 44, 100])
  expect(onTrack(track, 1500)?.at).toEqual([125.25, 43.25, 25])
  expect(onTrack(track, 3250)?.at).toEqual([126, 44.25, 100])
})

it('draws behind it the way it came, up to itself', () => {
  expect(onTrack(track, 1000)?.behind).toEqual([[125, 43, 0]])
  expect(onTrack(track, 3500)?.behind).toEqual([
    [125, 43, 0],
    [126, 44, 100],
    [126, 44.5, 100],
  ])
})

it('knows nothing before the first point and stays at the last', () => {
  expect(onTrack(track, 999)).toBeUndefined()
  expect(onTrack([], 1000)).toBeUndefined()
  expect(onTrack(track, 9999)).toEqual({
    at: [126, 45, 100],
    behind: [
      [125, 43, 0],
      [126, 44, 100],
      [126, 45, 100],
    ],
  })
})

it('heads along the leg it is on, and nowhere at the end or where it stands', () => {
  const way = [
    [125, 0, 0, 0],
    [125.01, 0, 0, 1000],
    [125.01, -0.01, 0, 2000],
    [125.01, -0.01, 0, 3000],
    [125, 0, 0, 4000],
  ] as const
  const heading = (ms: number) => onTrack(way, ms)?.heading
  expect(heading(0)).toBeCloseTo(90, 9)
  expect(heading(999)).toBeCloseTo(90, 9)
  expect(heading(1000)).toBeCloseTo(180, 9)
  expect(heading(2500)).toBeUndefined()
  expect(heading(3500)).toBeCloseTo(315, 3)
  expect(heading(4000)).toBeUndefined()
  expect(
    onTrack(
      [
        [125, 60, 0, 0],
        [125.02, 60.01, 0, 1000],
      ],
      500,
    )?.heading,
  ).toBeCloseTo(45, 1)
})
