import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import * as v from 'valibot'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Component, defineComponent, h, type PropType } from 'vue'
import { catalogueWith, indicatorWith } from '../../tests/support/wire-fixtures.ts'
import { definePanel } from '../contracts/panel.ts'
import { useCatalogue } from '../stores/catalogue.ts'
import PanelSlot from './PanelSlot.vue'
import type { PanelModule } from './plugins.ts'

const panel = definePanel({
  title: 'panel.economy.title',
  options: v.strictObject({ indicators: v.array(v.string()) }),
  size: { min: [100, 100], ideal: [200, 200] },
  indicators: (options) => options.indicators,
})

function moduleOf(component: Component): PanelModule {
  return { default: component, panel: panel }
}

const good = defineComponent({
  props: { options: { type: Object as PropType<{ indicators: string[] }>, required: true } },
  setup: (props) => () => h('p', props.options.indicators.join()),
})
const broken: Component = {
  setup: () => () => {
    throw new Error('division of nothing')
  },
}

function slot(id: string, options: Record<string, unknown> = { indicators: ['MAC.GDP.TOTAL'] }) {
  const registry = new Map([
    ['good', async () => moduleOf(good)],
    ['broken', async () => moduleOf(broken)],
    [
      'absent',
      async () => {
        throw new Error('chunk not found')
      },
    ],
  ])
  return mount(PanelSlot, { props: { panel: id, options, registry } })
}

beforeEach(() => {
  setActivePinia(createPinia())
  useCatalogue().accept(catalogueWith({ indicators: [indicatorWith({ code: 'MAC.GDP.TOTAL' })] }))
})

describe('PanelSlot', () => {
  it('draws the panel with its checked options', async () => {
    const view = slot('good')
    await flushPromises()
    expect(view.text()).toBe('MAC.GDP.TOTAL')
  })

  it('says no permission for a viewer whose catalogue lacks an indicator the panel needs', async () => {
    const view = slot('good', { indicators: ['MAC.GDP.TOTAL', 'FIR.CALLS.DAY'] })
    await flushPromises()
    expect(view.find('[data-state="no-permission"]').exists()).toBe(true)
    expect(view.text()).not.toContain('FIR.CALLS.DAY')
  })

  it('waits for the catalogue before it judges', async () => {
    setActivePinia(createPinia())
    const view = slot('good')
    await flushPromises()
    expect(view.find('[data-state="loading"]').exists()).toBe(true)
  })

  it('says which option of the scene the panel refuses', async () => {
    const view = slot('good', { indicator: 'MAC.GDP.TOTAL' })
    await flushPromises()
    expect(view.find('[data-state="error"]').text()).toContain('indicator')
  })

  it('names a panel that throws, while its neighbour lives', async () => {
    const [bad, neighbour] = [slot('broken'), slot('good')]
    await flushPromises()
    expect(bad.find('[data-state="error"]').text()).toContain('broken · division of nothing')
    expect(neighbour.text()).toBe('MAC.GDP.TOTAL')
  })

  it('names a panel that cannot be loaded, and one that does not exist', async () => {
    const [absent, unknown] = [slot('absent'), slot('economi')]
    await flushPromises()
    expect(absent.text()).toContain('absent · chunk not found')
    expect(unknown.text()).toContain('economi')
  })
})
