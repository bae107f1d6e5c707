import { relative } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { sampleCity } from '../../tests/support/sample-city.ts'
import { loadIndicatorAdapters } from './adapters.ts'
import { type City, type Loaded, errorLine, loadCity } from './load-city.ts'

/** Two of them, so that the sentence which names them all stays the same. */
const indicatorAdapters = new Map(
  [...(await loadIndicatorAdapters())].filter(([id]) => id === 'file' || id === 'rest-json'),
)

type Sample = Awaited<ReturnType<typeof sampleCity>>
const samples: Sample[] = []
afterEach(async () => {
  await Promise.all(samples.splice(0).map((sample) => sample.remove()))
})

async function load(...args: Parameters<typeof sampleCity>): Promise<{ loaded: Loaded; lines: string[] }> {
  const sample = await sampleCity(...args)
  samples.push(sample)
  const loaded = await loadCity(sample.folder, indicatorAdapters)
  const lines =
    'errors' in loaded
      ? loaded.errors.map((error) => errorLine({ ...error, file: relative(sample.folder, error.file) }))
      : []
  return { loaded, lines }
}

const changing = (from: string, to: string) => (text: string) => {
  if (!text.includes(from)) throw new Error(`the sample has no ${from}`)
  return text.replace(from, to)
}
const mac = 'indicators/mac.yaml'

describe('loadCity', () => {
  it('reads a whole city, with anchors and merge keys, and keeps variables for the start', async () => {
    const { loaded, lines } = await load()
    expect(lines).toEqual([])
    const city = loaded as City
    expect(city.indicators[0]?.sources[0]?.mapping).toMatchObject({
      fields: { value: { field: '$.value' }, unit: '10*8.CNY' },
    })
    expect(city.sources[0]?.settings).toEqual({ baseUrl: '${UPSTREAM}/api' })
    expect(city.hash).toMatch(/^[0-9a-f]{16}$/)
  })

  it('gives equal folders equal hashes and changed ones another', async () => {
    const hashes = await Promise.all([
      load(),
      load(),
      load({ 'attention.yaml': changing('limit: 3', 'limit: 4') }),
    ])
    const [a, b, c] = hashes.map(({ loaded }) => (loaded as City).hash)
    expect(a).toBe(b)
    expect(c).not.toBe(a)
  })

  it('tells broken YAML with its line', async () => {
    const { lines } = await load({ [mac]: changing('    unit: CNY', '    unit: [CNY') })
    expect(lines[0]).toMatch(/^indicators\/mac\.yaml:1\d: /)
  })

  it('tells a wrong type with file, line and path', async () => {
    const { lines } = await load({ [mac]: changing('unit: CNY', 'unit: 7') })
    expect(lines).toEqual([`${mac}:9: indicators[0].unit: Invalid type: Expected string but received 7`])
  })

  it.each([
    ['an unknown key', mac, 'freq: M', 'frequency: M', `${mac}:10: indicators[0].frequency: unknown key`],
    [
      'a unit that no table knows',
      mac,
      'unit: CNY',
      'unit: yuan',
      `${mac}:9: indicators[0].unit: yuan is not in the unit table`,
    ],
    [
      'an unknown department',
      mac,
      'department: statistics',
      'department: stats',
      `${mac}:14: indicators[0].department: there is no department stats`,
    ],
    [
      'an unknown source',
      mac,
      'source: bureau',
      'source: office',
      `${mac}:16: indicators[0].sources[0].source: there is no source office`,
    ],
    [
      'an unknown weight',
      mac,
      'rollup: sum',
      'rollup: { weightedBy: MAC.POP.TOTAL }',
      `${mac}:13: indicators[0].rollup.weightedBy: there is no indicator MAC.POP.TOTAL`,
    ],
    [
      'a mapping its adapter does not know',
      mac,
      'path: /gdp',
      'file: gdp',
      `${mac}:18: indicators[0].sources[0].mapping.file: unknown key`,
    ],
    [
      'a JSONPath that is none',
      mac,
      'rows: $.data[*]',
      'rows: $.data[',
      `${mac}:19: indicators[0].sources[0].mapping.rows: not a JSONPath of RFC 9535`,
    ],
    [
      'an unknown region in a mapping',
      mac,
      'unit: 10*8.CNY',
      'unit: 10*8.CNY\n            region: { const: "990199" }',
      `${mac}:23: indicators[0].sources[0].mapping.fields.region.const: there is no region 990199`,
    ],
    [
      'an unknown adapter',
      'sources.yaml',
      'adapter: rest-json',
      'adapter: soap',
      'sources.yaml:4: sources[0].adapter: there is no adapter soap; there are file, rest-json',
    ],
    [
      'settings its adapter refuses',
      'sources.yaml',
      'baseUrl: ${UPSTREAM}/api',
      'url: http://x',
      'sources.yaml:8: sources[0].settings.url: unknown key',
    ],
    [
      'an unknown indicator in a panel',
      'scenes/wall.yaml',
      'MAC.GDP.TOTAL',
      'MAC.GDP.TOTALS',
      'scenes/wall.yaml:7: panels[0].options.indicators[0]: there is no indicator MAC.GDP.TOTALS',
    ],
    [
      'a parent that is none',
      'regions.json',
      '"parent":"990100"',
      '"parent":"990000"',
      'regions.json:3: [1].parent: there is no region 990000',
    ],
    [
      'an unknown lead',
      'attention.yaml',
      'lead: owner',
      'lead: mayor',
      'attention.yaml:9: rules[0].lead: there is no department mayor',
    ],
  ])('tells %s', async (_, file, from, to, line) => {
    const { lines } = await load({ [file]: changing(from, to) })
    expect(lines).toContain(line)
  })

  it.each([
    [
      'a circle, at each region of it and at none below',
      ['{"code":"990102","parent":"990103"}', '{"code":"990103","parent":"990102"}'],
      [
        'regions.json:4: [2].parent: regions are their own ancestors: 990102 → 990103 → 990102',
        'regions.json:5: [3].parent: regions are their own ancestors: 990103 → 990102 → 990103',
      ],
    ],
    [
      'a region that is its own parent',
      ['{"code":"990102","parent":"990102"}'],
      ['regions.json:4: [2].parent: regions are their own ancestors: 990102 → 990102'],
    ],
    [
      'a zone as administrative parent',
      ['{"code":"zone:new","level":"zone","parent":"990100"}', '{"code":"990102","parent":"zone:new"}'],
      [
        'regions.json:5: [3].parent: region 990102 (乙) has the zone zone:new as its administrative parent; a zone may only be its operatingParent',
      ],
    ],
    [
      'an operating parent that is no zone',
      ['{"code":"990102","parent":"990100","operatingParent":"990101"}'],
      [
        'regions.json:4: [2].operatingParent: region 990102 (乙) has an operating parent 990101 that is no known zone',
      ],
    ],
  ])('refuses %s', async (_, added, expected) => {
    const whole = added.map((one) =>
      JSON.stringify({ name: { zh: '乙' }, level: 'county', ...JSON.parse(one) }),
    )
    const below = '{"code":"990102001","name":{"zh":"丙"},"level":"town","parent":"990102"}'
    const { lines } = await load({
      'regions.json': (text) => text.replace(/\n\]$/, `,\n${[...whole, below].join(',\n')}\n]`),
    })
    expect(lines).toEqual(expected)
  })

  it('tells a code that stands in two files', async () => {
    const sample = await sampleCity()
    samples.push(sample)
    await sample.copy(mac, 'indicators/twin.yaml')
    const loaded = (await loadCity(sample.folder, indicatorAdapters)) as { errors: { message: string }[] }
    expect(loaded.errors[0]?.message).toContain('MAC.GDP.TOTAL stands already in')
  })

  it('tells a missing file and one that does not belong', async () => {
    const { lines } = await load({ 'attention.yaml': '', 'indicator/mac.yaml': 'a: 1' })
    expect(lines).toEqual([
      expect.stringMatching(/^indicator\/mac\.yaml:1: not a file of a city/),
      'attention.yaml:1: is missing',
    ])
  })

  it('tells a folder that is not there', async () => {
    expect(await loadCity('/nowhere/at/all', indicatorAdapters)).toMatchObject({
      errors: [{ message: expect.stringContaining('no such folder') }],
    })
  })
})
