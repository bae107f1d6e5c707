import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { indicatorOf, observationOf } from '../../tests/support/domain-samples.ts'
import { coverageText } from './coverage-text.ts'
import Figure from './Figure.vue'
import { ref } from 'vue'
import { wordsOf } from './words.ts'

const indicator = indicatorOf({ unit: 'har', display: { decimals: 0 } })
const sum = (have: number, of: number, region = '220100') =>
  observationOf(indicator, '2026-06', 90, { region, coverage: { have, of } })
const shown = (observation: ReturnType<typeof sum>) =>
  mount(Figure, {
    props: { figure: { indicator, observation, freshness: 'live', judgement: undefined, state: 'ok' } },
  })

it('says of how many units a sum was made, by the level of its region', () => {
  const { t } = wordsOf(ref('zh' as const))
  expect(coverageText(sum(10, 11), t)).toBe('由 10/11 个县（市）区汇总')
  expect(coverageText(sum(3, 14, '220102'), t)).toBe('由 3/14 个下级单位汇总')
  expect(coverageText(observationOf(indicator, '2026-06', 1), t)).toBe('')
})

it('never shows a sum that lacks units as if it were whole', () => {
  expect(shown(sum(10, 11)).text()).toBe('90公顷10/11')
  expect(shown(sum(11, 11)).text()).toBe('90公顷')
  expect(shown(sum(11, 11)).attributes('title')).toContain('由 11/11 个县（市）区汇总')
})
