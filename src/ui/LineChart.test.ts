import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import LineChart from './LineChart.vue'

const start = Date.parse('2026-08-06T14:31:00+08:00')
const line = (name: string, ...values: (number | null)[]) => ({
  name,
  points: values.map((value, nth) => [start + nth * 10_000, value] as const),
})
let measured: () => void = () => undefined

beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(hear: () => void) {
        measured = hear
      }
      observe = vi.fn<() => void>()
      disconnect = vi.fn<() => void>()
    },
  )
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(480)
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(240)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

test('draws once it knows its size; a new point moves what stands there', async () => {
  const chart = mount(LineChart, { props: { lines: [line('甲', 1, 2), line('乙', 2, null)], label: '走势' } })
  expect(chart.find('svg').exists()).toBe(false)
  measured()
  await nextTick()
  expect(chart.findAll('.names text').map((text) => text.text())).toEqual(['甲', '乙'])
  const path = chart.find('path.line-0')
  const [before, element] = [path.attributes('d'), path.element]
  await chart.setProps({ lines: [line('甲', 1, 2, 5), line('乙', 2, null, 3)] })
  expect(chart.find('path.line-0').attributes('d')).not.toBe(before)
  expect(chart.find('path.line-0').element).toBe(element)
})

test('its numbers stand at axes, and names are no numbers', async () => {
  const chart = mount(LineChart, { props: { lines: [line('PM2.5', 1, 2)], label: 'x' } })
  measured()
  await nextTick()
  expect(chart.attributes('data-not-figure')).toBe('axis')
  expect(chart.find('.names').attributes('data-not-figure')).toBe('name')
})
