import { line, point, square, told, type ToldFeatures } from './told-features.ts'

const instant = (clock: string): string => `2026-08-06T${clock}:00Z`

/** A small city that tells a little of everything; the number of each is what the tests of the layers count. */
export const toldCity: Required<ToldFeatures> = {
  facilities: [
    told('facilities', 'f1', point(125.3, 43.8), { kind: 'hospital', state: 'normal', name: '医院 A' }),
    told('facilities', 'f2', point(125.4, 43.8), {
      kind: 'metro',
      state: 'trouble',
      level: 3,
      name: '轨道站 A',
    }),
    told('facilities', 'f3', point(125.5, 43.8), { kind: 'hydrant', state: 'normal', name: '消火栓 A' }),
  ],
  enterprises: [
    told('enterprises', 'e1', point(125.3, 43.8), { sector: '汽车', name: '企业 A' }),
    told('enterprises', 'e2', point(125.4, 43.9), { sector: '光电', name: '企业 B' }),
  ],
  forces: [
    told('forces', 'u1', point(125.3, 43.8), {
      kind: 'fire',
      people: 12,
      state: 'on-site',
      name: '救援队 A',
    }),
    told('forces', 'u2', point(125.4, 43.8), {
      kind: 'medical',
      people: 4,
      state: 'standby',
      name: '急救组 A',
    }),
  ],
  shelters: [
    told('shelters', 's1', point(125.3, 43.8), { capacity: 1200, occupied: 0, name: '安置点 A' }),
    told('shelters', 's2', point(125.4, 43.8), { capacity: 800, occupied: null, name: '安置点 B' }),
  ],
  'air-stations': [
    told('air-stations', 'a1', point(125.3, 43.8), { station: 'A', name: '监测点 A' }),
    told('air-stations', 'a2', point(125.4, 43.8), { station: 'B', name: '监测点 B' }),
  ],
  'water-sections': [
    told('water-sections', 'w3', point(125.3, 44.2), { section: 'c', river: '伊通河', order: 3 }),
    told('water-sections', 'w1', point(125.3, 43.6), { section: 'a', river: '伊通河', order: 1 }),
    told('water-sections', 'w2', point(125.3, 43.9), { section: 'b', river: '伊通河', order: 2 }),
    told('water-sections', 'v1', point(125.8, 43.9), { section: 'd', river: '饮马河', order: 1 }),
  ],
  'closed-roads': [
    told('closed-roads', 'c1', line([125.3, 43.8], [125.31, 43.8], [125.32, 43.81]), {
      reason: '积水',
      since: instant('05:00'),
      name: '示意路',
    }),
  ],
  isochrones: [5, 15, 10].map((minutes) =>
    told('isochrones', `i${minutes}`, square(125.3 - minutes / 100, 43.8 - minutes / 100, minutes / 50), {
      origin: 'u1',
      minutes,
    }),
  ),
  plume: [
    told('plume', 'p3', square(125.3, 43.8, 0.01), {
      threshold: 'AEGL-3',
      substance: '氯气',
      action: 'evacuate',
    }),
    told('plume', 'p1', square(125.3, 43.8, 0.03), { threshold: 'AEGL-1', substance: '氯气' }),
    told('plume', 'p2', square(125.3, 43.8, 0.02), {
      threshold: 'AEGL-2',
      substance: '氯气',
      action: 'shelter',
    }),
  ],
  inundation: [
    told('inundation', 'd', square(125.34, 43.84, 0.02), { band: 'deep' }),
    told('inundation', 's', square(125.3, 43.8, 0.1), { band: 'shallow' }),
    told('inundation', 'm', square(125.32, 43.82, 0.05), { band: 'middle' }),
  ],
  'fire-perimeter': [told('fire-perimeter', 'b1', square(125.9, 43.6, 0.02), { fire: 'fire-1' })],
  wind: [
    told('wind', 'g1', point(125.3, 43.8), { speed: 4, from: 225 }),
    told('wind', 'g2', point(125.6, 43.8), { speed: 0, from: 0 }),
    told('wind', 'g3', point(125.9, 43.8), { speed: 9, from: 240 }),
  ],
  radar: [told('radar', 'r', square(125, 43, 2), { columns: 2, rows: 2, values: [10, 20, null, 50] })],
  'rain-grid': [
    told('rain-grid', 'q', square(125, 43, 2), { columns: 2, rows: 2, values: [0, 0.5, 9, null] }),
  ],
  'warning-areas': [
    told('warning-areas', 'z4', square(125.2, 43.7, 0.5), {
      warning: 'W-4',
      event: '大风',
      level: 4,
      issuer: '市气象台',
    }),
    told('warning-areas', 'z3', square(125.3, 43.8, 0.2), {
      warning: 'W-3',
      event: '暴雨',
      level: 3,
      issuer: '市气象台',
    }),
  ],
  assets: [
    told('assets', 'k1', point(125.31, 43.81), {
      kind: 'drone',
      heading: 90,
      mission: '河道巡查',
      state: 'on-task',
      track: [
        [125.3, 43.8, 100, Date.parse(instant('06:30'))],
        [125.32, 43.82, 120, Date.parse(instant('06:34'))],
      ],
      view: { angle: 60, range: 400 },
    }),
    told('assets', 'k2', point(125.4, 43.8), {
      kind: 'boat',
      heading: 0,
      mission: '转移群众',
      state: 'lost-link',
      track: [
        [125.4, 43.8, 0, Date.parse(instant('06:00'))],
        [125.41, 43.8, 0, Date.parse(instant('06:10'))],
      ],
      view: { angle: 60, range: 400 },
    }),
    told('assets', 'k3', point(125.5, 43.8), {
      kind: 'vehicle',
      heading: 0,
      mission: '待发',
      state: 'standby',
      track: [],
    }),
  ],
  cameras: [
    told('cameras', 'l1', point(125.3, 43.8), { heading: 0, angle: 60, range: 200, state: 'online' }),
    told('cameras', 'l2', point(125.4, 43.8), { heading: 0, angle: 60, range: 200, state: 'offline' }),
  ],
  pipes: [
    told('pipes', 't1', line([125.3, 43.8], [125.31, 43.8]), { kind: 'water', diameter: 0.6, depth: 2 }),
    told('pipes', 't2', line([125.3, 43.8], [125.3, 43.81]), { kind: 'gas', diameter: 0.3, depth: 1 }),
    told('pipes', 't3', line([125.3, 43.8], [125.3, 43.81]), { kind: 'sewage', diameter: 1, depth: 4 }),
  ],
  'protected-areas': [
    told('protected-areas', 'o1', square(125.3, 43.8, 0.05), { kind: 'ecological-red-line' }),
    told('protected-areas', 'o2', square(125.5, 43.8, 0.05), { kind: 'permanent-farmland' }),
  ],
  projects: [
    told('projects', 'j1', square(125.34, 43.81, 0.02), { state: 'planned', name: '项目 A' }),
    // Touches the farmland's western edge and no more.
    told('projects', 'j2', square(125.48, 43.81, 0.02), { state: 'building', name: '项目 B' }),
  ],
  'change-spots': [
    told('change-spots', 'x1', square(125.3, 43.8, 0.002), {
      before: '2026-05-01T00:00:00Z',
      after: '2026-08-01T00:00:00Z',
      kind: 'earthwork',
      confidence: 0.8,
      state: 'found',
    }),
    told('change-spots', 'x2', square(125.4, 43.8, 0.002), {
      before: '2026-05-01T00:00:00Z',
      after: '2026-08-01T00:00:00Z',
      kind: 'waste-heap',
      confidence: 0.4,
      state: 'dismissed',
    }),
  ],
  trips: [
    told('trips', 'n1', line([125.3, 43.8], [125.31, 43.8], [125.32, 43.8]), { times: [1, 2, 3] }),
    // One time short: it cannot be placed on the clock.
    told('trips', 'n2', line([125.3, 43.8], [125.31, 43.8]), { times: [1] }),
  ],
  flows: [
    told('flows', 'y1', line([125.3, 43.8], [125.6, 44]), { people: 4000 }),
    told('flows', 'y2', line([125.3, 43.8], [125.3, 43.5]), { people: 1000 }),
  ],
  'hotline-points': [1, 2, 3, 4].map((step) =>
    told('hotline-points', `h${step}`, point(125.3 + step / 100, 43.8), { topic: '供水' }),
  ),
}
