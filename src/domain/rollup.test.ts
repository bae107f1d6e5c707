import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IndicatorInput } from './indicator.ts'
import type { Observation } from './observation.ts'
import { buildRegionTree } from './region-tree.ts'
import { rollUp } from './rollup.ts'
import { indicatorOf, observationOf } from '../../tests/support/domain-samples.ts'

const counties = ['220102', '220103', '220104']
const tree = buildRegionTree([
  { code: '220100', level: 'city', name: { zh: '长春市' } },
  ...counties.map((code) => ({ code, level: 'county' as const, name: { zh: code }, parent: '220100' })),
  { code: 'zone:jingkai', level: 'zone', name: { zh: '经开区' }, parent: '220100' },
])
const people = indicatorOf({ code: 'MAC.POP.TOTAL', unit: '{person}' })

function roll(
  change: Partial<IndicatorInput>,
  values: (number | null | undefined)[],
  weights: (number | null)[] = [],
  alter: Partial<Observation> = {},
  region = '220100',
) {
  const indicator = indicatorOf(change)
  const observations = values.flatMap((value, index) =>
    value === undefined
      ? []
      : [
          observationOf(indicator, '2026-06', value, {
            region: counties[index]!,
            ...(index === 0 ? alter : {}),
          }),
        ],
  )
  const zone = observationOf(indicator, '2026-06', 1e6, { region: 'zone:jingkai' })
  const weighing = weights.map((weight, index) =>
    observationOf(people, '2026-06', weight, { region: counties[index]! }),
  )
  return rollUp({
    indicator,
    region,
    tree,
    observations: [zone, ...observations],
    weights: weighing,
    receivedAt: '2026-07-01T00:00:00Z',
  })
}
const weighted = { unit: '%', rollup: { weightedBy: 'MAC.POP.TOTAL' } }

describe('rollUp', () => {
  it('sums the counties and no zone', () => {
    expect(roll({}, [1, 2, 3])).toMatchObject({
      observation: { value: 6, flags: [], provenance: 'derived', region: '220100' },
      coverage: { have: 3, of: 3 },
    })
  })

  it('says how much is missing instead of counting it as nothing', () => {
    for (const gap of [null, undefined]) {
      expect(roll({}, [1, gap, 3])).toMatchObject({
        observation: { value: 4, flags: ['partial-coverage'] },
        coverage: { have: 2, of: 3 },
      })
    }
    expect(roll({}, [null, null, undefined])).toEqual({
      refused: expect.stringContaining('no child has a value'),
    })
    expect(roll({}, [0, 0, 0])).toMatchObject({ observation: { value: 0, flags: [] } })
  })

  it('flags exactly the rolls that miss a child', () => {
    const value = fc.option(fc.integer({ min: -1000, max: 1000 }))
    fc.assert(
      fc.property(fc.tuple(value, value, value), (values) => {
        const have = values.filter((one) => one !== null)
        const answer = roll({}, values)
        const rolled = {
          observation: {
            value: have.reduce((a, b) => a + b, 0),
            flags: have.length < 3 ? ['partial-coverage'] : [],
          },
          coverage: { have: have.length, of: 3 },
        }
        const wanted =
          have.length === 0 ? { refused: 'MAC.TEST.ONE of 220100: no child has a value' } : rolled
        expect(answer).toMatchObject(wanted)
      }),
    )
  })

  it('averages rates by their weight', () => {
    expect(roll(weighted, [10, 40, 40], [8, 1, 1])).toMatchObject({ observation: { value: 16 } })
    expect(roll(weighted, [10, 40, 40], [8, 2, null])).toMatchObject({
      observation: { value: 16, flags: ['partial-coverage'] },
      coverage: { have: 2, of: 3 },
    })
    expect(roll(weighted, [10, 40, 40], [])).toHaveProperty('refused')
    expect(roll(weighted, [10, 40, 40], [0, 0, 0])).toHaveProperty('refused')
  })

  it('stays between the smallest and largest rate and moves with the weights', () => {
    const three = fc.tuple(
      fc.integer({ min: 0, max: 100 }),
      fc.integer({ min: 0, max: 100 }),
      fc.integer({ min: 0, max: 100 }),
    )
    fc.assert(
      fc.property(
        three,
        fc.tuple(
          fc.integer({ min: 1, max: 99 }),
          fc.integer({ min: 1, max: 99 }),
          fc.integer({ min: 1, max: 99 }),
        ),
        (rates, weights) => {
          const answer = roll(weighted, rates, weights)
          if ('refused' in answer) throw new Error(answer.refused)
          const total = weights.reduce((a, b) => a + b, 0)
          expect(answer.observation.value).toBeCloseTo(
            rates.reduce((sum, rate, i) => sum + rate * weights[i]!, 0) / total,
            9,
          )
          expect(answer.observation.value!).toBeGreaterThanOrEqual(Math.min(...rates) - 1e-9)
          expect(answer.observation.value!).toBeLessThanOrEqual(Math.max(...rates) + 1e-9)
        },
      ),
    )
  })

  it('becomes synthetic by one synthetic input, and carries gaps below upwards', () => {
    expect(roll({}, [1, 2, 3], [], { provenance: 'synthetic' })).toMatchObject({
      observation: { provenance: 'synthetic' },
    })
    expect(roll({}, [1, 2, 3], [], { flags: ['partial-coverage'], status: 'P' })).toMatchObject({
      observation: { flags: ['partial-coverage'], status: 'P' },
    })
  })

  it('refuses zones, what cannot be added, and mixtures', () => {
    expect(roll({}, [1, 2, 3], [], {}, 'zone:jingkai')).toEqual({
      refused: expect.stringContaining('zones overlap'),
    })
    expect(roll({}, [1, 2, 3], [], {}, '999999')).toHaveProperty('refused')
    for (const rollup of ['none', { nonAdditive: { zh: '中位数不能相加' } }] as const)
      expect(roll({ rollup }, [1, 2, 3])).toEqual({
        refused: expect.stringContaining('cannot be rolled up'),
      })
    expect(roll({}, [1, 2, 3], [], { unit: 'USD' })).toEqual({
      refused: expect.stringContaining('not all in CNY'),
    })
    expect(roll({}, [1, 2, 3], [], { dims: { industry: 'C' } })).toEqual({
      refused: expect.stringContaining('dimensions'),
    })
    const other = observationOf(indicatorOf(), '2026-05', 1).period
    expect(roll({}, [1, 2, 3], [], { period: other })).toEqual({
      refused: expect.stringContaining('different periods'),
    })
  })
})
