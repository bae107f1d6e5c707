import { describe, expect, it } from 'vitest'
import { leaderOf } from './label-leader.ts'

const box = { left: 10, top: 10, right: 50, bottom: 30 }

describe('the leader of a label', () => {
  it('runs from the nearest edge to the dot', () => {
    expect(leaderOf(box, { x: 30, y: 60 })).toEqual({ x1: 30, y1: 30, x2: 30, y2: 60 })
    expect(leaderOf(box, { x: 0, y: 0 })).toEqual({ x1: 10, y1: 10, x2: 0, y2: 0 })
  })

  it('is none where the label stands on its dot', () => {
    expect(leaderOf(box, { x: 20, y: 20 })).toBeUndefined()
  })
})
