import { expect, it, vi } from 'vitest'
import type { Geometry } from '../../domain/map-feature.ts'
import { evenColours, positionsOf } from './point-positions.ts'

const at = (east: number, north: number): { geometry: Geometry } => ({
  geometry: { type: 'Point', coordinates: [east, north] },
})

it('projects a list once, and another list again', () => {
  const project = vi.fn((east: number, north: number): [number, number, number] => [east, north, 1])
  const list = [at(1, 2), at(3, 4)]
  const first = positionsOf(list, project)
  expect([...first]).toEqual([1, 2, 1, 3, 4, 1])
  expect(positionsOf(list, project)).toBe(first)
  expect(project).toHaveBeenCalledTimes(2)
  expect(positionsOf([...list], project)).not.toBe(first)
})

it('lays the same list anew once its ground is another', () => {
  const list = [at(1, 2)]
  expect([...positionsOf(list, (east, north) => [east, north, 0])]).toEqual([1, 2, 0])
  expect([...positionsOf(list, (east, north) => [east, north, 210])]).toEqual([1, 2, 210])
})

it('repeats a colour', () => {
  expect([...evenColours(2, [1, 2, 3, 4])]).toEqual([1, 2, 3, 4, 1, 2, 3, 4])
})
