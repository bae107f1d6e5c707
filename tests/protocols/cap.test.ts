// @vitest-environment node
// Not verified against a real server: the feed read here is a fixture of the standard, written from its text.
import * as v from 'valibot'
import { afterAll, beforeAll, expect, test } from 'vitest'
import cap from '../../src/adapters/indicators/cap.ts'
import { SourceError } from '../../src/contracts/indicator-adapter.ts'
import type { Page } from '../../src/contracts/delivery.ts'
import { type CapFeed, type Told, capFeed, messageText, referenceTo } from './support/cap-feed.ts'
import { ownIo } from './support/own-io.ts'

let feed: CapFeed
beforeAll(async () => {
  feed = await capFeed()
})
afterAll(() => feed.close())

function source(more: Record<string, unknown> = {}) {
  return v.parse(cap.settings, { baseUrl: feed.address, feedPath: '/feed', city: '220100', ...more })
}

async function poll(
  settings: ReturnType<typeof source>,
  mapping: Record<string, unknown> = { measure: 'level' },
): Promise<Page> {
  const { io } = ownIo(settings)
  const window = { from: '2026-08-05T16:00:00Z', to: '2026-08-06T16:00:00Z' }
  const pages: Page[] = []
  for await (const page of cap.read(settings, v.parse(cap.mapping, mapping), window, io)) pages.push(page)
  expect(pages).toHaveLength(1)
  return pages[0]!
}

const records = ({ warnings = [] }: Page) =>
  warnings.flatMap((word) => ('record' in word ? [word.record] : []))
const cancelled = ({ warnings = [] }: Page) =>
  warnings.flatMap((word) => ('cancel' in word ? [word.cancel] : []))
const first: Told = { identifier: 'A1' }

test('tells of a warning as its issuer did, and of the level in force', async () => {
  feed.tell(first)
  const page = await poll(source())
  expect(records(page)).toEqual([
    {
      id: 'warning@example.invalid,A1,2026-08-06T04:00:00Z',
      event: '暴雨',
      level: 3,
      issuer: '演示发布单位',
      sentAt: '2026-08-06T04:00:00Z',
      expiresAt: '2026-08-06T18:00:00Z',
      regions: ['220102'],
      headline: '演示预警',
      provenance: 'real',
    },
  ])
  expect(page.readings).toMatchObject([
    { region: '220100', value: 2, at: { instant: '2026-08-06T06:32:00Z' } },
  ])
})

test.each([
  ['Extreme', 1, 4],
  ['Severe', 2, 3],
  ['Moderate', 3, 2],
  ['Minor', 4, 1],
])('severity %s is level %d', async (severity, level, figure) => {
  feed.tell({ ...first, severity })
  const page = await poll(source())
  expect([records(page)[0]!.level, page.readings[0]!.value]).toEqual([level, figure])
})

test('none in force is a known none, not a missing figure', async () => {
  feed.tell()
  expect((await poll(source())).readings[0]!.value).toBe(0)
  feed.tell({ ...first, expires: '2026-08-06T13:00:00+08:00' })
  const page = await poll(source(), { measure: 'count' })
  expect([records(page), page.readings[0]!.value]).toEqual([[], 0])
})

test.each(['Exercise', 'Test', 'System', 'Draft'])(
  'status %s never becomes a warning, nor ends one',
  async (status) => {
    feed.tell(
      first,
      { identifier: 'X1', status, severity: 'Extreme' },
      {
        identifier: 'X2',
        status,
        type: 'Cancel',
        references: referenceTo(first),
      },
    )
    const page = await poll(source())
    expect(records(page).map(({ id }) => id)).toEqual(['warning@example.invalid,A1,2026-08-06T04:00:00Z'])
    expect(cancelled(page)).toEqual([])
    expect(page.readings[0]!.value).toBe(2)
    expect(page.refusals.map(({ reason }) => reason)).toEqual([
      `status ${status}: no warning of the real world`,
      `status ${status}: no warning of the real world`,
    ])
  },
)

test('an update takes the place of what it refers to, whatever the order in the feed', async () => {
  const update = {
    identifier: 'U1',
    sent: '2026-08-06T14:00:00+08:00',
    type: 'Update',
    references: referenceTo(first),
  }
  feed.tell({ ...update, severity: 'Severe' }, first)
  const page = await poll(source())
  expect(records(page).map(({ id, level }) => [id, level])).toEqual([
    ['warning@example.invalid,U1,2026-08-06T06:00:00Z', 2],
  ])
  expect(cancelled(page)).toEqual(['warning@example.invalid,A1,2026-08-06T04:00:00Z'])
})

test('a reference in another offset means the same message', async () => {
  const references = 'warning@example.invalid,A1,2026-08-06T04:00:00-00:00'
  feed.tell(first, { identifier: 'C1', type: 'Cancel', references })
  expect(records(await poll(source()))).toEqual([])
})

test('what was cancelled stays so when the feed forgets the cancellation', async () => {
  const settings = source()
  feed.tell(first, { identifier: 'C1', type: 'Cancel', references: referenceTo(first) })
  await poll(settings)
  feed.tell(first)
  const page = await poll(settings)
  expect([records(page), cancelled(page)]).toEqual([[], ['warning@example.invalid,A1,2026-08-06T04:00:00Z']])
})

test('an update that gives the all-clear ends both', async () => {
  feed.tell(first, { identifier: 'U1', type: 'Update', references: referenceTo(first), response: 'AllClear' })
  const page = await poll(source())
  expect(records(page)).toEqual([])
  expect(cancelled(page)).toHaveLength(2)
})

test('one message told twice is one, and is fetched once', async () => {
  const settings = source()
  feed.tell(first, { ...first })
  feed.asked()
  expect(records(await poll(settings))).toHaveLength(1)
  expect(feed.asked()).toEqual(['/feed', '/message/A1'])
  await poll(settings)
  expect(feed.asked()).toEqual(['/feed'])
})

test('an outline is latitude first', async () => {
  const places = { '220102': [125.35, 43.86], '220182': [126.53, 44.84] }
  const ring = '43.7,125.2 43.7,125.5 44.0,125.5 44.0,125.2 43.7,125.2'
  feed.tell(
    { ...first, area: `<polygon>${ring}</polygon>` },
    {
      identifier: 'A2',
      area: '<circle>44.84,126.53 10</circle>',
    },
  )
  expect(records(await poll(source({ places }))).map(({ regions }) => regions)).toEqual([
    ['220102'],
    ['220182'],
  ])
})

test.each([
  ['220000', ['220100']],
  ['220100', ['220100']],
  ['220102000000', ['220102']],
  ['220102001', ['220102001']],
  ['430100', undefined],
  ['220200', undefined],
])('geocode %s is %j', async (code, regions) => {
  feed.tell({ ...first, area: `<geocode><valueName>GB/T 2260</valueName><value>${code}</value></geocode>` })
  const page = await poll(source())
  expect(records(page)[0]?.regions).toEqual(regions)
  expect(page.refusals).toEqual([])
})

test('an area that nobody can place is told, not guessed', async () => {
  feed.tell({ ...first, area: '' })
  const page = await poll(source())
  expect(page.refusals).toEqual([
    { row: 'warning@example.invalid A1', reason: expect.stringContaining('none of its areas') },
  ])
  expect(records(await poll(source({ areas: { 演示区域: '220103' } })))[0]!.regions).toEqual(['220103'])
})

test('a broken message is told, and the figure marked as made without it', async () => {
  feed.tell(first, { identifier: 'B1', sent: 'yesterday' })
  const page = await poll(source(), { measure: 'count' })
  expect(page.readings).toMatchObject([{ value: 1, flags: ['partial-coverage'] }])
  expect(page.refusals[0]!.reason).toBe('sent "yesterday" is no time with an offset')
})

test('a document type is refused before anything of it is read', async () => {
  feed.tell(first, { identifier: 'D1' })
  feed.spoil('D1', '<!DOCTYPE alert [<!ENTITY f SYSTEM "file:///etc/hostname">]><alert>&f;</alert>')
  const page = await poll(source())
  expect(records(page)).toHaveLength(1)
  expect(page.refusals[0]!.reason).toContain('declares a document type, which is refused')
})

test('a signature is told of, and that nobody verified it', async () => {
  feed.tell({ identifier: 'S1' })
  feed.spoil('S1', messageText({ identifier: 'S1' }).replace('</alert>', '<Signature/></alert>'))
  const page = await poll(source())
  expect(page.readings[0]!.lineage.steps).toContainEqual({
    step: 'signature',
    detail: '1 messages are signed, not verified here',
  })
})

test('a feed longer than the limit, or away, is an error that says so', async () => {
  feed.tell(first)
  const settings = source({ limits: { maxBytes: 1_024 } })
  feed.tell(...Array.from({ length: 40 }, (_, n) => ({ identifier: `L${n}` })))
  await expect(poll(settings)).rejects.toThrow(SourceError)
  await expect(poll(source({ feedPath: '/nowhere' }))).rejects.toThrow('/nowhere: answered 404')
})
