import { expect, it, vi } from 'vitest'
import { silentView } from '../../tests/support/silent-view.ts'
import { type SituationView, defineMapLayer } from '../contracts/map-layer.ts'
import { LayerBuilds } from './layer-builds.ts'

const title = { zh: '层', en: 'Layer' }
const still = defineMapLayer({ title, build: () => [] })
const running = defineMapLayer({ title, moves: true, build: () => [] })

it('asks only what moves again while the instant runs on, and everything once the view is another', () => {
  const make = vi.fn((layer: unknown, view: SituationView) => [layer === running, view.playMs])
  const builds = new LayerBuilds(make)
  const layers = [still, running]
  expect(builds.of(layers, silentView, 1000)).toEqual([
    [false, undefined],
    [true, 1000],
  ])
  expect(builds.of(layers, silentView, 1000)).toHaveLength(2)
  expect(make).toHaveBeenCalledTimes(2)
  expect(builds.of(layers, silentView, 2000)[1]).toEqual([true, 2000])
  expect(make).toHaveBeenCalledTimes(3)
  builds.of(layers, { ...silentView }, 2000)
  expect(make).toHaveBeenCalledTimes(5)
})

it('makes everything anew once it has forgotten, and follows a map that stops', () => {
  const make = vi.fn((_: unknown, view: SituationView) => view.playMs)
  const builds = new LayerBuilds(make)
  builds.of([still], silentView, undefined)
  builds.forget()
  builds.of([still], silentView, undefined)
  expect(make).toHaveBeenCalledTimes(2)
  expect(builds.of([running], silentView, 5)).toEqual([5])
  expect(builds.of([running], silentView, undefined)).toEqual([undefined])
})

it('answers with the same list while nothing was made anew, so that nothing is measured or drawn for it', () => {
  const none: string[] = []
  const builds = new LayerBuilds(({ moves }) => (moves ? none : ['still']))
  const first = builds.of([still, running], silentView, 1)
  expect(builds.of([still, running], silentView, 2)).toBe(first)
  expect(builds.of([still], silentView, 2)).toEqual([['still']])
  expect(builds.of([still, running], { ...silentView }, 3)).not.toBe(first)
})
