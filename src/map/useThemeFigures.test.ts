import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { catalogueWith, indicatorWith, observationWith } from '../../tests/support/wire-fixtures.ts'
import { useCatalogue } from '../stores/catalogue.ts'
import { useClock } from '../stores/clock.ts'
import { useObservations } from '../stores/observations.ts'
import { useThemeFigures } from './useThemeFigures.ts'

beforeEach(() => {
  setActivePinia(createPinia())
  useClock().standAt('2026-08-06T06:32:00Z')
  useCatalogue().accept(catalogueWith({ indicators: [indicatorWith({ code: 'ECO.AIR.STATION' })] }))
})

it('finds every series of what the layers print, by its dims, and only while they are on', async () => {
  const told = (station: string, value: number) =>
    observationWith({ indicator: 'ECO.AIR.STATION', region: '220100', dims: { station }, value })
  useObservations().acceptSnapshot([told('A', 41), told('B', 57)])
  const printed = ref<string[]>([])
  const scope = effectScope()
  const figures = scope.run(() =>
    useThemeFigures(
      () => undefined,
      () => printed.value,
    ),
  )!
  const valueOf = (station: string) =>
    figures.value.get('ECO.AIR.STATION', '220100', { station })?.observation?.value
  expect(valueOf('A')).toBeUndefined()
  printed.value = ['ECO.AIR.STATION']
  await nextTick()
  expect([valueOf('A'), valueOf('B'), valueOf('C')]).toEqual([41, 57, undefined])
  useObservations().acceptSnapshot([told('A', 41), told('C', 88)])
  await nextTick()
  expect([valueOf('B'), valueOf('C')]).toEqual([undefined, 88])
  printed.value = []
  await nextTick()
  expect(figures.value.all).toEqual([])
  scope.stop()
})
