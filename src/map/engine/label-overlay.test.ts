import { describe, expect, it } from 'vitest'
import { type LabelBox, type PlacedLabel, placeLabels } from './label-overlay.ts'

const canvas = { width: 400, height: 300 }

function label(id: string, x: number, y: number, more: Partial<PlacedLabel> = {}): PlacedLabel {
  return { id, x, y, width: 60, height: 20, kind: 'value', priority: 1, gap: 4, ...more }
}

function meet(a: LabelBox, b: LabelBox): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

describe('placeLabels', () => {
  it('stands a value above its point and a place below', () => {
    const placed = placeLabels([label('v', 100, 100), label('p', 200, 100, { kind: 'place' })], canvas)
    expect(placed.get('v')).toEqual({ left: 70, top: 76, right: 130, bottom: 96 })
    expect(placed.get('p')).toEqual({ left: 170, top: 104, right: 230, bottom: 124 })
  })

  it('keeps the higher priority where two meet, whatever the order', () => {
    const pair = [
      label('low', 100, 100, { kind: 'incident' }),
      label('high', 110, 105, { priority: 5, kind: 'incident' }),
    ]
    expect([...placeLabels(pair, canvas).keys()]).toEqual(['high'])
    expect([...placeLabels(pair.toReversed(), canvas).keys()]).toEqual(['high'])
  })

  it('moves a place name beside its point before it drops it', () => {
    const placed = placeLabels(
      [label('v', 100, 140, { priority: 3 }), label('p', 100, 100, { kind: 'place' })],
      canvas,
    )
    expect(placed.size).toBe(2)
    expect(meet(placed.get('v')!, placed.get('p')!)).toBe(false)
  })

  it('keeps a name off a column that stands in front of it', () => {
    const column = { left: 60, right: 140, top: 60, bottom: 130 }
    const box = placeLabels(
      [label('p', 100, 100, { kind: 'place', width: 20 }), label('v', 100, 100)],
      canvas,
      [],
      [column],
    )
    expect(box.has('v')).toBe(true)
    expect(box.has('p')).toBe(false)
  })

  it('writes a street or a water on itself or not at all', () => {
    const name = label('s', 100, 100, { kind: 'street', width: 40, height: 20 })
    expect(placeLabels([name], canvas).get('s')).toEqual({ left: 80, top: 90, right: 120, bottom: 110 })
    const column = { left: 95, right: 105, top: 40, bottom: 105 }
    expect(placeLabels([name], canvas, [], [column]).has('s')).toBe(false)
  })

  it('never lets two texts meet or one leave the canvas', () => {
    const crowd = Array.from({ length: 80 }, (_, index) =>
      label(`l${index}`, (index * 37) % 400, (index * 53) % 300, {
        kind: index % 2 ? 'place' : 'value',
        priority: index % 7,
      }),
    )
    const boxes = [...placeLabels(crowd, canvas, [{ left: 0, top: 0, right: 400, bottom: 40 }]).values()]
    expect(boxes.length).toBeGreaterThan(10)
    expect(
      boxes.every(({ left, top, right, bottom }) => left >= 0 && top >= 40 && right <= 400 && bottom <= 300),
    ).toBe(true)
    expect(boxes.every((box, index) => boxes.slice(index + 1).every((other) => !meet(box, other)))).toBe(true)
  })
})
