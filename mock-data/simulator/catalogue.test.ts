import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { parse as parseCsv } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { catalogue, periodLabel, pointsOf, type DatedPoint } from './catalogue.ts'
import { slotOfMonth } from './cadence.ts'
import { city, counties, zones } from './places.ts'
import { publishedPeriods } from './published-periods.ts'
import { demoSeed } from './seed.ts'

const nowMs = Date.parse('2026-08-06T14:32:08+08:00')
const years3 = { fromMs: Date.parse('2023-07-01T00:00:00+08:00'), toMs: nowMs }

function points(code: string, at = nowMs, window?: { fromMs: number; toMs: number }): DatedPoint[] {
  return pointsOf(catalogue.get(code)!, demoSeed, at, window)
}

const labels = (list: DatedPoint[]) => [
  ...new Set(list.map(({ cadence, slot }) => periodLabel(cadence, slot))),
]

describe('the simulator', () => {
  it('gives the same bytes for the same seed and instant, whatever was asked before', () => {
    const told = () =>
      [...catalogue.values()].map((series) => JSON.stringify(pointsOf(series, demoSeed, nowMs)))
    const first = told()
    for (const series of catalogue.values()) pointsOf(series, 'another seed', nowMs - 86_400_000)
    expect(told()).toEqual(first)
    expect(createHash('sha256').update(first.join('\n')).digest('hex').slice(0, 32)).toBe(
      '71c7c1d6a9f6fa82e55d6c893ab4eee9',
    )
  })

  it('is another city with another seed', () => {
    const told = (seed: string) => (code: string) =>
      JSON.stringify(pointsOf(catalogue.get(code)!, seed, nowMs))
    const same = [...catalogue.keys()].filter((code) => told('a')(code) === told('b')(code))
    // What a roster or a goal fixes does not depend on chance, a dry hour is dry in both, and a rare alert is given in neither.
    expect(same).toContain('SAF.RES.TEAMS_ALL')
    expect(same.length).toBeLessThan(12)
  })

  it('answers an old period the same later on, once it is final', () => {
    const window = {
      fromMs: Date.parse('2025-03-01T00:00:00+08:00'),
      toMs: Date.parse('2025-05-01T00:00:00+08:00'),
    }
    for (const code of ['MAC.CON.RETAIL', 'MAC.FIS.REV', 'MAC.ENE.POWER', 'IND.ENT.ABOVE']) {
      const [then, later] = [Date.parse('2025-09-01T00:00:00Z'), nowMs].map((at) => points(code, at, window))
      expect(then, code).toEqual(later)
      expect(then!.length, code).toBeGreaterThan(0)
    }
  })

  it('uses no clock, no chance and no function that engines round differently', () => {
    const folder = new URL('.', import.meta.url)
    for (const name of readdirSync(folder).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
    )) {
      const code = readFileSync(new URL(name, folder), 'utf8')
      expect(code, name).not.toMatch(
        /Math\.(random|sin|cos|tan|exp|log|pow|atan|hypot|cbrt)|Date\.now|new Date\(\)|performance/,
      )
    }
  })

  it('reaches 36 months, 30 days by the hour and 24 hours by the minute', () => {
    const since = (ms: number) => ({ fromMs: nowMs - ms, toMs: nowMs })
    expect(labels(points('MAC.PRI.CPI', nowMs, years3)).length).toBeGreaterThanOrEqual(36)
    expect(labels(points('PUB.12345.HOURLY', nowMs, since(30 * 86_400_000))).length).toBeGreaterThanOrEqual(
      719,
    )
    expect(labels(points('SAF.VIDEO.ONLINE', nowMs, since(86_400_000))).length).toBeGreaterThanOrEqual(1440)
  })
})

describe('publishing calendars', () => {
  it('publishes January and February together in March', () => {
    const months = labels(points('MAC.IND.VAI', nowMs, years3))
    expect(months.filter((label) => label.endsWith('-01'))).toEqual([])
    expect(months).toContain('2026-02')
    expect(labels(points('MAC.IND.VAI', Date.parse('2026-03-18T09:59:00+08:00'))).at(-1)).toBe('2025-12')
    expect(labels(points('MAC.IND.VAI', Date.parse('2026-03-18T10:00:00+08:00'))).at(-1)).toBe('2026-02')
  })

  it('has no quarter before its 21st, and revises it with the next', () => {
    expect(labels(points('MAC.GDP.TOTAL', Date.parse('2026-07-21T09:00:00+08:00'))).at(-1)).toBe('2026-Q1')
    const first = points('MAC.GDP.TOTAL', Date.parse('2026-07-21T10:00:00+08:00')).at(-1)!
    expect([first.status, periodLabel('Q', first.slot)]).toEqual(['P', '2026-Q2'])
    const revised = points('MAC.GDP.TOTAL', Date.parse('2026-10-21T10:00:00+08:00')).find(
      ({ slot }) => slot === first.slot,
    )!
    expect(revised.status).toBe('A')
    expect(revised.releasedMs).toBeGreaterThan(first.releasedMs)
    expect(Math.abs(revised.value! / first.value! - 1)).toBeLessThan(0.002)
  })

  it('never tells what is not yet known', () => {
    for (const series of catalogue.values()) {
      for (const point of pointsOf(series, demoSeed, nowMs)) {
        expect(point.releasedMs, series.code).toBeLessThanOrEqual(nowMs)
        expect(point.startMs, series.code).toBeLessThanOrEqual(nowMs)
      }
    }
  })
})

describe('sums', () => {
  it.each(['MAC.FIS.REV', 'MAC.ENE.POWER', 'PUB.12345.VOL'])(
    '%s of the eleven county units is the city’s, to the last digit',
    (code) => {
      const list = points(code)
      const countyCodes = new Set<string>(counties.map((county) => county.code))
      for (const slot of new Set(list.map((point) => point.slot))) {
        const at = list.filter((point) => point.slot === slot)
        const sum = at
          .filter(({ region }) => countyCodes.has(region))
          .reduce((total, { value }) => total + value!, 0)
        expect(sum).toBe(at.find(({ region }) => region === city)!.value)
      }
    },
  )

  it('lets zones overlap: their sum is not the city', () => {
    const latest = points('MAC.FIS.REV').filter(({ slot }) => slot === slotOfMonth(2026, 7))
    const zoneSum = latest
      .filter(({ region }) => region.startsWith('zone:'))
      .reduce((total, { value }) => total + value!, 0)
    expect(latest.filter(({ region }) => region.startsWith('zone:'))).toHaveLength(zones.length)
    expect(zoneSum).toBeLessThan(latest.find(({ region }) => region === city)!.value!)
  })

  it('counts topics to the day’s total and shares of opinion to one hundred', () => {
    const topics = points('PUB.12345.TOPIC')
    const slot = topics.at(-1)!.slot
    const sum = topics.filter((point) => point.slot === slot).reduce((total, { value }) => total + value!, 0)
    expect(sum).toBe(
      points('PUB.12345.VOL').find((point) => point.slot === slot && point.region === city)!.value,
    )
    const shares = points('PUB.OPN.SENTIMENT').slice(-3)
    expect(shares.reduce((total, { value }) => total + value!, 0)).toBeCloseTo(100, 9)
  })

  it('adds up within a year: a cumulative figure never falls', () => {
    for (const code of ['MAC.CON.RETAIL', 'MAC.FIS.REV', 'MAC.GDP.TOTAL']) {
      const cityPoints = points(code, nowMs, years3).filter(({ region }) => region === city)
      const yearOf = ({ cadence, slot }: DatedPoint) => periodLabel(cadence, slot).slice(0, 4)
      const fallen = cityPoints.filter((point, index) => {
        const before = cityPoints[index - 1]
        return before !== undefined && yearOf(before) === yearOf(point) && point.value! <= before.value!
      })
      expect(fallen, code).toEqual([])
    }
  })
})

describe('published periods', () => {
  const facts: Record<string, string>[] = parseCsv(
    readFileSync(new URL('../facts/changchun.csv', import.meta.url)),
    { columns: true },
  )
  const published = facts.filter(({ verdict }) => verdict === '历史发布值')

  it('are exactly the published rows of series that are simulated too', () => {
    const taken = published
      .filter(({ indicator, region }) =>
        catalogue.get(indicator!)?.places.some((place) => place.region === region),
      )
      .map(
        ({ indicator, region, period }) =>
          `${indicator}|${region}|${period!.replace(/^(\d{4})(Q\d)$/, '$1-$2').replace(/^(\d{4})(\d\d)$/, '$1-$2')}`,
      )
    expect(taken.toSorted()).toEqual([...publishedPeriods].toSorted())
  })

  it('are left out by the simulator', () => {
    expect(labels(points('MAC.GDP.TOTAL', nowMs, years3))).not.toContain('2025-Q2')
    expect(labels(points('MAC.GDP.TOTAL', nowMs, years3))).toContain('2025-Q3')
    expect(labels(points('MAC.GDP.GROWTH', nowMs, years3))).not.toContain('2024-Q4')
  })

  it('are all grade A; every other row says why it waits or is refused', () => {
    expect(facts.length).toBeGreaterThanOrEqual(96)
    const unclear = facts.filter(({ grade, verdict }) =>
      verdict === '历史发布值' ? grade !== 'A' : !/^(待核|拒绝):.+/.test(verdict!),
    )
    expect(unclear).toEqual([])
  })
})
