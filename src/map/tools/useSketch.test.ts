import { describe, expect, it } from 'vitest'
import type { LonLat } from '../../domain/measure.ts'
import { useSketch } from './useSketch.ts'

const square: LonLat[] = [
  [125.3, 43.8],
  [125.31, 43.8],
  [125.31, 43.81],
  [125.3, 43.81],
]

describe('a sketch on the map', () => {
  it('measures a path as it grows, and takes the last point back', () => {
    const sketch = useSketch()
    sketch.begin('length')
    square.slice(0, 2).forEach(sketch.add)
    expect(sketch.metres.value).toBeCloseTo(805, 0)
    sketch.add(square[2]!)
    sketch.undo()
    expect(sketch.metres.value).toBeCloseTo(805, 0)
    expect(sketch.area.value).toBeUndefined()
  })

  it('has an area from three corners on, and none that can be trusted when it crosses itself', () => {
    const sketch = useSketch()
    sketch.begin('area')
    square.slice(0, 2).forEach(sketch.add)
    expect(sketch.area.value).toBeUndefined()
    square.slice(2).forEach(sketch.add)
    expect(sketch.area.value! / 893_924).toBeCloseTo(1, 2)
    sketch.begin('area')
    ;[square[0]!, square[2]!, square[1]!, square[3]!].forEach(sketch.add)
    expect(sketch.crossed.value).toBe(true)
    expect(sketch.area.value).toBeUndefined()
  })

  it('ends only with enough points, and begins anew after its end', () => {
    const sketch = useSketch()
    sketch.begin('dig')
    square.slice(0, 2).forEach(sketch.add)
    sketch.end()
    expect(sketch.done.value).toBe(false)
    sketch.add(square[2]!)
    sketch.end()
    expect(sketch.done.value).toBe(true)
    sketch.add(square[3]!)
    expect(sketch.points.value).toEqual([square[3]])
  })
})
