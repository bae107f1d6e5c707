import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { IndicatorSchema } from '../../src/domain/indicator.ts'

/** The indicators a leadership cockpit is asked for by name, by domain. */
const wanted: Record<string, string> = {
  ECO: 'AIR.AQI AIR.CO AIR.GOOD AIR.NO2 AIR.O3 AIR.PM10 AIR.PM25 AIR.SO2 AIR.WARN CO2.INT ENE.INT EQI NOI.DAY NOI.NIGHT SOI.SAFE SRC.EXCEED WAT.CLASS WAT.I3 WAT.SRC WAT.TLI WAT.V5',
  FIR: 'ARR5 CALL COVER DEATH HYD.OK TURNOUT',
  GOV: 'BAD.FIX DATA.ONE DUCHA ONE.NET',
  HEA: '120.3MIN BED ILI NID.CASE RT',
  IND: 'CAP.UTIL CLI ENT.ABOVE ENT.LOSS MU.DSHARE MU.SCORE MU.TAX PRJ.RATE RD.INT RE.DESTOCK',
  LIF: 'BRI.ALARM GAS.CH4 HEAT.TEMP PWR.SAIDI TRA.TCI WAT.CL WAT.LEAK WAT.PRES WAT.TURB',
  MAC: 'CON.RETAIL EMP.NEWJOB EMP.URATE ENE.POWER FIN.LOAN FIN.NPL FIS.DEBT FIS.REV FIS.TAXSHARE GDP.GROWTH GDP.TOTAL INC.ENGEL INC.PCDI IND.VAI INV.FAI PMI.MFG PRI.CPI PRI.PPI TRA.TRADE',
  MKT: '12315.RATE ELV.RESCUE ENT.NET FOOD.PASS SEQ.INSP',
  NAT: 'EQ.MAG FFDI FIRE.HOT GEO.RISK RAIN.R24 RAIN.WARN RES.STAGE RIV.STAGE TMP.MAX WATERLOG WIND.GUST',
  PUB: '12345.CONN 12345.ONTIME 12345.REPEAT 12345.RESP 12345.SAT 12345.SOLVE 12345.VOL OPN.HEAT OPN.NEG PET.VISIT',
  SAF: 'ACC.DEATH ACC.GDPRATE GAS.CONC HAZ.ALARM HAZ.FIX RES.READY',
}
const folder = join(import.meta.dirname, '../../cities/changchun/indicators')
const indicators = readdirSync(folder).flatMap((name) => {
  const file = parse(readFileSync(join(folder, name), 'utf8')) as { indicators: unknown[] }
  return file.indicators.map((entry) => v.parse(IndicatorSchema, entry))
})
const codes = new Set(indicators.map(({ code }) => code))

describe('the catalogue of the demo city', () => {
  it('has every indicator asked for by name, and 120 in all or more', () => {
    const missing = Object.entries(wanted).flatMap(([domain, names]) =>
      names
        .split(' ')
        .map((name) => `${domain}.${name}`)
        .filter((code) => !codes.has(code)),
    )
    expect(missing).toEqual([])
    expect(codes.size).toBeGreaterThanOrEqual(120)
  })

  it.each(indicators.map((indicator) => [indicator.code, indicator] as const))(
    '%s is owned, versioned, and adds up or says why not',
    (_code, { owner, version, rollup, unit, freq, direction, department }) => {
      expect(owner?.post).toBeTruthy()
      // No number that somebody could ring.
      expect(owner?.phone).toBe('演示号码')
      expect(department).not.toBe('')
      expect(version).toBeGreaterThanOrEqual(1)
      expect([unit, freq, direction].every((text) => text.length > 0)).toBe(true)
      expect(rollup, 'a rollup, or the reason why there is none').not.toBe('none')
      const reason = typeof rollup === 'object' && 'nonAdditive' in rollup ? rollup.nonAdditive.zh : undefined
      expect(reason?.length ?? Infinity).toBeGreaterThan(5)
    },
  )

  it.each(
    indicators.flatMap(({ code, rules }) => rules.map((rule) => [`${code} ${rule.id}`, rule] as const)),
  )('%s says where its line comes from', (_name, { basis }) => {
    expect(basis?.length).toBeGreaterThan(3)
  })

  it.each(indicators.flatMap(({ code, targets }) => targets.map((target) => [code, target] as const)))(
    '%s names the source of its target',
    (_code, { source }) => {
      expect(source.title.length).toBeGreaterThan(3)
    },
  )
})
