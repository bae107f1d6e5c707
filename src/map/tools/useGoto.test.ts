import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, expect, it, vi } from 'vitest'
import { defineComponent, nextTick, shallowRef } from 'vue'
import type { EnuMetres } from '../../contracts/map-layer.ts'
import type { CollectionCard } from '../../domain/wire.ts'
import { useCatalogue } from '../../stores/catalogue.ts'
import { useClock } from '../../stores/clock.ts'
import { useFeatures } from '../../stores/features.ts'
import { useMapView } from '../../stores/map-view.ts'
import { catalogueWith } from '../../../tests/support/wire-fixtures.ts'
import { point, told } from '../../../tests/support/told-features.ts'
import type { LabelBox } from '../engine/label-overlay.ts'
import { frameBell, mapContextKey } from '../map-surface.ts'
import { type Goto, useGoto } from './useGoto.ts'

afterEach(() => void vi.unstubAllGlobals())

const card = { id: 'assets', kind: 'assets', name: { zh: '装备' }, poll: 'PT1M' } as CollectionCard

/** A map whose metres are thousandths of a degree, and where it was flown to. */
function flying(run: () => void) {
  const flown: (readonly EnuMetres[])[] = []
  /** Pixels a metre, and which of them the middle of the place flown to stands at. */
  const at = { x: 300, scale: 1 }
  const surface = shallowRef({
    flyOver: (points: readonly EnuMetres[]) => void flown.push(points),
    project: ([east, north]: EnuMetres) => ({
      x: at.x + (east - 5000) * at.scale,
      y: 450 - north * at.scale,
    }),
  })
  const context = {
    surface,
    bell: frameBell(),
    size: shallowRef({ width: 1600, height: 900 }),
    covered: shallowRef<LabelBox[]>([]),
    enuOf: ([longitude, latitude]: readonly number[]): EnuMetres => [longitude! * 1e5, latitude! * 1e5, 0],
    lonLatOf: ([east, north]: EnuMetres): [number, number] => [east / 1e5, north / 1e5],
  }
  let go: Goto | undefined
  const inside = defineComponent({
    setup: () => {
      run()
      go = useGoto(
        () => [],
        () => ({ heading: 0, pitch: -60 }),
        () => undefined,
      )
      return () => undefined
    },
  })
  mount(inside, {
    global: { plugins: [createPinia()], provide: { [mapContextKey as symbol]: context } },
  })
  return { go: go!, flown, at, covered: context.covered }
}
const middle = (points: readonly EnuMetres[]) =>
  [0, 1].map((axis) => points.reduce((sum, at) => sum + at[axis]!, 0) / points.length)

it('flies to where the map has something that moves, not to where it last told it was', () => {
  vi.stubGlobal('matchMedia', () => ({ matches: false }))
  const nowMs = Date.parse('2026-08-06T06:30:00Z')
  const track = [0, 60_000, 120_000, 180_000].map((ms, leg) => [0.01 * leg, 0, 100, nowMs - 180_000 + ms])
  const drone = told('assets', 'k', point(0.03, 0), {
    kind: 'drone',
    heading: 90,
    mission: '巡查',
    state: 'on-task',
    track,
  })
  const camera = told('cameras', 'c', point(0.5, 0), { heading: 0, angle: 40, range: 90, state: 'online' })
  const { go, flown } = flying(() => {
    const [catalogue, clock, features] = [useCatalogue(), useClock(), useFeatures()]
    clock.sync('2026-08-06T06:30:00Z')
    vi.spyOn(clock, 'serverNowMs').mockReturnValue(nowMs)
    catalogue.accept(catalogueWith({ collections: [card] }))
    vi.spyOn(features, 'known').mockImplementation((id) => (id === 'assets' ? [drone] : [camera]))
  })
  go.place({ kind: 'feature', id: 'assets/k' })
  // Shown 75 s behind: a leg and a quarter before the last word.
  expect(middle(flown[0]!)[0]).toBeCloseTo(1000 * (3 - 75 / 60), 3)
  useMapView().standAt(-2)
  go.place({ kind: 'feature', id: 'assets/k' })
  expect(middle(flown[1]!)[0]).toBeCloseTo(1000, 3)
  go.place({ kind: 'feature', id: 'cameras/c' })
  expect(middle(flown[2]!)[0]).toBeCloseTo(50_000, 3)
})

it('flies there once more where a sheet opens over it, but not where somebody has gone away from it', async () => {
  vi.stubGlobal('matchMedia', () => ({ matches: false }))
  const sheet = { left: 0, right: 380, top: 150, bottom: 700 }
  const { go, flown, at, covered } = flying(() => undefined)
  const open = async (...boxes: LabelBox[]) => {
    covered.value = []
    await nextTick()
    covered.value = boxes
    await nextTick()
    return flown.length
  }
  go.place({ kind: 'feature', id: 'cameras/c', at: [0.05, 0] })
  const crumbs = { left: 0, right: 500, top: 440, bottom: 470 }
  expect(await open(crumbs)).toBe(1)
  expect(await open(sheet)).toBe(2)
  expect(flown[1]).toEqual(flown[0])
  at.x = 900
  expect(await open(sheet)).toBe(2)
  Object.assign(at, { x: 300, scale: 0.01 })
  expect(await open(sheet)).toBe(2)
  at.scale = 1
  useMapView().close()
  expect(await open(sheet)).toBe(2)
})
