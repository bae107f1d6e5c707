import { expect, it } from 'vitest'
import { indicatorOf, observationOf } from '../../tests/support/domain-samples.ts'
import { judgedOf } from './judged.ts'

it('judges the newest values of the whole city, and no history, county, breakdown or gap', () => {
  const source = { title: '政府工作报告', provenance: 'real' as const }
  const target = (region: string) => ({ region, op: '>=' as const, value: 5, source })
  const indicator = indicatorOf({ unit: '%', targets: [target('220100'), target('220102')] })
  const observation = (change = {}, value: number | null = 4) =>
    observationOf(indicator, '2026-06', value, change)
  const all = [
    observation(),
    observation({ region: '220102' }),
    observation({ dims: { industry: 'C' } }),
    observation({ source: 'history' }),
    observation({}, null),
    observation({ indicator: 'MAC.TEST.UNKNOWN' }),
  ]
  const judged = judgedOf(all, {
    root: '220100',
    indicator: (code) => (code === indicator.code ? indicator : undefined),
    once: (id) => id === 'history',
  })
  expect(judged).toMatchObject([
    { observation: all[0], judgement: { verdict: 'missed', gap: { value: -1, unit: 'pp' } } },
  ])
})
