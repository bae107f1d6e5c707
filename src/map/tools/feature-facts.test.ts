import { describe, expect, it } from 'vitest'
import type { MapFeature } from '../../domain/map-feature.ts'
import { featureFacts } from './feature-facts.ts'

const feature = (properties: Record<string, unknown>): MapFeature => ({
  type: 'Feature',
  id: 's-1',
  geometry: { type: 'Point', coordinates: [125.3, 43.8] },
  properties,
})

describe('what a card tells of a feature', () => {
  it('keeps a number nobody has counted apart from one that was never given', () => {
    const { quantities } = featureFacts('shelters', feature({ capacity: 300, occupied: null }))
    expect(quantities.map(({ key, value }) => [key, value])).toEqual([
      ['occupied', null],
      ['capacity', 300],
    ])
    expect(featureFacts('shelters', feature({ capacity: 300 })).quantities).toHaveLength(1)
  })

  it('takes kind, state and what the source says in words', () => {
    expect(
      featureFacts('assets', feature({ kind: 'drone', state: 'on-task', mission: '巡河' })),
    ).toMatchObject({
      kind: 'drone',
      state: 'on-task',
      told: ['巡河'],
    })
  })

  it('leads to the series of what is measured at a station', () => {
    expect(featureFacts('air-stations', feature({ station: 'A' })).measured).toEqual({
      indicator: 'ECO.AIR.STATION',
      dims: { station: 'A' },
    })
    expect(featureFacts('water-sections', feature({ section: 'c' })).measured?.dims).toEqual({ section: 'c' })
    expect(featureFacts('cameras', feature({ station: 'A' })).measured).toBeUndefined()
  })

  it('prints no number of a collection it does not know', () => {
    expect(featureFacts(undefined, feature({ secret: 7 })).quantities).toEqual([])
  })
})
