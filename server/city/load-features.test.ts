import { relative } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { sampleCity } from '../../tests/support/sample-city.ts'
import { loadIndicatorAdapters } from './adapters.ts'
import { type City, errorLine, loadCity } from './load-city.ts'

const indicatorAdapters = await loadIndicatorAdapters()

const features = `x-demo: &demo
  source: geo
  provenance: synthetic
  department: statistics
sources:
  - id: geo
    name: { zh: 要素服务 }
    adapter: ogc-features
    department: statistics
    provenance: synthetic
    settings:
      baseUrl: \${UPSTREAM}/geo
collections:
  - id: shelters
    <<: *demo
    name: { zh: 安置点 }
    kind: shelters
    path: /collections/shelters
  - id: radar
    <<: *demo
    name: { zh: 雷达 }
    kind: radar
    path: /collections/radar
    step: PT6M
    past: PT1H
    ahead: PT2H
findings:
  - id: crowded
    on: spot
    collection: shelters
    title: '{name}待核'
    kind: 待核
    urgency: ordinary
    owner: statistics
    acceptWithin: PT2H
    closeWithin: P1D
`

const removals: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(removals.splice(0).map((remove) => remove()))
})

async function load(text: string) {
  const sample = await sampleCity({ 'features.yaml': text })
  removals.push(sample.remove)
  const loaded = await loadCity(sample.folder, indicatorAdapters)
  const lines =
    'errors' in loaded
      ? loaded.errors.map((error) => errorLine({ ...error, file: relative(sample.folder, error.file) }))
      : []
  return { loaded, lines }
}

describe('features.yaml', () => {
  it('may be absent: such a city has no collections', async () => {
    const { loaded } = await load('')
    expect((loaded as City).features).toMatchObject({ sources: [], collections: [], findings: [] })
  })

  it('is read with its defaults, and its bytes are part of the hash', async () => {
    const [whole, other] = await Promise.all([load(features), load(features.replace('PT6M', 'PT12M'))])
    expect(whole.lines).toEqual([])
    const city = whole.loaded as City
    expect(city.features.collections.map(({ id, poll, critical }) => [id, poll, critical])).toEqual([
      ['shelters', 'PT1M', false],
      ['radar', 'PT1M', false],
    ])
    expect((other.loaded as City).hash).not.toBe(city.hash)
  })

  it.each([
    ['an unknown key', '    step: PT6M', '    steps: PT6M', '24: collections[1].steps: unknown key'],
    ['an unknown kind', 'kind: radar', 'kind: sonar', '22: collections[1].kind: '],
    ['a bad duration', 'step: PT6M', 'step: 6 min', '24: collections[1].step: a duration'],
    ['a bad path', '/collections/radar', 'collections/radar', '23: collections[1].path: a path looks like'],
    [
      'a source that is not there',
      'source: geo',
      'source: gio',
      '14: collections[0].source: there is no source gio',
    ],
    [
      'a source of sources.yaml given again',
      '- id: geo',
      '- id: bureau',
      '6: sources[0].id: there is a source bureau already',
    ],
    ['another protocol', 'ogc-features', 'rest-json', '8: sources[0].adapter: collections are read with'],
    ['an unknown setting', 'baseUrl:', 'url:', '12: sources[0].settings.url: unknown key'],
    [
      'an unknown department',
      '    department: statistics\n    provenance',
      '    department: maps\n    provenance',
      '9: sources[0].department: there is no department maps',
    ],
    [
      'a collection twice',
      'id: radar',
      'id: shelters',
      '19: collections[1].id: there is a collection shelters already',
    ],
    [
      'something real from an invented source',
      '    kind: radar',
      '    kind: radar\n    provenance: real',
      '23: collections[1].provenance: nothing from the synthetic source geo is real',
    ],
    [
      'a look ahead without steps',
      '    step: PT6M\n',
      '',
      '25: collections[1].ahead: only a collection with a step',
    ],
    [
      'a finding in nothing',
      'collection: shelters',
      'collection: rooms',
      '30: findings[0].collection: there is no',
    ],
    [
      'a finding in what holds for an hour',
      'collection: shelters',
      'collection: radar',
      '30: findings[0].collection: radar speaks of instants',
    ],
    [
      'a finding that is nobody’s',
      'owner: statistics',
      'owner: nobody',
      '34: findings[0].owner: there is no department nobody',
    ],
    ['a quantity in a title', '{name}待核', '{name}待核3', '31: findings[0].title: a title holds no digit'],
  ])('tells %s with its line', async (_, from, to, wanted) => {
    expect(features).toContain(from)
    const { lines } = await load(features.replace(from, to))
    expect(lines.join('\n')).toContain(`features.yaml:${wanted}`)
  })
})
