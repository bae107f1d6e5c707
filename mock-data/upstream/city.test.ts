import { readdirSync, readFileSync } from 'node:fs'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import file from '../../src/adapters/indicators/file.ts'
import restJson from '../../src/adapters/indicators/rest-json.ts'
import type { Window } from '../../src/contracts/indicator-adapter.ts'
import { CityConfigSchema } from '../../src/domain/city.ts'
import { IndicatorSchema, type Indicator } from '../../src/domain/indicator.ts'
import { parsePeriodLabel, periodOf } from '../../src/domain/period.ts'
import type { Reading, Refusal } from '../../src/domain/reading.ts'
import { RegionSchema } from '../../src/domain/region.ts'
import { SourceSchema, type Source } from '../../src/domain/source.ts'
import { convert, isUnit } from '../../src/domain/unit.ts'
import { catalogue } from '../simulator/catalogue.ts'
import { departments } from './departments.ts'
import { directIo, factsIo, secretsForTests } from './direct-io.ts'

const folder = new URL('../../cities/changchun/', import.meta.url)
const yaml = (name: string): unknown => parse(readFileSync(new URL(name, folder), 'utf8'))
const list = (name: string, key: string): unknown[] => (yaml(name) as Record<string, unknown[]>)[key] ?? []

const cityConfig = v.parse(CityConfigSchema, yaml('city.yaml'))
const sources = new Map(
  list('sources.yaml', 'sources').map((entry) => {
    const source = v.parse(SourceSchema, entry)
    return [source.id, source] as const
  }),
)
const indicators: Indicator[] = readdirSync(new URL('indicators/', folder))
  .flatMap((name) => list(`indicators/${name}`, 'indicators'))
  .map((entry) => v.parse(IndicatorSchema, entry))
const regions = new Set(
  (JSON.parse(readFileSync(new URL('regions.json', folder), 'utf8')) as unknown[]).map(
    (entry) => v.parse(RegionSchema, entry).code,
  ),
)

const nowMs = Date.parse('2026-08-06T14:32:08+08:00')
const zone = 'Asia/Shanghai'

function settingsOf(source: Source): unknown {
  return JSON.parse(JSON.stringify(source.settings).replaceAll('${DEMO_UPSTREAM}', 'http://127.0.0.1:1'))
}

async function readAll(indicator: Indicator, nth: number, window: Window) {
  const { source: id, mapping } = indicator.sources[nth]!
  const source = sources.get(id)!
  const readings: Reading[] = []
  const refusals: Refusal[] = []
  const pages =
    source.adapter === 'file'
      ? file.read(
          v.parse(file.settings, settingsOf(source)),
          v.parse(file.mapping, mapping),
          window,
          factsIo(nowMs),
        )
      : restJson.read(
          v.parse(restJson.settings, settingsOf(source)),
          v.parse(restJson.mapping, mapping),
          window,
          directIo(nowMs, 'changchun'),
        )
  for await (const page of pages) {
    readings.push(...page.readings)
    refusals.push(...page.refusals)
  }
  return { readings, refusals }
}

const wideMs: Record<string, number> = {
  I: 30_000,
  N: 600_000,
  H: 26 * 3_600_000,
  D: 9 * 86_400_000,
  W: 21 * 86_400_000,
  M: 125 * 86_400_000,
  Q: 370 * 86_400_000,
  A: 800 * 86_400_000,
  E: 60 * 86_400_000,
}

function recentWindow(indicator: Indicator): Window {
  return { from: new Date(nowMs - wideMs[indicator.freq]!).toISOString(), to: new Date(nowMs).toISOString() }
}

function periodOfReading(indicator: Indicator, { at }: Reading) {
  const { freq, timeBasis } = indicator
  return 'instant' in at
    ? periodOf(freq, timeBasis, Date.parse(at.instant), zone, indicator)
    : parsePeriodLabel(at.label, freq, timeBasis, zone, indicator)
}

function expectGood(indicator: Indicator, reading: Reading): void {
  const told = `${indicator.code} ${JSON.stringify(reading)}`
  const period = periodOfReading(indicator, reading)
  expect(period, told).toBeDefined()
  expect(Date.parse(period!.start), told).toBeLessThanOrEqual(nowMs)
  expect(regions.has(reading.region), told).toBe(true)
  for (const { key, codes } of indicator.dimensions)
    expect(
      codes!.map(({ value }) => value),
      told,
    ).toContain(reading.dims[key])
  expect(Object.keys(reading.dims).toSorted(), told).toEqual(
    indicator.dimensions.map(({ key }) => key).toSorted(),
  )
  const { min = -Infinity, max = Infinity } = indicator.validity
  const converted =
    reading.value === null
      ? { value: Math.max(min, 0) }
      : convert(reading.value, reading.unit, indicator.unit)
  const value = 'value' in converted ? converted.value : Number.NaN
  expect(value >= min && value <= max, told).toBe(true)
}

const overUpstream = indicators.flatMap((indicator) =>
  indicator.sources.flatMap(({ source }, nth) => (source === 'published-facts' ? [] : [{ indicator, nth }])),
)

describe('the demo city', () => {
  it('has sixty indicators and more, from all eight domains asked for, each told, owned and of a known unit', () => {
    expect(indicators.length).toBeGreaterThanOrEqual(60)
    const domains = new Set(indicators.map(({ code }) => code.slice(0, 3)))
    for (const domain of ['MAC', 'IND', 'SAF', 'FIR', 'NAT', 'PUB', 'ECO', 'GOV'])
      expect(domains).toContain(domain)
    const departmentIds = cityConfig.departments.map(({ id }) => id)
    for (const { code, definition, department, unit } of indicators) {
      expect(definition.zh.length, code).toBeGreaterThan(6)
      expect(departmentIds, code).toContain(department)
      expect(isUnit(unit), `${code} ${unit}`).toBe(true)
    }
    expect(new Set(indicators.map(({ code }) => code)).size).toBe(indicators.length)
  })

  it('asks every simulated series once, and every department offers only series that exist', () => {
    const asked = overUpstream.map(({ indicator }) => indicator.code)
    expect(asked.toSorted()).toEqual([...catalogue.keys()].toSorted())
    for (const { id, codes } of departments) {
      expect(sources.has(id), id).toBe(true)
      for (const code of codes) expect(catalogue.has(code), code).toBe(true)
    }
  })

  it.each(overUpstream.map(({ indicator, nth }) => [indicator.code, indicator, nth] as const))(
    '%s reads through its adapter',
    async (_code, indicator, nth) => {
      const { readings, refusals } = await readAll(indicator, nth, recentWindow(indicator))
      expect(refusals).toEqual([])
      expect(readings.length).toBeGreaterThan(0)
      for (const reading of readings) expectGood(indicator, reading)
      // Every series of the catalogue is told at the newest period.
      const series = catalogue.get(indicator.code)!
      expect(new Set(readings.map(({ region, dims }) => JSON.stringify([region, dims]))).size).toBe(
        series.places.length,
      )
    },
  )

  it('keeps wrong credentials out', async () => {
    const io = directIo(nowMs, 'changchun', { ...secretsForTests, DEMO_BEARER: 'something-else' })
    const finance = sources.get('finance')!
    const revenue = indicators.find(({ code }) => code === 'MAC.FIS.REV')!
    const pages = restJson.read(
      v.parse(restJson.settings, settingsOf(finance)),
      v.parse(restJson.mapping, revenue.sources[0]!.mapping),
      recentWindow(revenue),
      io,
    )
    await expect(pages[Symbol.asyncIterator]().next()).rejects.toThrow('401')
  })
})

describe('published figures', () => {
  const published = indicators.flatMap((indicator) =>
    indicator.sources.flatMap(({ source }, nth) =>
      source === 'published-facts' ? [{ indicator, nth }] : [],
    ),
  )

  it.each(published.map(({ indicator, nth }) => [indicator.code, indicator, nth] as const))(
    '%s reads its grade A rows and refuses the others by name',
    async (_code, indicator, nth) => {
      const { readings, refusals } = await readAll(indicator, nth, {
        from: '1900-01-01T00:00:00Z',
        to: new Date(nowMs).toISOString(),
      })
      expect(readings.length).toBeGreaterThan(0)
      for (const reading of readings) expectGood(indicator, reading)
      for (const { reason } of refusals) expect(reason).toMatch(/待核|拒绝/)
    },
  )

  it('tells 3,754.9 亿元 and 5.7 % for the first half of 2025', async () => {
    const gdp = indicators.find(({ code }) => code === 'MAC.GDP.TOTAL')!
    const nth = gdp.sources.findIndex(({ source }) => source === 'published-facts')
    const { readings } = await readAll(gdp, nth, {
      from: '1900-01-01T00:00:00Z',
      to: new Date(nowMs).toISOString(),
    })
    const half = readings.find(({ at }) => 'label' in at && at.label === '2025-01/2025-06')
    expect(half).toMatchObject({
      region: '220100',
      value: 3754.9,
      unit: '10*8.CNY',
      resultTime: '2025-07-31T16:00:00Z',
    })
    expect(half!.comparisons).toEqual([{ kind: 'yoy', value: 5.7, unit: '%', published: true }])
  })
})
