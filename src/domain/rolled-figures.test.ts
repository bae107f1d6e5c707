import { describe, expect, it } from 'vitest'
import { indicatorOf, observationOf, shanghai } from '../../tests/support/domain-samples.ts'
import type { Observation } from './observation.ts'
import type { Region } from './region.ts'
import { datedTrees } from './regions-at.ts'
import { comparedRolled } from './rolled-comparison.ts'
import { type RolledInput, parseLineageId, rolledFigures, rolledWeights } from './rolled-figures.ts'
import { rolledLineage } from './rolled-lineage.ts'

const region = (code: string, level: Region['level'], more: Partial<Region> = {}): Region => ({
  code,
  level,
  name: { zh: code },
  ...more,
})
// 公主岭 was of another city before 2020-06-19; a street of 南关 is run by a zone.
const regions = [
  region('220000', 'province'),
  region('220100', 'city', { parent: '220000' }),
  region('220102', 'county', { parent: '220100' }),
  region('220103', 'county', { parent: '220100' }),
  region('220184', 'county', { parent: '220100', validFrom: '2020-06-19' }),
  region('zone:220171', 'zone', { parent: '220100' }),
  region('220102001', 'town', { parent: '220102' }),
  region('220171001', 'town', { parent: '220102', operatingParent: 'zone:220171' }),
]
const area = indicatorOf({ code: 'MAC.AGR.SOWN', unit: 'har', freq: 'A', display: {} })
const world = { root: '220100', zone: shanghai, treeAt: datedTrees(regions) }
const told = (year: string, values: Record<string, number | null>, indicator = area): Observation[] =>
  Object.entries(values).map(([code, value]) => observationOf(indicator, year, value, { region: code }))
const roll = (observations: Observation[], more: Partial<RolledInput> = {}) =>
  rolledFigures({ ...world, indicator: area, observations, ...more })
const values = (figures: ReturnType<typeof roll>) =>
  figures.map(({ observation: { region: code, period, value, coverage } }) => [
    code,
    period.label,
    value,
    `${coverage!.have}/${coverage!.of}`,
  ])

describe('rolledFigures', () => {
  it('sums 2019 over the units of 2019 and 2021 over those of 2021', () => {
    const counties = { '220102': 70, '220103': 20, '220184': 30 }
    expect(values(roll([...told('2019', counties), ...told('2021', counties)]))).toEqual([
      ['220100', '2019', 90, '2/2'],
      ['220100', '2021', 120, '3/3'],
    ])
  })

  it('counts a street once: in its county, never also in the zone that runs it', () => {
    const figures = roll(told('2021', { '220102001': 3, '220171001': 4, '220103': 20, '220184': 30 }))
    expect(values(figures)).toEqual([
      ['220102', '2021', 7, '2/2'],
      ['220100', '2021', 57, '3/3'],
    ])
    expect(figures.some(({ observation }) => observation.region === 'zone:220171')).toBe(false)
  })

  it('leaves a figure of its own, and a period that its own source has yet to tell', () => {
    expect(roll(told('2021', { '220100': 999, '220102': 70, '220103': 20 }))).toEqual([])
    expect(roll(told('2021', { '220100': null, '220102': 70 }))).toEqual([])
    const ownNewestEnd = () => told('2020', { '220100': 1 })[0]!.period.end
    expect(
      values(roll([...told('2019', { '220102': 1 }), ...told('2021', { '220102': 2 })], { ownNewestEnd })),
    ).toEqual([['220100', '2019', 1, '1/2']])
  })

  it('tells how many are missing, keeps a gap below, and knows nothing of a province', () => {
    const [figure, ...others] = roll(told('2021', { '220102': 70, '220103': null }))
    expect(others).toEqual([])
    expect(figure!.observation).toMatchObject({
      value: 70,
      coverage: { have: 1, of: 3 },
      flags: ['partial-coverage'],
    })
    const [, city] = roll(told('2021', { '220102001': 3, '220103': 20, '220184': 30 }))
    expect(city!.observation).toMatchObject({
      value: 53,
      coverage: { have: 3, of: 3 },
      flags: ['partial-coverage'],
    })
  })

  it('weighs by what was told or summed of the weight', () => {
    const crop = indicatorOf({
      code: 'MAC.AGR.YIELD',
      unit: 'kg',
      freq: 'A',
      rollup: { weightedBy: area.code },
    })
    const observations = told('2021', { '220102': 10, '220103': 40, '220184': 40 }, crop)
    const weights = rolledWeights({
      ...world,
      indicator: area,
      observations: told('2021', { '220102001': 8, '220103': 1, '220184': 1 }),
    })
    expect(rolledFigures({ ...world, indicator: crop, observations, weights })[0]!.observation.value).toBe(16)
    // A county's record can be made again from its own part of the city, so a later weight elsewhere is none of its own.
    const [inCounty] = rolledFigures({
      ...world,
      indicator: crop,
      observations: told('2021', { '220102001': 10 }, crop),
      weights: [
        ...told('2021', { '220102001': 8 }),
        { ...told('2021', { '220103': 1 })[0]!, receivedAt: '2026-08-06T00:00:00.000Z' },
      ],
    })
    expect(inCounty!.observation).toMatchObject({
      region: '220102',
      receivedAt: weights[0]!.receivedAt,
    })
  })

  it('compares nothing with a figure that lacks a unit further down', () => {
    const others = { '220103': 20, '220184': 30 }
    const figures = roll([
      ...told('2021', { '220102001': 3, '220171001': 4, ...others }),
      ...told('2022', { '220102001': 3, ...others }),
    ]).filter(({ observation }) => observation.region === '220100')
    const compared = figures.map(comparedRolled({ ...area, comparisons: ['yoy'] }, figures, shanghai))
    expect(compared.map(({ value, comparisons }) => [value, comparisons])).toEqual([
      [57, []],
      [53, []],
    ])
  })

  it('compares no means of other units, though as many have a weight in either year', () => {
    const crop = indicatorOf({
      code: 'MAC.AGR.YIELD',
      unit: 'kg',
      freq: 'A',
      rollup: { weightedBy: area.code },
    })
    const counties = { '220102': 10, '220103': 40, '220184': 40 }
    const compared = (before: Record<string, number>) => {
      const figures = rolledFigures({
        ...world,
        indicator: crop,
        observations: [...told('2021', counties, crop), ...told('2022', counties, crop)],
        weights: [...told('2021', before), ...told('2022', { '220102': 1, '220184': 1 })],
      })
      return figures.map(comparedRolled({ ...crop, comparisons: ['yoy'] }, figures, shanghai))[1]
    }
    expect(compared({ '220102': 1, '220103': 1 })).toMatchObject({ value: 25, comparisons: [] })
    expect(compared({ '220102': 3, '220184': 1 })?.comparisons).toHaveLength(1)
  })

  it('looks at each weight a few times, not once for each period', () => {
    const crop = indicatorOf({
      code: 'MAC.AGR.YIELD',
      unit: 'kg',
      freq: 'A',
      rollup: { weightedBy: area.code },
    })
    const years = Array.from({ length: 60 }, (_, nth) => String(2021 + nth))
    let looks = 0
    const weights = years
      .flatMap((year) => told(year, { '220102': 8 }))
      .map((weight) =>
        Object.defineProperty({ ...weight }, 'period', { get: () => ((looks += 1), weight.period) }),
      )
    const observations = years.flatMap((year) => told(year, { '220102': 10 }, crop))
    expect(rolledFigures({ ...world, indicator: crop, observations, weights })).toHaveLength(60)
    expect(looks).toBeLessThan(10 * years.length)
  })

  it('names its inputs in a lineage that its id leads back to', () => {
    const [figure] = roll(told('2019', { '220102': 70, '220103': 20 }))
    const { lineage, period } = figure!.observation
    expect(lineage.length).toBeLessThanOrEqual(160)
    expect(parseLineageId(lineage)).toMatchObject({
      indicator: area.code,
      region: '220100',
      startMs: Date.parse(period.start),
      endMs: Date.parse(period.end),
    })
    expect(parseLineageId('bureau:MAC.GDP.TOTAL:abc')).toBeUndefined()
    const noInstant = lineage.replace(/[^:]*$/, 'z'.repeat(40))
    expect(parseLineageId(noInstant)).toBeUndefined()
    expect(rolledLineage(area, figure!).steps.map(({ step, detail }) => `${step} ${detail}`)).toEqual([
      'rollup 2/2',
      '220102 70 har · test',
      '220103 20 har · test',
    ])
  })
})
