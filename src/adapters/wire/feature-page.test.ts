// @vitest-environment node
import { expect, test } from 'vitest'
import { readFeaturePage } from './feature-page.ts'
import { nearestRegion, truePlace } from './true-place.ts'

const exception = `<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1" version="2.0.0">
  <ows:Exception exceptionCode="InvalidParameterValue"><ows:ExceptionText>no such type</ows:ExceptionText></ows:Exception>
</ows:ExceptionReport>`

test.each([
  [exception, 'it: the server reports InvalidParameterValue: "no such type"'],
  ['<html><body>login</body></html>', 'it: answered <html>, no features'],
  [
    '{"code":"NoSuchCollection","description":"gone"}',
    'it: no feature collection, the server reports NoSuchCollection: "gone"',
  ],
  ['[]', 'it: no feature collection, the server reports nothing of it'],
])('what is no page of features is an error even under status 200: %s', async (body, message) => {
  await expect(readFeaturePage(body, 'it')).rejects.toThrow(message)
})

test('a number of matches may be unknown, and an area stands at its middle', async () => {
  const area = {
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [4, 0],
        [4, 2],
        [0, 0],
      ],
    ],
  }
  const body = { type: 'FeatureCollection', numberMatched: 'unknown', features: [{ id: 7, geometry: area }] }
  expect(await readFeaturePage(JSON.stringify(body), 'it')).toEqual({
    matched: undefined,
    next: undefined,
    features: [{ id: '7', properties: {}, position: [2, 1] }],
  })
})

test.each([
  ['urn:ogc:def:crs:EPSG::4326', [125.35, 43.86]],
  ['http://www.opengis.net/def/crs/EPSG/0/4490', [125.35, 43.86]],
  ['urn:ogc:def:crs:OGC:1.3:CRS84', [43.86, 125.35]],
  ['EPSG:4326', [43.86, 125.35]],
])('GML in %s', async (system, position) => {
  const body = `<w:FeatureCollection xmlns:w="http://www.opengis.net/wfs/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" numberMatched="1"><w:member>
    <s gml:id="s1"><g><gml:Point srsName="${system}"><gml:pos>43.86 125.35</gml:pos></gml:Point></g><v>1</v></s></w:member></w:FeatureCollection>`
  expect(await readFeaturePage(body, 'it')).toEqual({
    matched: 1,
    next: undefined,
    features: [{ id: 's1', properties: { v: '1' }, position }],
  })
})

test('the map services’ systems are carried to WGS 84, hundreds of metres', async () => {
  const plain = await truePlace([125.35, 43.86], 'CGCS2000', false)
  expect(plain).toEqual([125.35, 43.86])
  expect(await truePlace([43.86, 125.35], 'WGS84', true)).toEqual([125.35, 43.86])
  expect(await truePlace([43.86, 125.35], 'WGS84', false)).toBeUndefined()
  for (const system of ['GCJ-02', 'BD-09'] as const) {
    const [lon = 0, lat = 0] = (await truePlace([125.35, 43.86], system, false)) ?? []
    const metres = Math.hypot((lon - 125.35) * 80_200, (lat - 43.86) * 111_200)
    expect(metres).toBeGreaterThan(200)
    expect(metres).toBeLessThan(2_000)
  }
})

test('a place belongs to the nearest region within reach, else to none', () => {
  const places = { '220102': [125.35, 43.86], '220103': [125.4, 43.9] } as const
  expect(nearestRegion([125.36, 43.87], places, 30)).toBe('220102')
  expect(nearestRegion([126, 45], places, 30)).toBeUndefined()
})
