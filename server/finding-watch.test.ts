import * as v from 'valibot'
import { expect, test } from 'vitest'
import { memoryJournal } from '../tests/support/memory-journal.ts'
import type { JournalRecord } from '../src/domain/command.ts'
import { FeaturesConfigSchema } from '../src/domain/feature-collection.ts'
import type { FeatureAnswer, MapFeature } from '../src/domain/map-feature.ts'
import type { City } from './city/load-city.ts'
import { FindingWatch } from './finding-watch.ts'
import { UnknownFeaturesError } from './features/features.ts'
import { SituationBook } from './situation-book.ts'

const now = () => Date.parse('2026-08-06T06:32:00Z')
const demo = { source: 'geo', provenance: 'synthetic', department: 'planning', name: { zh: '演示' } }
const features = v.parse(FeaturesConfigSchema, {
  sources: [],
  collections: ['projects', 'protected-areas'].map((id) => ({ ...demo, id, path: `/collections/${id}` })),
  findings: [
    {
      id: 'protected-overlap',
      on: 'overlap',
      collection: 'projects',
      within: 'protected-areas',
      title: '{name}占用{other}',
      kind: '占用保护范围',
      urgency: 'ordinary',
      owner: 'planning',
      acceptWithin: 'P1D',
      closeWithin: 'P10D',
    },
  ],
})
const city = () => ({ features, city: { root: '220100' } }) as unknown as City

const [metreEast, metreNorth] = [1 / 80_455, 1 / 111_100]
function box(id: string, west: number, south: number, east: number, north: number): MapFeature {
  const at = (x: number, y: number): [number, number] => [125.3 + x * metreEast, 43.8 + y * metreNorth]
  const ring = [at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)]
  return { type: 'Feature', id, geometry: { type: 'Polygon', coordinates: [ring] }, properties: {} }
}
const redLine = box('red-line', 0, 0, 1000, 1000)
const over = box('over', -100, 500, 1.05, 501)
const touching = box('touching', -500, 0, 0, 1000)

/** What the source says now; a collection it has not told of is unknown. */
const told = new Map<string, { features: MapFeature[]; hash: string }>()
const source = {
  answer: ({ id }: { id: string }): Promise<FeatureAnswer> => {
    const said = told.get(id)
    if (!said) return Promise.reject(new UnknownFeaturesError(id, true))
    const { features: list, hash } = said
    return Promise.resolve({
      ...demo,
      collection: id,
      features: list,
      hash,
      resultTime: '2026-08-06T06:00:00Z',
    } as unknown as FeatureAnswer)
  },
}

async function start(records: JournalRecord[] = []) {
  const { journal, lane } = memoryJournal(records)
  const book = await SituationBook.open(journal, lane, now)
  const warned: string[] = []
  const log = { warn: (sentence: string) => void warned.push(sentence) }
  const watch = new FindingWatch({ city, book, clock: { now, offsetMs: 0 }, features: () => source, log })
  return { watch, book, warned, incidents: () => [...book.now().incidents.values()] }
}

test('an overlap of one square metre raises exactly one incident, touching none; looked at again, after a restart and by two gateways it is still one', async () => {
  const records: JournalRecord[] = []
  const { watch, incidents, warned } = await start(records)
  told.set('projects', { features: [over, touching], hash: 'p1' })
  await watch.look('projects')
  // Half of a pair is no verdict, and no fault either.
  expect([incidents(), warned]).toEqual([[], []])
  told.set('protected-areas', { features: [redLine], hash: 'a1' })
  await watch.look('protected-areas')
  expect(incidents()).toHaveLength(1)
  expect(incidents()[0]).toMatchObject({
    stage: 'reported',
    owner: 'planning',
    finding: { features: ['projects/over', 'protected-areas/red-line'] },
  })
  await Promise.all([watch.look('projects'), watch.look('protected-areas')])
  told.set('projects', { features: [touching, over], hash: 'p2' })
  await watch.look('projects')
  const again = await start(records)
  await Promise.all([watch.look('projects'), again.watch.look('projects')])
  expect(again.incidents()).toHaveLength(1)
  expect(records.filter(({ type }) => type === 'incident.reported')).toHaveLength(1)
  expect([...warned, ...again.warned]).toEqual([])
})

test('what the journal refused is reported again at the next look, and told once as long as it is refused for the same', async () => {
  const { watch, book, incidents, warned } = await start()
  const command = book.command.bind(book)
  book.command = () => Promise.resolve({ refused: 'not now' }) as never
  told.set('projects', { features: [over], hash: 'r1' })
  told.set('protected-areas', { features: [redLine], hash: 'a1' })
  await watch.look('projects')
  await watch.look('projects')
  expect([incidents(), warned]).toEqual([[], ['a finding could not be recorded']])
  book.command = command
  await watch.look('projects')
  expect(incidents()).toHaveLength(1)
})

test('a closed one stays closed, and a new pair is one more', async () => {
  const { watch, book, incidents } = await start()
  told.set('projects', { features: [over], hash: 'q1' })
  told.set('protected-areas', { features: [redLine], hash: 'a1' })
  await watch.look('projects')
  const { incident } = incidents()[0]!
  const step = (type: 'incident.accept' | 'incident.close', payload: object) =>
    book.command(
      { id: `${type}-${incident}`, type, stream: incident, payload: { incident, ...payload } } as never,
      'officer',
    )
  await step('incident.accept', {})
  await step('incident.close', { result: '已核查' })
  told.set('projects', { features: [over, box('second', -10, 10, 10, 20)], hash: 'q2' })
  await watch.look('projects')
  expect(incidents().map(({ stage, finding }) => [finding!.features[0], stage])).toEqual([
    ['projects/over', 'closed'],
    ['projects/second', 'reported'],
  ])
})
