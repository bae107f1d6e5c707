import type { SituationView } from '../../src/contracts/map-layer.ts'

/** A map of which nobody has told anything: no ground, no figure, no feature. */
export const silentView: SituationView = {
  theme: { id: 'silent', name: { zh: '无' }, layers: [] },
  shapes: [],
  units: [],
  selectedUnit: undefined,
  selectedRegion: undefined,
  pointedRegion: undefined,
  latest: () => undefined,
  incidents: [],
  warnings: [],
  atMs: Date.parse('2026-08-06T06:32:00Z'),
  features: () => ({ features: [], state: 'missing', forecast: false, provenance: 'synthetic' }),
  selectedFeature: undefined,
  underground: false,
  project: (longitude, latitude, height = 0) => [longitude, latitude, height],
  format: (_, value) => String(value),
  text: ({ zh }) => zh,
  appearance: 'dark',
  city: '990100',
  placeName: (code) => code,
  u: (n) => n,
  columnWidth: 15,
}
