import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { MapLabel } from '../contracts/map-drawing.ts'
import { HiddenLabels, type Sight, isBehind } from './hidden-labels.ts'

/** A camera that looks north; houses hide the ground whose north lies in one of the spans. */
function looking(hides: readonly (readonly [number, number])[], range = 2000) {
  const picked: number[] = []
  const sight: Sight = {
    cameraView: { heading: 0, range },
    pose: {},
    project: ([east, north]) => ({ x: east, y: north }),
    pick: (_, y) => {
      picked.push(y)
      return hides.some(([from, to]) => y >= from && y <= to)
        ? { feature: 'buildings/7' }
        : { ground: [0, y, 0] }
    },
  }
  return { sight, picked }
}
const label = (id: string, north: number): MapLabel => ({
  id,
  at: [0, north, 0],
  text: id,
  kind: 'facility',
  priority: 1,
  feature: `facilities/${id}`,
})

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('is behind what hides both its foot and the ground well before it', () => {
  expect(isBehind(label('a', 100), looking([[0, 200]]).sight)).toBe(true)
  expect(isBehind(label('a', 100), looking([]).sight)).toBe(false)
})

it('is not behind the walls of its own house, nor behind its own mark', () => {
  expect(isBehind(label('a', 100), looking([[85, 110]]).sight)).toBe(false)
  const own = { ...looking([]).sight, pick: () => ({ feature: 'facilities/a' }) }
  expect(isBehind(label('a', 100), own)).toBe(false)
})

it('looks at a resting picture once, a few labels at a time and never at all of a long list', () => {
  const { sight, picked } = looking([[0, 5000]])
  const found = vi.fn<(ids: ReadonlySet<string>) => void>()
  const hidden = new HiddenLabels(sight, found)
  const labels = Array.from({ length: 60 }, (_, at) => label(`${at}`, 100 + at))
  hidden.rest(labels, false)
  expect(picked).toHaveLength(8)
  expect(found).not.toHaveBeenCalled()
  vi.runAllTimers()
  expect(found.mock.calls.map(([ids]) => ids.size)).toEqual([24])
  hidden.rest(labels, false)
  vi.runAllTimers()
  expect(picked).toHaveLength(48)
})

it('gives up a look when the picture changes', () => {
  const { sight, picked } = looking([[0, 5000]])
  const found = vi.fn<(ids: ReadonlySet<string>) => void>()
  new HiddenLabels(sight, found).rest(
    Array.from({ length: 9 }, (_, at) => label(`${at}`, 100)),
    false,
  )
  sight.pose = {}
  vi.runAllTimers()
  expect(picked).toHaveLength(8)
  expect(found).not.toHaveBeenCalled()
})

it('asks nothing from afar or below the ground, and lets every label stand', () => {
  for (const [range, underground] of [
    [90_000, false],
    [2000, true],
  ] as const) {
    const { sight, picked } = looking([[0, 5000]], range)
    const found = vi.fn<(ids: ReadonlySet<string>) => void>()
    new HiddenLabels(sight, found).rest([label('a', 100)], underground)
    expect(picked).toEqual([])
    expect(found).toHaveBeenCalledExactlyOnceWith(new Set())
  }
})
