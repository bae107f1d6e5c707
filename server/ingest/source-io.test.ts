import { expect, test } from 'vitest'
import { SourceError } from '../../src/contracts/indicator-adapter.ts'
import { absentIo } from '../../src/contracts/absent-io.ts'
import { createSourceIo, waysOf } from './source-io.ts'
import { TallyBook } from './tally-book.ts'

const world = { root: import.meta.dirname, timeZone: 'Asia/Shanghai', now: () => 0, secret: () => undefined }

test('what an adapter counts is added up, and what it never counts is not said', () => {
  const book = new TallyBook()
  const ways = { ...waysOf({}), tally: (count: object) => book.add(count) }
  const io = createSourceIo(world, ways, new AbortController().signal)
  expect(book.counts()).toEqual({})
  io.tally({ dropped: 3 })
  io.tally({ dropped: 2, duplicate: 1 })
  expect(book.counts()).toEqual({ dropped: 5, duplicates: 1 })
})

test('a source that names no address reaches none', async () => {
  const io = createSourceIo(world, waysOf({}), new AbortController().signal)
  await expect(io.open({ method: 'GET', url: 'http://127.0.0.1:1/' })).rejects.toThrow(SourceError)
  await expect(io.connect('tcp://127.0.0.1:1')).rejects.toThrow(SourceError)
  await expect(io.reach('mqtt://127.0.0.1')).rejects.toThrow(SourceError)
  await expect(io.listen('tcp://127.0.0.1:0')[Symbol.asyncIterator]().next()).rejects.toThrow(SourceError)
})

test('a world without wires says which it lacks', async () => {
  const io = absentIo('a recording')
  await expect(io.open({ method: 'GET', url: 'http://x.invalid' })).rejects.toThrow(
    'a recording has no streams',
  )
  await expect(io.files('drop')).rejects.toThrow('a recording has no folders')
  await expect(io.listen('tcp://x:1')[Symbol.asyncIterator]().next()).rejects.toThrow(
    'a recording has no port to listen on',
  )
})
