import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { type ComputedRef, ref } from 'vue'
import { catalogueWith } from '../../tests/support/wire-fixtures.ts'
import type { EnuMetres, SituationView } from '../contracts/map-layer.ts'
import { useCatalogue } from '../stores/catalogue.ts'
import { useClock } from '../stores/clock.ts'
import { useSituationView } from './useSituationView.ts'

beforeEach(() => {
  setActivePinia(createPinia())
  useClock().standAt('2026-08-06T06:32:00Z')
  useCatalogue().accept(catalogueWith({}))
})

it('keeps one projection for one ground, so that nothing is laid anew because the pointer moved', () => {
  const flat = (longitude: number, latitude: number): EnuMetres => [longitude, latitude, 0]
  const hilly = (longitude: number, latitude: number): EnuMetres => [longitude, latitude, 210]
  const [ground, pointed] = [ref(flat), ref<string>()]
  let view!: ComputedRef<SituationView | undefined>
  const setup = () => {
    view = useSituationView({
      theme: () => ({ id: 'safety', name: { zh: '安全' }, layers: [] }),
      shapes: () => [],
      units: () => [],
      zones: () => [],
      figures: () => ({ all: [], get: () => undefined }),
      project: () => ground.value,
      pointed: () => pointed.value,
      layers: () => [],
    })
    return () => null
  }
  const page = mount({ setup })
  const before = view.value!
  pointed.value = '220102'
  expect(view.value).not.toBe(before)
  expect(view.value!.project).toBe(before.project)
  ground.value = hilly
  expect(view.value!.project(1, 2)).toEqual([1, 2, 210])
  page.unmount()
})
