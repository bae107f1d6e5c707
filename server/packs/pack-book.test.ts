import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { memoryJournal } from '../../tests/support/memory-journal.ts'
import type { City } from '../city/load-city.ts'
import { SituationBook } from '../situation-book.ts'
import { definitionBreaks, definitionsAt } from './definitions.ts'
import { PackBook } from './pack-book.ts'
import { readPack } from './pack-file.ts'

let folder: string
let nowMs = Date.parse('2026-08-01T00:00:00Z')
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packs-'))
  nowMs = Date.parse('2026-08-01T00:00:00Z')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const yaml = (
  definition: string,
  version: number,
) => `pack: { id: eco, version: ${version}, title: { zh: 生态环境 } }
indicators:
  - code: ECO.AIR.GOOD
    name: { zh: 优良天数比例 }
    definition: { zh: ${definition} }
    unit: '%'
    freq: M
    timeBasis: cumulative-ytd
    direction: higher-better
    rollup: none
    department: ecology
    sources: [{ source: bureau, mapping: { path: /internal } }]
`

function cityOf(text: string, hash: string): City {
  const read = readPack('indicators/eco.yaml', text)
  if ('errors' in read) throw new Error(read.errors[0]!.message)
  return { city: { id: 'sample' }, packs: [read.pack], indicators: read.indicators, hash } as unknown as City
}

async function open(city: City, journal = memoryJournal()) {
  const book = await SituationBook.open(journal.journal, journal.lane, () => nowMs)
  const state = { city }
  const packs = new PackBook({
    storage: { journal: journal.journal, folder },
    book,
    city: () => state.city,
    log: { warn: (sentence: string, detail: object) => expect([sentence, detail]).toEqual([]) },
  } as unknown as ConstructorParameters<typeof PackBook>[0])
  packs.start()
  await packs.settled()
  return { packs, journal }
}

const [first, second] = [cityOf(yaml('旧口径的定义', 1), 'a'), cityOf(yaml('新口径的定义', 2), 'b')]

describe('the book of packs', () => {
  it('writes on the journal what stands from when, and what that changed, without how sources are asked', async () => {
    const { packs, journal } = await open(first)
    nowMs += 3_600_000
    await packs.cityChanged(second)
    expect(journal.records.map(({ type }) => type)).toEqual(['city.changed', 'city.changed'])
    expect(journal.records[0]!.payload).toMatchObject({
      hash: 'a',
      changes: [],
      packs: [{ id: 'eco', version: 1 }],
    })
    const { changes } = journal.records[1]!.payload as { changes: { field: string }[] }
    expect(changes.map(({ field }) => field)).toEqual(['definition'])
    expect(JSON.stringify(journal.records)).not.toContain('/internal')
  })

  it('answers the definitions of a past instant, also after a restart, and writes nothing twice', async () => {
    const { packs, journal } = await open(first)
    nowMs += 3_600_000
    await packs.cityChanged(second)
    const again = await open(second, journal)
    expect(journal.records).toHaveLength(2)
    const old = await definitionsAt(again.packs, nowMs - 1, second.indicators)
    expect(old?.[0]!.definition.zh).toBe('旧口径的定义')
    expect(await definitionsAt(again.packs, nowMs, second.indicators)).toBeUndefined()
  })

  it('takes a city up again that was there before', async () => {
    const { packs, journal } = await open(first)
    await packs.cityChanged(second)
    await packs.cityChanged(first)
    expect(journal.records).toHaveLength(3)
    expect(await readdir(join(folder, 'packs'))).toHaveLength(2)
  })

  it('marks a changed meaning with both texts until the notice is over, and not before it', async () => {
    const { packs } = await open(first)
    nowMs += 3_600_000
    await packs.cityChanged(second)
    const told = {
      code: 'ECO.AIR.GOOD',
      fields: ['definition'],
      from: { zh: '旧口径的定义' },
      to: { zh: '新口径的定义' },
      at: '2026-08-01T01:00:00Z',
      until: '2026-08-08T01:00:00Z',
    }
    expect(await definitionBreaks(packs, nowMs)).toEqual([told])
    expect(await definitionBreaks(packs, nowMs - 1)).toEqual([])
    expect(await definitionBreaks(packs, nowMs + 7 * 86_400_000)).toEqual([])
    expect(await definitionBreaks(packs, nowMs + 86_400_000, 'P1D')).toEqual([])
  })

  it('does not answer bytes that are no longer what their name says', async () => {
    const { packs, journal } = await open(first)
    nowMs += 3_600_000
    await packs.cityChanged(second)
    for (const name of await readdir(join(folder, 'packs')))
      await writeFile(join(folder, 'packs', name), 'indicators: []')
    const again = await open(second, journal)
    expect(await definitionsAt(again.packs, nowMs - 1, second.indicators)).toBeUndefined()
  })
})
