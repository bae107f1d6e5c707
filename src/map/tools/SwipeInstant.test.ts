import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { useClock } from '../../stores/clock.ts'
import { useMapView } from '../../stores/map-view.ts'
import SwipeInstant from './SwipeInstant.vue'

beforeEach(() => {
  setActivePinia(createPinia())
  useClock().standAt('2026-08-06T06:32:00Z')
  useMapView().compare({ left: new Set(), right: new Set() })
})

async function choosing() {
  const wrapper = mount(SwipeInstant, {
    props: { side: 'left', collections: [] },
    attachTo: document.body,
  })
  await wrapper.get('button').trigger('click')
  await nextTick()
  return { wrapper, focused: () => document.activeElement?.tagName }
}

it('goes back to its button when the field is left by Escape, which the map hears only then', async () => {
  const { wrapper, focused } = await choosing()
  let heard = 0
  document.body.addEventListener('keydown', () => heard++)
  expect(focused()).toBe('INPUT')
  await wrapper.get('input').trigger('keydown', { key: 'Escape' })
  expect([focused(), wrapper.find('input').exists(), heard]).toEqual(['BUTTON', false, 0])
  await wrapper.get('button').trigger('keydown', { key: 'Escape' })
  expect(heard).toBe(1)
  wrapper.unmount()
})

it('stands at what is chosen, and follows the map again', async () => {
  const { wrapper, focused } = await choosing()
  await wrapper.get('input').setValue('2026-08-05T14:00')
  expect(useMapView().comparison?.instants?.left).toBe(Date.parse('2026-08-05T06:00:00Z'))
  await wrapper.get('button:last-of-type').trigger('click')
  expect(useMapView().comparison?.instants?.left).toBeUndefined()
  expect(focused()).toBe('BUTTON')
  wrapper.unmount()
})
