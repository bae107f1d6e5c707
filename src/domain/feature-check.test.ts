import { describe, expect, it } from 'vitest'
import { checkFeatures } from './feature-check.ts'

const place = { type: 'Point', coordinates: [125.32, 43.88] }
const shelter = (id: unknown, more: object = {}) => ({
  type: 'Feature',
  id,
  geometry: place,
  properties: { name: '避难场所 A', capacity: 200, occupied: null, operator: '演示' },
  ...more,
})
const square = [
  [
    [125, 43],
    [126, 43],
    [126, 44],
    [125, 43],
  ],
]

describe('checkFeatures', () => {
  it('takes what its kind wants and keeps properties beyond it', () => {
    const { features, refused } = checkFeatures('shelters', [shelter('a'), shelter(7)])
    expect(refused).toEqual([])
    expect(features.map(({ id }) => id)).toEqual(['a', '7'])
    expect(features[0]?.properties).toEqual({
      name: '避难场所 A',
      capacity: 200,
      occupied: null,
      operator: '演示',
    })
  })

  it.each([
    ['no id', shelter(undefined), '#2', /id/],
    ['an id given before', shelter('a'), 'a', /given before/],
    ['no geometry', shelter('b', { geometry: null }), 'b', /geometry/],
    [
      'a place off the earth',
      shelter('b', { geometry: { type: 'Point', coordinates: [43, 125] } }),
      'b',
      /90/,
    ],
    [
      'the wrong geometry',
      shelter('b', { geometry: { type: 'LineString', coordinates: [place.coordinates, [126, 44]] } }),
      'b',
      /LineString where Point is wanted/,
    ],
    ['a property missing', shelter('b', { properties: { capacity: 200 } }), 'b', /properties\.occupied/],
    ['no properties at all', shelter('b', { properties: null }), 'b', /properties\.capacity/],
    ['a negative capacity', shelter('b', { properties: { capacity: -1, occupied: 0 } }), 'b', /capacity/],
    [
      'a time that ends before it begins',
      shelter('b', { time: { interval: ['2026-08-06T08:00:00Z', '2026-08-06T07:00:00Z'] } }),
      'b',
      /ends before/,
    ],
    ['no feature', 'nonsense', '#2', /Object/],
  ])('refuses %s alone, with the reason', (_, bad, id, reason) => {
    const { features, refused } = checkFeatures('shelters', [shelter('a'), bad, shelter('z')])
    expect(features.map((feature) => feature.id)).toEqual(['a', 'z'])
    expect(refused).toHaveLength(1)
    expect(refused[0]?.id).toBe(id)
    expect(refused[0]?.reason).toMatch(reason)
  })

  it('reads an open end as standing until further notice, as JSON-FG writes it', () => {
    const { features } = checkFeatures('shelters', [
      shelter('a', { time: { interval: ['2026-08-06T08:00:00Z', '..'] } }),
      shelter('b', { time: null }),
      shelter('c', { time: { interval: ['2026-08-06T08:00:00Z', '2026-08-06T09:00:00Z'] } }),
    ])
    expect(features.map(({ time }) => time !== undefined)).toEqual([false, false, true])
  })

  it('holds a grid to its size and a trip to its times', () => {
    const grid = (values: number[]) => ({
      type: 'Feature',
      id: 'g',
      geometry: { type: 'Polygon', coordinates: square },
      properties: { columns: 2, rows: 2, values },
    })
    expect(checkFeatures('radar', [grid([1, 2, 3, 4])]).features).toHaveLength(1)
    expect(checkFeatures('radar', [grid([1, 2, 3])]).refused[0]?.reason).toContain('3 values for 2 × 2')
    const trip = { type: 'LineString', coordinates: [place.coordinates, [126, 44]] }
    const late = [{ type: 'Feature', id: 't', geometry: trip, properties: { times: [1] } }]
    expect(checkFeatures('trips', late).refused[0]?.reason).toContain('1 times for 2 positions')
  })

  it('refuses a ring that does not close', () => {
    const open = { type: 'Polygon', coordinates: [[...square[0]!.slice(0, 3), [125, 44]]] }
    const projects = [{ type: 'Feature', id: 'p', geometry: open, properties: { state: 'planned' } }]
    expect(checkFeatures('projects', projects).refused[0]?.reason).toContain('ring')
  })

  it.each([
    ['Point', []],
    ['LineString', []],
    ['MultiLineString', []],
    ['MultiLineString', [[]]],
    ['Polygon', []],
    ['Polygon', [[]]],
    ['MultiPolygon', []],
    ['MultiPolygon', [[]]],
    ['MultiPolygon', [[[]]]],
  ])('refuses an empty %s %j alone', (type, coordinates) => {
    const items = [shelter('a'), shelter('b', { geometry: { type, coordinates } }), shelter('z')]
    const { features, refused } = checkFeatures(undefined, items)
    expect(features.map(({ id }) => id)).toEqual(['a', 'z'])
    expect(refused).toEqual([{ id: 'b', reason: expect.stringContaining('geometry.coordinates') }])
  })

  it('asks nothing of the properties of a collection without a kind', () => {
    expect(checkFeatures(undefined, [shelter('a', { properties: { anything: 1 } })]).refused).toEqual([])
  })
})
