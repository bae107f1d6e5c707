import type { MapFeature } from '../../domain/map-feature.ts'
import { waterClassIndicator } from '../../ui/cartography/water-class.ts'
import type { MapWordKey } from '../../ui/map-words.ts'

/** A property of a feature that is a quantity: its word, its unit (UCUM) and how many decimals its source means. */
export interface QuantityOf {
  key: string
  word: MapWordKey
  unit: string
  decimals?: number
}

/** Quantities by collection kind; what stands here is printed as a quantity, everything else as a word or not at all. */
const quantities: Readonly<Record<string, readonly QuantityOf[]>> = {
  forces: [{ key: 'people', word: 'quantity.people', unit: '{person}', decimals: 0 }],
  shelters: [
    { key: 'occupied', word: 'quantity.occupied', unit: '{person}', decimals: 0 },
    { key: 'capacity', word: 'quantity.capacity', unit: '{person}', decimals: 0 },
  ],
  pipes: [
    { key: 'diameter', word: 'quantity.diameter', unit: 'm', decimals: 2 },
    { key: 'depth', word: 'quantity.depth', unit: 'm', decimals: 1 },
  ],
  wind: [{ key: 'speed', word: 'quantity.speed', unit: 'm/s', decimals: 1 }],
  isochrones: [{ key: 'minutes', word: 'quantity.minutes', unit: 'min', decimals: 0 }],
  cameras: [{ key: 'range', word: 'quantity.range', unit: 'm', decimals: 0 }],
  'change-spots': [{ key: 'confidence', word: 'quantity.confidence', unit: '1', decimals: 2 }],
}

/** Collections whose things are measured: the series that holds the value, and the property that names it in that series. */
const measured: Readonly<Record<string, { indicator: string; dim: string }>> = {
  'air-stations': { indicator: 'ECO.AIR.STATION', dim: 'station' },
  'water-sections': { indicator: waterClassIndicator, dim: 'section' },
}

export interface FeatureFacts {
  /** Codes of its kind and state, as its source writes them. */
  kind: string | undefined
  state: string | undefined
  quantities: readonly (QuantityOf & { value: number | null })[]
  /** The catalogue's own figure of what is measured there. */
  measured: { indicator: string; dims: Record<string, string> } | undefined
  /** What its source says in its own words: a task, a reason, a sector. */
  told: readonly string[]
}

/** What a card tells of a feature; a quantity its source leaves out is left out, one it gives as null is missing. */
export function featureFacts(collectionKind: string | undefined, { properties }: MapFeature): FeatureFacts {
  const text = (key: string): string | undefined => {
    const value = properties[key]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const series = measured[collectionKind ?? '']
  const place = series && text(series.dim)
  return {
    measured:
      place === undefined ? undefined : { indicator: series!.indicator, dims: { [series!.dim]: place } },
    kind: text('kind'),
    state: text('state'),
    quantities: (quantities[collectionKind ?? ''] ?? []).flatMap((quantity) => {
      const value = properties[quantity.key]
      return value === null || typeof value === 'number' ? [{ ...quantity, value }] : []
    }),
    told: ['sector', 'task', 'mission', 'reason', 'substance', 'river', 'event', 'issuer'].flatMap(
      (key) => text(key) ?? [],
    ),
  }
}
