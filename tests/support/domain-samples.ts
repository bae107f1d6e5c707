import * as v from 'valibot'
import { type Indicator, type IndicatorInput, IndicatorSchema } from '../../src/domain/indicator.ts'
import type { Observation } from '../../src/domain/observation.ts'
import { parsePeriodLabel } from '../../src/domain/period.ts'

export const shanghai = 'Asia/Shanghai'

/** A monthly sum in 元, changed as a test needs it. */
export function indicatorOf(change: Partial<IndicatorInput> = {}): Indicator {
  return v.parse(IndicatorSchema, {
    code: 'MAC.TEST.ONE',
    name: { zh: '试验指标' },
    definition: { zh: '只为测试' },
    unit: 'CNY',
    freq: 'M',
    timeBasis: 'sum',
    direction: 'higher-better',
    rollup: 'sum',
    department: 'statistics',
    ...change,
  })
}

/** An observation of that indicator for a labelled period of the city. */
export function observationOf(
  indicator: Indicator,
  label: string,
  value: number | null,
  change: Partial<Observation> = {},
): Observation {
  const period = parsePeriodLabel(label, indicator.freq, indicator.timeBasis, shanghai, indicator)
  if (!period) throw new Error(`${label} is no period of ${indicator.code}`)
  return {
    indicator: indicator.code,
    region: '220100',
    dims: {},
    period,
    value,
    unit: indicator.unit,
    status: value === null ? 'M' : 'A',
    flags: [],
    provenance: 'real',
    source: 'test',
    resultTime: period.end,
    receivedAt: period.end,
    revision: 0,
    lineage: 'test',
    comparisons: [],
    ...change,
  }
}
