import type { Indicator } from '../domain/indicator.ts'
import type { FeatureAnswer } from '../domain/map-feature.ts'
import type { Observation } from '../domain/observation.ts'
import type { FigureSubject } from './figure-text.ts'

/** A number that is none of the catalogue's: what a hand measured, or what a feature's source says of the feature. */
export interface Quantity {
  /** What it is: map.length, shelters.capacity. */
  code: string
  /** In the viewer's language. */
  name: string
  value: number | null
  /** UCUM. */
  unit: string
  decimals?: number | undefined
  region: string
  /** The instants it holds for and was received at. */
  at: string
  received: string
  source: string
  provenance: Observation['provenance']
}

/** Where a quantity comes from that a feature's source told. */
export function toldBy(
  { at, receivedAt, source, provenance }: Pick<FeatureAnswer, 'at' | 'receivedAt' | 'source' | 'provenance'>,
  region: string,
): Pick<Quantity, 'region' | 'at' | 'received' | 'source' | 'provenance'> {
  return { region, at, received: receivedAt, source, provenance }
}

/** The quantity as Figure prints it: with unit, place, time, source and age like any other. */
export function quantityFigure(quantity: Quantity): FigureSubject {
  const { code, name, value, unit, decimals, region, at, received, source, provenance } = quantity
  const indicator: Indicator = {
    code,
    version: 1,
    name: { zh: name },
    definition: { zh: name },
    unit,
    ...(decimals === undefined ? {} : { display: { decimals } }),
    freq: 'E',
    timeBasis: 'instant',
    direction: 'neutral',
    rollup: 'none',
    dimensions: [],
    comparisons: [],
    department: '',
    targets: [],
    rules: [],
    freshness: {},
    validity: {},
    classification: 'internal',
    audience: 'staff',
    derivation: 'raw',
    sources: [],
  }
  const observation: Observation = {
    indicator: code,
    region,
    dims: {},
    period: { start: at, end: at, label: at },
    value,
    unit,
    status: 'A',
    flags: [],
    provenance,
    source,
    resultTime: at,
    receivedAt: received,
    revision: 0,
    lineage: '',
    comparisons: [],
  }
  return { indicator, observation, freshness: 'live', state: 'ok' }
}
