import { mount } from '@vue/test-utils'
import { defineComponent, h, nextTick } from 'vue'
import { describe, expect, it } from 'vitest'
import { indicatorWith } from '../../tests/support/wire-fixtures.ts'
import type { Observation } from '../domain/observation.ts'
import Figure from './Figure.vue'
import { provideFigures } from './figure-context.ts'
import type { FigureSubject } from './figure-text.ts'

const indicator = indicatorWith({
  code: 'MAC.IND.VAI',
  name: { zh: '规上工业增加值增速' },
  definition: { zh: '累计同比' },
  sources: [],
  display: { decimals: 1 },
})
const observation: Observation = {
  indicator: 'MAC.IND.VAI',
  region: '220100',
  dims: {},
  value: 4.1,
  unit: '%',
  status: 'A',
  flags: [],
  provenance: 'synthetic',
  source: 'stats',
  period: { start: '2025-12-31T16:00:00Z', end: '2026-06-30T16:00:00Z', label: '2026-01/2026-06' },
  resultTime: '2026-07-18T02:00:00Z',
  receivedAt: '2026-07-18T02:00:05Z',
  revision: 0,
  lineage: 'l',
  comparisons: [{ kind: 'yoy', value: -0.4, unit: 'pp' }],
}
const live: FigureSubject = { indicator, observation, freshness: 'live', judgement: { verdict: 'none' } }
const missed: FigureSubject = {
  ...live,
  judgement: {
    verdict: 'missed',
    target: { op: '>=', value: 5, source: { title: '政府工作报告', provenance: 'synthetic' } },
    gap: { value: -0.9, unit: 'pp' },
  },
}

function textOf(figure: FigureSubject, props: Record<string, unknown> = {}): string {
  return mount(Figure, { props: { figure, ...props } }).text()
}

describe('a changed definition', () => {
  const marked = (redefined: boolean, figure = live) =>
    mount(
      defineComponent({
        setup() {
          provideFigures({ redefined: (code) => redefined && code === 'MAC.IND.VAI' })
          return () => h(Figure, { figure })
        },
      }),
    ).text()

  it('is marked on the figure while it is told, and on no missing one', () => {
    expect(marked(true)).toBe('4.1%口径调整')
    expect(marked(false)).toBe('4.1%')
    expect(marked(true, { ...live, freshness: 'missing' })).not.toContain('口径调整')
  })
})

describe('Figure', () => {
  it('says what it is: indicator, region, period, receipt, unit, and where its history is', () => {
    const figure = mount(Figure, { props: { figure: live } })
    expect(figure.attributes()).toMatchObject({
      'data-indicator': 'MAC.IND.VAI',
      'data-region': '220100',
      'data-period': '2026-01/2026-06',
      'data-received': '2026-07-18T02:00:05Z',
      'data-unit': '%',
      href: '/analyst?indicator=MAC.IND.VAI&region=220100',
    })
    expect(figure.attributes('title')).toContain('stats')
  })

  it('writes the value with sign and unit, minus as U+2212', () => {
    expect(textOf(live, { signed: true })).toBe('+4.1%')
    expect(textOf({ ...live, observation: { ...observation, value: -4.1 } }, { signed: true })).toBe(
      '\u22124.1%',
    )
  })

  it('writes differences of rates in 个百分点, with the arrow of the direction', () => {
    expect(textOf(live, { part: 'yoy' })).toBe('▼0.4个百分点')
    expect(textOf(live, { part: 'yoy', tight: true })).toBe('▼0.4百分点')
  })

  it('says how far below its target it is, in the colour of the judgement and nothing else', () => {
    const gap = mount(Figure, { props: { figure: missed, part: 'gap', judged: true } })
    expect(gap.text()).toBe('低0.9个百分点')
    expect(gap.classes()).toContain('tone-worse')
    expect(mount(Figure, { props: { figure: missed } }).classes()).not.toContain('tone-worse')
  })

  it('shows a dash with the reason for what is missing, never a zero', () => {
    const never = mount(Figure, {
      props: { figure: { ...live, observation: undefined, freshness: 'missing' } },
    })
    expect(never.text()).toBe('—')
    expect(never.attributes('title')).toContain('尚未收到')
    const none = mount(Figure, {
      props: { figure: { ...live, observation: { ...observation, value: null }, freshness: 'missing' } },
    })
    expect(none.text()).toBe('—')
    expect(none.attributes('title')).toContain('来源报告')
    const old = mount(Figure, { props: { figure: { ...live, freshness: 'missing' } } })
    expect(old.text()).toBe('—')
    expect(old.attributes('title')).toContain('4.1%')
  })

  it('keeps a late value, marked', () => {
    const late = mount(Figure, { props: { figure: { ...live, freshness: 'late' } } })
    expect(late.text()).toBe('◔4.1%')
    expect(late.classes()).toContain('late')
  })

  it('shows a published record without any mark of lateness', () => {
    const historic = mount(Figure, { props: { figure: { ...live, freshness: 'historic' } } })
    expect(historic.text()).toBe('4.1%')
    expect(historic.attributes('title')).toContain('历史发布值')
  })

  it('rolls only the digit that changed', async () => {
    const figure = mount(Figure, { props: { figure: live } })
    expect(figure.findAll('.rolled')).toHaveLength(0)
    await figure.setProps({ figure: { ...live, observation: { ...observation, value: 4.3 } } })
    await nextTick()
    expect(figure.findAll('.rolled').map((digit) => digit.text())).toEqual(['3'])
    expect(figure.text()).toBe('4.3%')
  })
})
