import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { featureKinds, type FeatureKind } from '../../../src/domain/feature-kinds.ts'
import { MapFeatureSchema, type MapFeature } from '../../../src/domain/map-feature.ts'
import { hourMs, minuteMs } from '../city-time.ts'
import { demoSeed } from '../seed.ts'
import { geoCollections, geoSteps } from './collections.ts'
import { cityBox, countyAt } from './county-shape.ts'
import type { LonLat } from './plane.ts'

const nowMs = Date.parse('2026-08-06T14:32:00+08:00')
const seeds = ['changchun', demoSeed]
const instants = [nowMs, Date.parse('2026-01-15T03:00:00+08:00'), Date.parse('2026-04-19T13:40:00+08:00')]

function positions({ geometry }: MapFeature): LonLat[] {
  const flat: number[] = (geometry.coordinates as unknown[]).flat(4) as number[]
  const size = width(geometry.coordinates)
  return Array.from({ length: flat.length / size }, (_, index) => [
    flat[index * size]!,
    flat[index * size + 1]!,
  ])
}

/** How many numbers one position has. */
function width(coordinates: unknown): number {
  const list = coordinates as unknown[]
  return typeof list[0] === 'number' ? list.length : width(list[0])
}

const everything = (seed: string, atMs: number, knownMs = atMs) =>
  [...geoCollections].map(([id, tell]) => ({ id: id as FeatureKind, ...tell(seed, atMs, knownMs) }))

describe('the features of the demo city', () => {
  it('are of every kind the cockpit knows, in the form it takes', () => {
    expect([...geoCollections.keys()].toSorted()).toEqual(Object.keys(featureKinds).toSorted())
    for (const atMs of instants)
      for (const { id, features } of everything(demoSeed, atMs)) {
        expect(new Set(features.map((feature) => feature.id)).size, id).toBe(features.length)
        for (const feature of features) {
          v.parse(MapFeatureSchema, feature)
          v.parse(featureKinds[id], feature.properties)
        }
      }
  })

  it('are all there at the reference instant, for any seed of the demo', () => {
    for (const seed of seeds)
      for (const { id, features } of everything(seed, nowMs)) {
        if (id === 'warning-areas') continue
        expect(features.length, id).toBeGreaterThan(0)
      }
    expect(geoCollections.get('warning-areas')!(demoSeed, nowMs, nowMs).features).toHaveLength(2)
  })

  it('lie in the city, each in the county unit it names', () => {
    const wholeBox = new Set<FeatureKind>(['radar', 'rain-grid', 'wind'])
    for (const atMs of instants)
      for (const { id, features } of everything(demoSeed, atMs))
        for (const feature of features) {
          const places = positions(feature)
          for (const [x, y] of places) {
            expect(x >= cityBox.west && x <= cityBox.east, `${id} ${feature.id}`).toBe(true)
            expect(y >= cityBox.south && y <= cityBox.north, `${id} ${feature.id}`).toBe(true)
          }
          if (wholeBox.has(id) || id === 'warning-areas') continue
          for (const place of places) expect(countyAt(place), `${id} ${feature.id}`).toBeDefined()
          const named = feature.geometry.type === 'Point' ? feature.properties.region : undefined
          expect(named === undefined || countyAt(places[0]!) === named, feature.id).toBe(true)
        }
  })

  it('are called by what they are made of, never by a name of the world', () => {
    for (const { id, features } of everything(demoSeed, nowMs))
      for (const { properties } of features)
        expect(properties.name ?? '示意', id).toMatch(
          /^示意|示意）$|^示例|^监测点 [A-K]$|^(松花江|饮马河|伊通河) [A-F]$/,
        )
  })
})

describe('what is told of an instant', () => {
  it('is the same whenever it is asked, in whatever order', () => {
    const asked = instants.map((atMs) => JSON.stringify(everything(demoSeed, atMs)))
    everything('another seed', nowMs)
    expect(instants.toReversed().map((atMs) => JSON.stringify(everything(demoSeed, atMs)))).toEqual(
      asked.toReversed(),
    )
    expect(JSON.stringify(everything('another seed', nowMs))).not.toBe(asked[0])
  })

  it('has this fingerprint in every engine', () => {
    const digest = createHash('sha256')
    for (const atMs of instants) digest.update(JSON.stringify(everything(demoSeed, atMs)))
    for (const ahead of [1, 3])
      digest.update(JSON.stringify(everything(demoSeed, nowMs + ahead * hourMs, nowMs)))
    expect(digest.digest('hex').slice(0, 16)).toBe('493c39ceda0d0021')
  })

  it('stands until the next step', () => {
    for (const [id, stepMs] of geoSteps) {
      expect(hourMs % stepMs, id).toBe(0)
      const start = Math.floor(nowMs / stepMs) * stepMs
      const tell = geoCollections.get(id)!
      const first = tell(demoSeed, start, start + hourMs)
      expect(Date.parse(first.resultTime), id).toBe(start)
      expect(tell(demoSeed, start + stepMs - 1, start + hourMs), id).toEqual(first)
    }
  })

  it('is never told before it could be known', () => {
    for (const aheadMs of [0, 20 * minuteMs, 3 * hourMs, 30 * hourMs])
      for (const { id, resultTime } of everything(demoSeed, nowMs + aheadMs, nowMs))
        expect(Date.parse(resultTime), id).toBeLessThanOrEqual(nowMs)
  })

  it('is silent of moving things in the future, and of forecasts beyond their reach', () => {
    const of = (id: string, aheadMs: number) =>
      geoCollections.get(id)!(demoSeed, nowMs + aheadMs, nowMs).features
    for (const id of ['assets', 'trips', 'hotline-points']) expect(of(id, hourMs), id).toEqual([])
    for (const id of ['radar', 'inundation', 'rain-grid', 'wind']) {
      expect(of(id, 3 * hourMs).length, id).toBeGreaterThan(0)
      expect(of(id, 30 * hourMs), id).toEqual([])
    }
  })
})
