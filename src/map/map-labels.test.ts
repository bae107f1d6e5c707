import { expect, it } from 'vitest'
import type { MapLabel } from '../contracts/map-drawing.ts'
import { columnStems, measuredLabels, uniqueLabels } from './map-labels.ts'

const project = ([x, y]: MapLabel['at'], lift = 0): { x: number; y: number } | undefined =>
  x < 0 ? undefined : { x, y: y - lift }

function label(id: string, more: Partial<MapLabel> = {}): MapLabel {
  return { id, at: [100, 200, 0], text: id, kind: 'place', priority: 1, ...more }
}

it('leaves out what is behind the camera or not yet measured', () => {
  const sizes = new Map([
    ['a', { width: 40, height: 20 }],
    ['b', { width: 40, height: 20 }],
  ])
  const labels = [label('a', { kind: 'value', lift: 50 }), label('b', { at: [-1, 0, 0] }), label('c')]
  expect(measuredLabels(labels, sizes, project, 2)).toEqual([
    { id: 'a', kind: 'value', priority: 1, x: 100, y: 150, width: 40, height: 20, gap: 8 },
  ])
})

it('knows a column by the figure on top of it', () => {
  const observation = { region: '220102' } as MapLabel['observation'] & object
  const labels = [
    label('a', { kind: 'value', lift: 50, observation }),
    label('b'),
    label('c', { kind: 'value', lift: 9 }),
  ]
  expect(columnStems(labels, project, 7)).toEqual([
    { region: '220102', left: 93, right: 107, top: 150, bottom: 200 },
  ])
})

it('takes no figure of a station for a column: a click beside it is none on the city', () => {
  const observation = { region: '220100' } as MapLabel['observation'] & object
  const station = label('s', { kind: 'value', lift: 6, observation, feature: 'air-stations/s' })
  expect(columnStems([station], project, 7)).toEqual([])
})

it('keeps the first of two labels of one id, in order', () => {
  expect(
    uniqueLabels([label('a', { text: 'first' }), label('b'), label('a', { text: 'second' })]).map(
      ({ text }) => text,
    ),
  ).toEqual(['first', 'b'])
})

it('drops the label of something that stands nowhere', () => {
  const labels = [label('a', { at: [NaN, NaN, NaN] }), label('b')]
  expect(uniqueLabels(labels).map(({ id }) => id)).toEqual(['b'])
})
