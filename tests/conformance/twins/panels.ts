import * as v from 'valibot'
import { type Component, defineComponent, h } from 'vue'
import type { Panel } from '../../../src/contracts/panel.ts'

interface TwinPanel {
  breaks: string
  panel?: Partial<Panel>
  component?: Component
}

const drawing = (render: () => ReturnType<typeof h>) => defineComponent({ props: ['options'], render })
const empty = 'stands with no data at all: silent, under a name, without an invented figure'

export const twinPanels: TwinPanel[] = [
  {
    breaks: 'has a title in both languages, a size and options a scene can give',
    panel: { title: 'panel.of-no-language.title' },
  },
  {
    breaks: 'has a title in both languages, a size and options a scene can give',
    panel: { size: { min: [9, 9], ideal: [8, 9] } },
  },
  {
    breaks: 'has a title in both languages, a size and options a scene can give',
    panel: { options: v.strictObject({ needed: v.never() }) },
  },
  { breaks: 'names indicators by their codes', panel: { indicators: () => ['gdp'] } },
  { breaks: 'refuses options it does not know', panel: { options: v.looseObject({}) } },
  { breaks: empty, component: drawing(() => h('section', '无名')) },
  { breaks: empty, component: drawing(() => h('section', { 'aria-label': '样例' }, '0 件')) },
  {
    breaks: empty,
    component: drawing(() => {
      console.warn('no data')
      return h('section', { 'aria-label': '样例' })
    }),
  },
  {
    breaks: empty,
    component: drawing(() => {
      throw new Error('division of nothing')
    }),
  },
]
