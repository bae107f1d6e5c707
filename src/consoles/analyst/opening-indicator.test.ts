import { describe, expect, it } from 'vitest'
import { indicatorOf, observationOf } from '../../../tests/support/domain-samples.ts'
import type { Indicator } from '../../domain/indicator.ts'
import type { Observation } from '../../domain/observation.ts'
import { openingIndicator } from './opening-indicator.ts'

const panel = (options: Record<string, unknown>) => ({ panel: 'FiguresPanel', area: 'here', options })
const wall = {
  panels: [
    panel({ temperature: 'NAT.TMP.NOW', limit: 3, title: 'not a code' }),
    panel({ rows: [{ code: 'MAC.GDP.TOTAL', growth: 'MAC.GDP.GROWTH' }, { code: 'MAC.IND.VAI' }] }),
    panel({ aqi: 'ECO.AIR.AQI' }),
  ],
}
const codes = ['ECO.AIR.AQI', 'MAC.GDP.GROWTH', 'MAC.GDP.TOTAL', 'MAC.IND.VAI', 'NAT.TMP.NOW']

const target = (value: number) => ({
  region: '220100',
  op: '>=' as const,
  value,
  source: { title: '试验', provenance: 'real' as const },
})

/** A rate each, with the target of 5 %. */
function catalogueOf(held: readonly string[]): ReadonlyMap<string, Indicator> {
  return new Map(
    held.map((code) => [
      code,
      indicatorOf({ code, unit: '%', timeBasis: 'average', rollup: 'none', targets: [target(5)] }),
    ]),
  )
}

function newestOf(indicators: ReadonlyMap<string, Indicator>, values: Record<string, number | null>) {
  return (code: string): Observation | undefined =>
    values[code] === undefined ? undefined : observationOf(indicators.get(code)!, '2026-06', values[code])
}

describe('where the analyst opens', () => {
  const all = catalogueOf(codes)

  it('opens on the first figure of the wall that misses its target, nested or not', () => {
    const newest = newestOf(all, {
      'NAT.TMP.NOW': 9,
      'MAC.GDP.GROWTH': 4,
      'MAC.IND.VAI': 3,
      'ECO.AIR.AQI': 2,
    })
    expect(openingIndicator(wall, all, newest)).toBe('MAC.GDP.GROWTH')
    const later = newestOf(all, { 'MAC.GDP.GROWTH': 6, 'MAC.IND.VAI': 3 })
    expect(openingIndicator(wall, all, later)).toBe('MAC.IND.VAI')
  })

  it('opens on the first of the wall where nothing misses its target or nothing is known', () => {
    expect(openingIndicator(wall, all, newestOf(all, { 'MAC.IND.VAI': 8, 'MAC.GDP.GROWTH': null }))).toBe(
      'NAT.TMP.NOW',
    )
    expect(openingIndicator(wall, all, () => undefined)).toBe('NAT.TMP.NOW')
  })

  it('passes over what the viewer may not see', () => {
    const few = catalogueOf(['ECO.AIR.AQI', 'MAC.IND.VAI'])
    expect(openingIndicator(wall, few, newestOf(few, { 'ECO.AIR.AQI': 3 }))).toBe('ECO.AIR.AQI')
    expect(openingIndicator(wall, few, () => undefined)).toBe('MAC.IND.VAI')
  })

  it('opens on the first of the catalogue where the wall names nothing of it', () => {
    expect(openingIndicator(undefined, all, () => undefined)).toBe('ECO.AIR.AQI')
    expect(openingIndicator(wall, new Map(), () => undefined)).toBeUndefined()
  })
})
