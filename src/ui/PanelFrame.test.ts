import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import PanelFrame, { type PanelState } from './PanelFrame.vue'

const slots = { default: '<p class="content">4.1</p>' }

function frame(state: PanelState, props: Record<string, unknown> = {}) {
  return mount(PanelFrame, { props: { title: '固定资产投资', state, ...props }, slots })
}

describe('PanelFrame', () => {
  it('shows its content when in order and when late', () => {
    expect(frame('ok').find('.content').exists()).toBe(true)
    expect(frame('late').find('.content').exists()).toBe(true)
  })

  it.each(['loading', 'empty', 'missing', 'error', 'no-permission'] as const)(
    'keeps its title and hides its content when %s',
    (state) => {
      const shown = frame(state)
      expect(shown.find('h2').text()).toBe('固定资产投资')
      expect(shown.find('.content').exists()).toBe(false)
    },
  )

  it('says why and what next, in the words it was given', () => {
    expect(frame('error', { detail: '14:34 第三次重试' }).text()).toContain('第三次重试')
    expect(frame('no-permission').text()).toContain('需授权')
  })

  it('carries the demo mark only where told', () => {
    expect(frame('ok').text()).not.toContain('演示')
    expect(frame('ok', { demo: true }).text()).toContain('演示')
  })
})
