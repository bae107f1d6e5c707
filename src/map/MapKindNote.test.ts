import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, it } from 'vitest'
import type { MapChoice } from './map-choice.ts'
import MapKindNote from './MapKindNote.vue'

const shown = (choice: MapChoice) =>
  mount(MapKindNote, { props: { choice }, global: { plugins: [createPinia()] } })

it('says why the map is flat, and offers the other one where the machine can draw it', async () => {
  const slow = shown({ kind: '2d', quality: 'software', why: 'slow' })
  expect(slow.text()).toContain('过慢')
  await slow.get('button').trigger('click')
  expect(slow.emitted('wish')).toEqual([['3d']])
  const unable = shown({ kind: '2d', quality: undefined, why: 'unable' })
  expect(unable.text()).toContain('不支持')
  expect(unable.find('button').exists()).toBe(false)
})

it('is silent in 3D', () => {
  expect(shown({ kind: '3d', quality: 'full', why: 'able' }).text()).toBe('')
})
