import type { Incident } from '../../src/domain/incident.ts'
import type { Indicator } from '../../src/domain/indicator.ts'
import type { Observation } from '../../src/domain/observation.ts'
import type { Catalogue, SituationAnswer, SourceCard } from '../../src/domain/wire.ts'

/** An indicator with everything said that a test does not care about. */
export function indicatorWith(part: Partial<Indicator> & { code: string }): Indicator {
  return {
    version: 1,
    name: { zh: '测试指标' },
    definition: { zh: '测试口径' },
    unit: '%',
    freq: 'M',
    timeBasis: 'cumulative-ytd',
    direction: 'higher-better',
    rollup: 'none',
    dimensions: [],
    comparisons: [],
    department: 'statistics',
    targets: [],
    rules: [],
    freshness: {},
    validity: {},
    classification: 'internal',
    audience: 'staff',
    derivation: 'raw',
    sources: [{ source: 'demo', mapping: {} }],
    ...part,
  }
}

export function observationWith(part: Partial<Observation> = {}): Observation {
  return {
    indicator: 'MAC.GDP.TOTAL',
    region: '220100',
    dims: {},
    period: { start: '2026-06-30T16:00:00Z', end: '2026-07-31T16:00:00Z', label: '2026-07' },
    value: 1,
    unit: '%',
    status: 'A',
    flags: [],
    provenance: 'synthetic',
    source: 'demo',
    resultTime: '2026-08-01T00:00:00Z',
    receivedAt: '2026-08-01T00:00:00Z',
    revision: 0,
    lineage: 'l1',
    comparisons: [],
    ...part,
  }
}

export function sourceWith(part: Partial<SourceCard> & { id: string }): SourceCard {
  return {
    name: { zh: '测试来源' },
    adapter: 'rest-json',
    department: 'statistics',
    provenance: 'synthetic',
    critical: false,
    once: false,
    ...part,
  }
}

export function catalogueWith(part: Partial<Catalogue> = {}): Catalogue {
  return {
    city: {
      id: 'testcity',
      name: { zh: '测试市', en: 'Testcity' },
      title: { zh: '城市运行' },
      root: '220100',
      timeZone: 'Asia/Shanghai',
      modeNames: { peace: { zh: '平时' }, emergency: { zh: '应急' } },
      center: { longitude: 125.3, latitude: 43.9 },
      departments: [{ id: 'statistics', name: { zh: '统计部门', en: 'Statistics' } }],
      demo: true,
    },
    indicators: [indicatorWith({ code: 'MAC.GDP.TOTAL' })],
    regions: [
      { code: '220100', name: { zh: '测试市' }, level: 'city' },
      { code: '220102', name: { zh: '甲区' }, short: { zh: '甲' }, level: 'county', parent: '220100' },
      { code: 'zone:a', name: { zh: '开发区甲' }, level: 'zone', parent: '220100' },
    ],
    sources: [
      sourceWith({ id: 'demo' }),
      sourceWith({ id: 'facts', adapter: 'file', provenance: 'real', once: true }),
    ],
    collections: [],
    findings: [],
    scenes: [],
    cityState: { rules: [] } as unknown as Catalogue['cityState'],
    attention: { rules: [] } as unknown as Catalogue['attention'],
    hash: 'h1',
    ...part,
  }
}

export function situationWith(part: Partial<SituationAnswer> = {}): SituationAnswer {
  return {
    mode: 'peace',
    incidents: [],
    warnings: [],
    alarms: [],
    streams: {},
    sequence: 0,
    asOf: '2026-08-06T06:32:00Z',
    serverTime: '2026-08-06T06:32:00Z',
    cursor: 0,
    ...part,
  }
}

export function incidentWith(part: Partial<Incident> = {}): Incident {
  return {
    incident: 'EV-1',
    title: '下穿通道积水',
    kind: '积水',
    region: '220102',
    urgency: 'ordinary',
    origin: 'sensor',
    reportedAt: '2026-08-06T06:00:00Z',
    owner: 'statistics',
    acceptBy: '2026-08-06T06:10:00Z',
    closeBy: '2026-08-06T08:00:00Z',
    provenance: 'synthetic',
    stage: 'reported',
    sequence: 1,
    ...part,
  }
}
