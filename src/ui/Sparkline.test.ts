import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import Sparkline from './Sparkline.vue'

const mounted = (props: Record<string, unknown>) =>
  mount(Sparkline, { props: { label: 'x', values: [1, 2, null, 3], ...props } })

describe('Sparkline', () => {
  it('breaks at a missing period', () => {
    expect(mounted({}).find('path.line').attributes('d')?.match(/M/g)).toHaveLength(2)
  })

  it('draws a target only where there is one', () => {
    expect(mounted({}).find('.target').exists()).toBe(false)
    expect(mounted({ target: 2 }).find('.target').exists()).toBe(true)
  })

  it('tells a missed target by a hollow dot, not by colour alone', () => {
    expect(mounted({ tone: 'worse' }).find('.end').classes()).toContain('hollow')
    expect(mounted({ tone: 'acc' }).find('.end').classes()).not.toContain('hollow')
  })

  it('is empty, not flat at zero, without values', () => {
    const empty = mounted({ values: [] })
    expect(empty.find('path.line').attributes('d')).toBe('')
    expect(empty.find('.end').exists()).toBe(false)
  })
})
