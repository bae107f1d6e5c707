import { describe, expect, it } from 'vitest'
import type { Scene } from '../../domain/scene.ts'
import { isColumn, type Size, stepsOf, zoomsOf } from './kiosk-steps.ts'

const placed = (panel: string, area = 'left') => ({ panel, area, options: {} })
const wall: Scene = {
  id: 'peace',
  console: 'wall',
  name: { zh: '平时' },
  panels: [
    placed('Weather', 'weather'),
    placed('Economy'),
    placed('Hotline'),
    placed('Pulse'),
    placed('Zones'),
    placed('Attention'),
    placed('Ecology'),
    placed('Economy', 'wide'),
  ],
  map: { themes: [{ id: 'land', name: { zh: '经济' }, layers: [] }] },
}
const sizes: Record<string, Size> = { Pulse: [1080, 150], Zones: [804, 56], Attention: [804, 276] }
const sizeOf = (panel: string): Size => sizes[panel] ?? [492, 494]
const steps = stepsOf([wall], sizeOf)

describe('stepsOf', () => {
  it('shows the map, narrow panels in pairs, wide ones above each other while there is room, and none twice', () => {
    expect(steps.map(({ panels }) => panels.map(({ panel }) => panel))).toEqual([
      [],
      ['Economy', 'Hotline'],
      ['Pulse', 'Zones'],
      ['Attention'],
      ['Ecology'],
    ])
    expect(steps.map((step) => isColumn(step, sizeOf))).toEqual([false, false, true, true, false])
  })

  it('enlarges panels side by side alike, and those above each other each to its own width, within the stage', () => {
    for (const step of steps) {
      const zooms = zoomsOf(step, sizeOf)
      expect(zooms).toHaveLength(step.panels.length)
      const shown = step.panels.map(({ panel }, n) => sizeOf(panel).map((length) => length * zooms[n]!))
      const along = isColumn(step, sizeOf) ? 1 : 0
      const gaps = 60 * Math.max(0, shown.length - 1)
      expect(shown.reduce((sum, size) => sum + size[along]!, gaps)).toBeLessThanOrEqual([1848, 800][along]!)
      expect(Math.max(0, ...shown.map((size) => size[1 - along]!))).toBeLessThanOrEqual([800, 1848][along]!)
    }
    const [pair, column] = [zoomsOf(steps[1]!, sizeOf), zoomsOf(steps[2]!, sizeOf)]
    expect(pair[0]).toBe(pair[1])
    expect(column).toEqual([1848 / 1080, 1.9])
  })

  it('takes the scenes of the wall only', () => {
    expect(stepsOf([{ ...wall, console: 'desk' }], sizeOf)).toEqual([])
  })
})
