import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, it } from 'vitest'
import { indicatorOf, observationOf } from '../../../tests/support/domain-samples.ts'
import PeriodChooser from './PeriodChooser.vue'

const indicator = indicatorOf({ freq: 'A' })
const years = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => observationOf(indicator, String(from + at), at))
const choosing = (observations: ReturnType<typeof years>, modelValue: string) => {
  const wrapper = mount(PeriodChooser, {
    props: { indicator, observations, modelValue },
    global: { plugins: [createPinia()] },
  })
  return {
    field: wrapper.find<HTMLSelectElement>('select'),
    wall: () => wrapper.find('a').exists(),
    chosen: () => wrapper.emitted('update:modelValue'),
  }
}

it('stands at the newest for a period the chart does not show', async () => {
  const { field, wall, chosen } = choosing(years(2019, 2025), '1987')
  expect([field.element.value, field.element.selectedIndex, wall()]).toEqual(['', 0, false])
  await field.setValue('2019')
  expect(chosen()).toEqual([['2019']])
})

it('offers the way back from the only period there is, and from one older than the list', () => {
  expect(choosing(years(2025, 2025), '2025').field.element.value).toBe('2025')
  const { field, wall } = choosing(years(1880, 2025), '1880')
  expect([field.element.value, wall()]).toEqual(['1880', true])
})
