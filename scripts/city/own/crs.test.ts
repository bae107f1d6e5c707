import gcoord from 'gcoord'
import { expect, it } from 'vitest'
import { crsNamed } from './crs.ts'

const metres = (a: readonly number[], b: readonly number[]) =>
  Math.hypot((a[0]! - b[0]!) * 111_320 * Math.cos((a[1]! * Math.PI) / 180), (a[1]! - b[1]!) * 110_950)

/** 长春, 银川, 深圳, 乌鲁木齐. */
const places = [
  [125.32, 43.9],
  [106.27, 38.47],
  [113.93, 22.53],
  [87.6, 43.8],
] as const

it.each(['GCJ-02', 'BD-09'])('undoes %s to well within 0.12 m', (name) => {
  const to = name === 'GCJ-02' ? gcoord.GCJ02 : gcoord.BD09
  for (const place of places) {
    const shifted = gcoord.transform<[number, number]>([...place], gcoord.WGS84, to)
    expect(metres(shifted, place)).toBeGreaterThan(100)
    expect(metres(crsNamed(name).toLonLat(...shifted), place)).toBeLessThan(0.02)
  }
})

it('shifts 长春 by the 522 m east and 268 m north that GCJ-02 has there', () => {
  const [longitude, latitude] = crsNamed('gcj02').toLonLat(125.32, 43.9)
  expect((125.32 - longitude) * 80_220).toBeCloseTo(522, -1)
  expect((43.9 - latitude) * 111_100).toBeCloseTo(268, -1)
})

it('leaves CGCS2000 and WGS 84 as they are', () => {
  for (const name of ['EPSG:4490', 'EPSG:4326', 'WGS84', 'CGCS2000'])
    expect(crsNamed(name).toLonLat(125.32, 43.9)).toEqual([125.32, 43.9])
})

it('reads Web Mercator: 20,037,508.34 m are 180 degrees', () => {
  const [longitude, latitude] = crsNamed('EPSG:3857').toLonLat(20_037_508.342789244, 0)
  expect(longitude).toBeCloseTo(180, 6)
  expect(latitude).toBeCloseTo(0, 6)
})

it('reads Gauss–Krüger zones: the false easting lies on the meridian, a zone prefix changes nothing else', () => {
  expect(crsNamed('EPSG:4547').toLonLat(500_000, 0)[0]).toBeCloseTo(114, 9)
  const plain = crsNamed('EPSG:4547').toLonLat(523_456.7, 2_495_000)
  const prefixed = crsNamed('EPSG:4526').toLonLat(38_523_456.7, 2_495_000)
  expect(metres(plain, prefixed)).toBeLessThan(0.001)
  expect(crsNamed('EPSG:4508').toLonLat(500_000, 0)[0]).toBeCloseTo(111, 9)
  expect(crsNamed('EPSG:4499').toLonLat(21_500_000, 0)[0]).toBeCloseTo(123, 9)
  // A quarter of the meridian of GRS 80 is 10,001,965.729 m (Moritz, Geodetic Reference System 1980).
  expect(crsNamed('EPSG:4547').toLonLat(500_000, 10_001_965.729)[1]).toBeCloseTo(90, 6)
})

it('refuses what it cannot convert, and says what to do', () => {
  expect(() => crsNamed('EPSG:4610')).toThrow('Xian 1980')
  expect(() => crsNamed('EPSG:4555')).toThrow('declare EPSG:4326')
  expect(() => crsNamed('local grid')).toThrow('local grid is not known')
})
