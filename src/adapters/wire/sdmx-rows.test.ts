import { expect, test } from 'vitest'
import { halvesOf, periodText, periodsIn, plainPeriod } from './sdmx-periods.ts'
import { sdmxCsvRows, sdmxJsonRows } from './sdmx-rows.ts'

test('SDMX-CSV is read by its heading, quotes and all', () => {
  const body =
    'STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE,NOTE\r\ndataflow,X:CPI(1.0),I,M,220100,2026-03,101.2,"a, ""b"""\r\n'
  expect(sdmxCsvRows(body, '')).toEqual([
    expect.objectContaining({
      REF_AREA: '220100',
      TIME_PERIOD: '2026-03',
      OBS_VALUE: '101.2',
      NOTE: 'a, "b"',
    }),
  ])
  expect(() => sdmxCsvRows('<html>', 'GET x')).toThrow('GET x: the answer is no SDMX-CSV')
})

const values = (...ids: string[]) => ids.map((id) => ({ id }))
const structure = {
  dimensions: {
    dataSet: [{ id: 'FREQ', values: values('M') }],
    series: [{ id: 'REF_AREA', values: values('220102', '220103') }],
    observation: [{ id: 'TIME_PERIOD', values: [{ value: '2026-02' }, { value: '2026-03' }] }],
  },
  measures: { observation: [{ id: 'OBS_VALUE' }] },
  attributes: {
    dataSet: [{ id: 'UNIT_MULT', values: values('8') }],
    observation: [{ id: 'OBS_STATUS', values: values('A', 'P') }],
  },
}

test('SDMX-JSON by series: places stand for codes, on every level', () => {
  const series = { '1': { observations: { '0': [5.5, 0], '1': [null, 1] } } }
  const message = {
    data: { structures: [structure], dataSets: [{ action: 'Replace', attributes: [0], series }] },
  }
  expect(sdmxJsonRows(JSON.stringify(message), '')).toEqual([
    {
      ACTION: 'R',
      FREQ: 'M',
      UNIT_MULT: '8',
      REF_AREA: '220103',
      TIME_PERIOD: '2026-02',
      OBS_VALUE: 5.5,
      OBS_STATUS: 'A',
    },
    expect.objectContaining({ TIME_PERIOD: '2026-03', OBS_VALUE: null, OBS_STATUS: 'P' }),
  ])
})

test('SDMX-JSON flat, and a key that the structure does not know', () => {
  const { dimensions } = structure
  const flat = {
    ...structure,
    dimensions: { observation: [...dimensions.series, ...dimensions.observation] },
  }
  const message = (key: string) =>
    JSON.stringify({ data: { structures: [flat], dataSets: [{ observations: { [key]: [7] } }] } })
  expect(sdmxJsonRows(message('0:1'), '')).toEqual([
    expect.objectContaining({ REF_AREA: '220102', TIME_PERIOD: '2026-03', OBS_VALUE: 7 }),
  ])
  expect(() => sdmxJsonRows(message('0:9'), 'GET x')).toThrow(
    'GET x: the key 0:9 has no value of TIME_PERIOD',
  )
})

test('periods of a window are those of the city’s calendar, and are halved down to one', () => {
  const window = { from: '2025-12-31T16:00:00Z', to: '2026-08-05T16:00:00Z' }
  const of = (freq: 'A' | 'S' | 'Q' | 'M' | 'D') => {
    const { first, last } = periodsIn(window, freq, 'Asia/Shanghai')
    return [periodText(first, freq), periodText(last, freq)]
  }
  expect(of('A')).toEqual(['2026', '2026'])
  expect(of('S')).toEqual(['2026-S1', '2026-S2'])
  expect(of('Q')).toEqual(['2026-Q1', '2026-Q3'])
  expect(of('M')).toEqual(['2026-01', '2026-08'])
  expect(of('D')).toEqual(['2026-01-01', '2026-08-05'])
  expect(halvesOf({ first: 3, last: 7 })).toEqual([
    { first: 3, last: 5 },
    { first: 6, last: 7 },
  ])
  expect(halvesOf({ first: 3, last: 3 })).toBeUndefined()
  expect(['2026-M03', '2026-A1', '2026-Q1'].map(plainPeriod)).toEqual(['2026-03', '2026', '2026-Q1'])
})
