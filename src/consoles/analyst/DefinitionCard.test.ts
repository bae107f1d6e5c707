import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { catalogueWith, indicatorWith } from '../../../tests/support/wire-fixtures.ts'
import { useCatalogue } from '../../stores/catalogue.ts'
import { useClock } from '../../stores/clock.ts'
import type { FigureView } from '../../stores/useFigure.ts'
import DefinitionCard from './DefinitionCard.vue'

const indicator = indicatorWith({ code: 'ECO.AIR.GOOD', definition: { zh: '新口径的定义' } })
const figure = { indicator, observation: undefined, freshness: 'missing' } as unknown as FigureView

beforeEach(() => setActivePinia(createPinia()))

function textAt(serverTime: string): string {
  useClock().sync(serverTime)
  const change = {
    code: 'ECO.AIR.GOOD',
    fields: ['definition'],
    from: { zh: '旧口径的定义' },
    to: { zh: '新口径的定义' },
    at: '2026-08-01T01:00:00Z',
    until: '2026-08-08T01:00:00Z',
  }
  useCatalogue().accept(catalogueWith({ indicators: [indicator], definitionChanges: [change] }))
  return mount(DefinitionCard, { props: { figure } }).text()
}

it('shows the old and the new definition while a change is marked, and only the new one after', () => {
  const marked = textAt('2026-08-02T00:00:00Z')
  expect(marked).toContain('口径调整')
  expect(marked).toContain('调整前口径旧口径的定义')
  expect(marked).toContain('调整后口径新口径的定义')
  expect(textAt('2026-08-08T01:02:00Z')).not.toContain('旧口径')
})
