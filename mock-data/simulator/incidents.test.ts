import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { IncidentReportSchema } from '../../src/domain/incident.ts'
import { WarningSchema } from '../../src/domain/warning.ts'
import { incidentKinds } from './incident-kinds.ts'
import { incidentOfId, incidentsOpenAt, incidentsReported, longestLifeMs } from './incidents.ts'
import { demoSeed } from './seed.ts'
import { tickets } from './tickets.ts'
import { hourTopics, hourVolume } from './hotline.ts'
import { topics } from './places.ts'
import { warningsAt } from './warnings.ts'

const nowMs = Date.parse('2026-08-06T14:32:08+08:00')
const weekMs = 7 * 86_400_000
const week = incidentsReported(demoSeed, nowMs - weekMs, nowMs)

describe('incidents', () => {
  it('are some hundreds a week, of every urgency, in the form the gateway takes', () => {
    expect(week.length).toBeGreaterThan(400)
    for (const { report } of week) v.parse(IncidentReportSchema, report)
    expect(new Set(week.map(({ report }) => report.urgency)).size).toBe(3)
    expect(week.every(({ report }) => report.provenance === 'synthetic')).toBe(true)
  })

  it('state no quantity in a title: a figure on a screen comes from an indicator', () => {
    for (const { title, result } of incidentKinds)
      expect(title + result).not.toMatch(/[0-90-9一二三四五六七八九十百千万]+(人|处|厘米|米|户|辆|cm|kV)/)
    for (const { report } of week) expect(report.title).not.toMatch(/\d/)
  })

  it('name nobody and nothing real', () => {
    for (const { title } of incidentKinds)
      expect(title).not.toMatch(/自由大|东大桥|人民大街|一汽|吉林|长春|伊通|新立城|国网/)
  })

  it('live in order, no longer than the look back, and some end late', () => {
    for (const { reportedMs, acceptedMs, closedMs } of week) {
      expect(acceptedMs).toBeGreaterThan(reportedMs)
      expect(closedMs).toBeGreaterThan(acceptedMs)
      expect(closedMs - reportedMs).toBeLessThan(longestLifeMs)
    }
    const late =
      week.filter(({ report, closedMs }) => closedMs > Date.parse(report.closeBy)).length / week.length
    expect(late).toBeGreaterThan(0.04)
    expect(late).toBeLessThan(0.2)
  })

  it('are found again by their id, and only by it', () => {
    for (const incident of week.slice(0, 50))
      expect(incidentOfId(demoSeed, incident.report.incident)).toEqual(incident)
    expect(incidentOfId(demoSeed, 'SIM-')).toBeUndefined()
    expect(incidentOfId(demoSeed, 'INC-17')).toBeUndefined()
  })

  it('stay open until they are closed', () => {
    const open = incidentsOpenAt(demoSeed, nowMs)
    expect(open.length).toBeGreaterThan(3)
    expect(open).toEqual(week.filter(({ closedMs }) => closedMs > nowMs))
  })
})

describe('warnings', () => {
  it('fit the schema, are synthetic, state no quantity and stand once per event', () => {
    let seen = 0
    for (let at = nowMs - 4 * weekMs; at < nowMs; at += 3_600_000) {
      const open = warningsAt(demoSeed, at)
      seen += open.length
      expect(new Set(open.map(({ event }) => event)).size).toBe(open.length)
      for (const warning of open) {
        v.parse(WarningSchema, warning)
        expect(warning.headline).not.toMatch(/\d/)
        expect(Date.parse(warning.sentAt)).toBeLessThanOrEqual(at)
        expect(Date.parse(warning.expiresAt)).toBeGreaterThan(at)
      }
    }
    expect(seen).toBeGreaterThan(50)
  })

  it('fit the season: no blizzard in August, no rainstorm in January', () => {
    const events = (start: string) => {
      const from = Date.parse(start)
      return new Set(
        Array.from({ length: 28 * 8 }, (_, index) => warningsAt(demoSeed, from + index * 10_800_000))
          .flat()
          .map(({ event }) => event),
      )
    }
    expect([...events('2026-08-02T00:00:00+08:00')].toSorted()).toEqual(['暴雨', '雷电'])
    for (const event of events('2026-01-02T00:00:00+08:00'))
      expect(['寒潮', '道路结冰', '大雾']).toContain(event)
  })
})

describe('12345 tickets', () => {
  it('are as many in an hour, and of the topics, as the hotline reports', () => {
    const start = Date.parse('2026-08-06T09:00:00+08:00')
    const hour = (start + 28_800_000) / 3_600_000
    const list = tickets(demoSeed, start, start + 3_600_001).filter(({ id }) =>
      id.startsWith(`T-${hour.toString(36)}-`),
    )
    expect(list).toHaveLength(hourVolume(demoSeed, hour))
    expect(topics.map((topic) => list.filter((ticket) => ticket.topic === topic).length)).toEqual(
      hourTopics(demoSeed, hour),
    )
    expect(list.every(({ text }) => /^来电人反映.+。$/.test(text))).toBe(true)
  })
})
