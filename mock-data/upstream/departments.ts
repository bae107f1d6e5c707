import type { DatedPoint } from '../simulator/catalogue.ts'
import { cityText, zoneOffsetMs } from '../simulator/city-time.ts'
import { chinesePeriod, compactPeriod, digitsOnly, grouped } from './period-text.ts'

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type Body = { [key: string]: Json }

export interface PageOf {
  rows: Body[]
  total: number
  /** Cursor of the next page, undefined on the last. */
  next: string | undefined
}

/** One department's service: how it writes a row, wraps a page and pages on. Each differs, as departments do. */
export interface Department {
  id: string
  /** Below the upstream's root. */
  path: string
  codes: readonly string[]
  paging: 'page' | 'offset' | 'cursor' | 'link' | 'none'
  row(code: string, point: DatedPoint): Body
  wrap(page: PageOf): Body
  /** What it says when an indicator is asked that it does not have. */
  unknown(code: string): { status: number; body: Body }
}

const missing = (value: number | undefined): number | null => value ?? null
const notFound = (code: string) => ({ status: 404, body: { error: `no such indicator: ${code}` } })
/** 2026-08-06T14:32:00+08:00 */
const offsetText = (epochMs: number): string =>
  `${new Date(epochMs + zoneOffsetMs).toISOString().slice(0, 19)}+08:00`

export const departments: readonly Department[] = [
  {
    id: 'stats',
    path: '/stats/api/v1/indicators',
    paging: 'page',
    codes: [
      'MAC.GDP.TOTAL',
      'MAC.GDP.GROWTH',
      'MAC.IND.VAI',
      'MAC.INV.FAI',
      'MAC.CON.RETAIL',
      'MAC.CON.GROWTH',
      'MAC.TRA.TRADE',
      'MAC.PRI.CPI',
      'MAC.PRI.PPI',
      'MAC.EMP.URATE',
      'MAC.EMP.NEWJOB',
      'MAC.INC.PCDI',
      'IND.VAI.BRANCH',
      'IND.ENT.LOSS',
      'IND.CAP.UTIL',
      'IND.RD.INT',
      'IND.CLI',
      'ECO.ENE.INT',
    ],
    row: (code, point) => ({
      zbdm: code,
      xzqh: point.region,
      hyfl: point.dims.industry ?? null,
      tjq: compactPeriod(point),
      sz: point.value,
      tb: missing(point.yoy),
      zt: point.status === 'P' ? '初步' : '正式',
      fbsj: cityText(point.releasedMs),
    }),
    wrap: ({ rows, total }) => ({ code: 0, msg: 'ok', data: { list: rows, total } }),
    // A business error inside HTTP 200, as many exchange platforms have it.
    unknown: (code) => ({ status: 200, body: { code: 40401, msg: `指标不存在:${code}`, data: null } }),
  },
  {
    id: 'finance',
    path: '/finance/open/revenue',
    codes: ['MAC.FIS.REV', 'MAC.FIS.GROWTH', 'MAC.FIS.TAXSHARE', 'MAC.FIN.LOAN'],
    paging: 'offset',
    row: (code, point) => ({
      item: code,
      area: point.region,
      period: chinesePeriod(point),
      amount: grouped(point.value),
      yoy: point.yoy === undefined ? '—' : String(point.yoy),
      published: cityText(point.releasedMs),
    }),
    wrap: ({ rows, total }) => ({ success: true, total, items: rows }),
    unknown: notFound,
  },
  {
    id: 'industry',
    path: '/industry/gateway/query',
    codes: [
      'IND.ENT.ABOVE',
      'IND.ENT.STOPPED',
      'IND.ENT.NEW',
      'IND.PRJ.RATE',
      'IND.RE.DESTOCK',
      'IND.MU.TAX',
    ],
    paging: 'page',
    row: (code, point) => ({
      code,
      area: point.region,
      month: compactPeriod(point),
      num: point.value,
      yoy: missing(point.yoy),
      mom: missing(point.mom),
      release_time: cityText(point.releasedMs),
    }),
    wrap: ({ rows, total }) => ({
      resultCode: '0000',
      resultMsg: '成功',
      resultData: { rows, count: total },
    }),
    unknown: (code) => ({
      status: 200,
      body: { resultCode: '4004', resultMsg: `无此指标 ${code}`, resultData: null },
    }),
  },
  {
    id: 'hotline',
    path: '/hotline/v2/metrics',
    paging: 'cursor',
    codes: [
      'PUB.12345.VOL',
      'PUB.12345.DEVIATION',
      'PUB.12345.CONN',
      'PUB.12345.HOURLY',
      'PUB.12345.USUAL',
      'PUB.12345.RESP',
      'PUB.12345.SOLVE',
      'PUB.12345.SAT',
      'PUB.12345.ONTIME',
      'PUB.12345.REPEAT',
      'PUB.12345.TOPIC',
      'PUB.12345.TOPIC_WOW',
      'PUB.OPN.SENTIMENT',
      'PUB.OPN.NEG',
      'PUB.OPN.SAMPLE',
      'PUB.OPN.HEAT',
    ],
    row: (code, point) => ({
      metric: code,
      district: point.region,
      tags: { ...point.dims },
      time: compactPeriod(point),
      value: point.value,
      ci: point.lower === undefined ? null : { low: point.lower, high: missing(point.upper) },
    }),
    wrap: ({ rows, next }) => ({ data: rows, next: next ?? null }),
    unknown: notFound,
  },
  {
    id: 'ecology',
    path: '/ecology/monitor/data',
    paging: 'link',
    codes: [
      'ECO.AIR.AQI',
      'ECO.AIR.STATION',
      'ECO.AIR.PRIMARY',
      'ECO.AIR.PM25',
      'ECO.AIR.PM10',
      'ECO.AIR.SO2',
      'ECO.AIR.NO2',
      'ECO.AIR.O3',
      'ECO.AIR.CO',
      'ECO.AIR.GOOD',
      'ECO.WAT.CLASS',
      'ECO.WAT.GOAL',
      'ECO.WAT.I3',
      'ECO.WAT.V5',
      'ECO.WAT.SRC',
      'ECO.NOI.DAY',
      'ECO.SRC.EXCEED',
    ],
    row: (code, point) => ({
      factor: code,
      region: point.region,
      station: point.dims.station ?? null,
      section: point.dims.section ?? null,
      monitorTime: compactPeriod(point),
      monitorValue: point.value === null ? '-' : String(point.value),
    }),
    wrap: ({ rows }) => ({ results: rows }),
    unknown: notFound,
  },
  {
    id: 'emergency',
    path: '/emergency/status',
    paging: 'none',
    codes: [
      'SAF.RES.TEAMS',
      'SAF.RES.TEAMS_ALL',
      'SAF.RES.STAFF',
      'SAF.RES.STAFF_ALL',
      'SAF.VIDEO.ONLINE',
      'SAF.RES.READY',
      'SAF.HAZ.ALARM',
      'SAF.HAZ.FIX',
      'MKT.ELV.RESCUE',
    ],
    row: (code, point) => ({ key: code, adcode: point.region, ts: point.startMs, val: point.value }),
    wrap: ({ rows }) => ({ status: 'OK', data: rows }),
    unknown: notFound,
  },
  {
    id: 'fire',
    path: '/fire/ops/latest',
    codes: [
      'FIR.CALL',
      'FIR.ARRIVAL.MEAN',
      'FIR.TURNOUT',
      'FIR.ARR5',
      'FIR.PUMP.READY',
      'FIR.PUMP.ALL',
      'FIR.HYD.OK',
    ],
    paging: 'none',
    row: (code, point) => ({
      code,
      adcode: point.region,
      at: Math.floor(point.startMs / 1000),
      value: code === 'FIR.ARR5' && point.value !== null ? point.value / 100 : point.value,
    }),
    wrap: ({ rows }) => ({ ok: true, rows }),
    unknown: notFound,
  },
  {
    id: 'weather',
    path: '/weather/obs/city',
    paging: 'none',
    codes: [
      'NAT.TMP.NOW',
      'NAT.TMP.MAX',
      'NAT.WIND.SPEED',
      'NAT.WIND.GUST',
      'NAT.WIND.FROM',
      'NAT.SKY.CODE',
      'NAT.RAIN.RATE',
      'NAT.RAIN.R24',
      'NAT.FFDI',
    ],
    row: (code, point) => ({
      element: code,
      area: point.region,
      obsTime: offsetText(point.startMs),
      value: point.value,
    }),
    wrap: ({ rows }) => ({ returnCode: 0, DS: rows }),
    unknown: notFound,
  },
  {
    id: 'hydrology',
    path: '/hydrology/realtime',
    codes: ['NAT.RIV.STAGE', 'NAT.RIV.MARGIN', 'NAT.RES.STAGE', 'NAT.WATERLOG'],
    paging: 'cursor',
    row: (code, point) => ({
      item: code,
      addvcd: point.region,
      stcd: point.dims.gauge ?? point.dims.sensor ?? null,
      tm: digitsOnly(point),
      z: point.value,
    }),
    wrap: ({ rows, next }) => ({ list: rows, cursor: next ?? null }),
    unknown: notFound,
  },
  {
    id: 'power',
    path: '/power/open/usage',
    codes: ['MAC.ENE.POWER', 'MAC.ENE.MONTH', 'MAC.ENE.INDUSTRY', 'LIF.PWR.LOAD', 'LIF.PWR.SAIDI'],
    paging: 'offset',
    row: (code, point) => ({
      k: code,
      region: point.region,
      t: point.cadence === 'M' ? compactPeriod(point) : digitsOnly(point),
      q: point.value,
      // Growth as a fraction: 0.057 is 5.7 %.
      g: point.yoy === undefined ? null : point.yoy / 100,
    }),
    wrap: ({ rows, total }) => ({ errcode: 0, errmsg: '', total, data: rows }),
    unknown: (code) => ({ status: 200, body: { errcode: 1004, errmsg: `unknown ${code}`, data: [] } }),
  },
  {
    id: 'government',
    path: '/government/api/indicators',
    codes: [
      'MAC.AGR.GRAIN',
      'MAC.AGR.SOWN',
      'MAC.AGR.MACHINE',
      'MAC.AGR.YIELD',
      'GOV.ONE.NET',
      'GOV.BAD.FIX',
      'GOV.DUCHA',
    ],
    paging: 'offset',
    row: (code, point) => ({
      code,
      area: point.region,
      period: chinesePeriod(point),
      value: point.value === null ? 'null' : String(point.value),
      released: cityText(point.releasedMs),
    }),
    wrap: ({ rows, total }) => ({ code: '200', count: total, data: rows }),
    unknown: notFound,
  },
  {
    id: 'lifeline',
    path: '/lifeline/iot/series',
    codes: ['LIF.WAT.PRES', 'LIF.WAT.TURB', 'LIF.TRA.TCI', 'LIF.BRI.ALARM', 'LIF.HEAT.TEMP', 'SAF.GAS.CONC'],
    paging: 'none',
    row: (code, point) => ({
      thing: code,
      region: point.region,
      sensor: point.dims.sensor ?? null,
      phenomenonTime: point.startMs,
      result: point.value,
    }),
    wrap: ({ rows }) => ({ value: rows }),
    unknown: notFound,
  },
]
