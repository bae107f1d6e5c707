import { describe, expect, it } from 'vitest'
import type { Scene } from '../../domain/scene.ts'
import { stepsOf } from './kiosk-steps.ts'

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
    placed('Ecology'),
    placed('Economy', 'wide'),
  ],
  map: { themes: [{ id: 'land', name: { zh: '经济' }, layers: [] }] },
}
const widthOf = (panel: string): number => (panel === 'Pulse' ? 1400 : 492)

describe('stepsOf', () => {
  it('shows the map, then panels in pairs, a wide one alone and none twice', () => {
    expect(stepsOf([wall], widthOf).map(({ panels }) => panels.map(({ panel }) => panel))).toEqual([
      [],
      ['Economy', 'Hotline'],
      ['Pulse'],
      ['Ecology'],
    ])
  })

  it('takes the scenes of the wall only', () => {
    expect(stepsOf([{ ...wall, console: 'desk' }], widthOf)).toEqual([])
  })
})
