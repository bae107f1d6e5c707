import { expect, test } from 'vitest'
import { SourceError } from '../../contracts/indicator-adapter.ts'
import { sqlFault } from './sql-faults.ts'

const said = (error: object, message = 'words of the server') =>
  (sqlFault(Object.assign(new Error(message), error), 'postgres://db:5432/city') as Error).message

test.each([
  [{ code: '57014' }, 'took too long'],
  [{ code: '53300' }, 'no connection left'],
  [{ code: '08006' }, 'the connection broke'],
  [{ code: '08P01' }, 'the connection broke'],
  [{ code: '42501' }, 'grant it SELECT'],
  [{ code: '28P01' }, 'password is wrong'],
  [{ code: '28000' }, 'not let in'],
  [{ code: '57P03' }, 'not ready yet'],
  [{ code: '40001' }, 'asked again'],
  [{ code: 'XX000' }, 'the query failed'],
  [{ code: 'ECONNREFUSED' }, 'nothing listens there'],
  // MySQL says HY000 of very different things: there the number tells.
  [{ errno: 1205, sqlState: 'HY000', code: 'ER_LOCK_WAIT_TIMEOUT' }, 'a lock was not given up'],
  [{ errno: 3024, sqlState: 'HY000', code: 'ER_QUERY_TIMEOUT' }, 'took too long'],
  [{ errno: 1969, sqlState: '70100' }, 'took too long'],
  [{ errno: 1040, sqlState: '08004' }, 'no connection left'],
  [{ errno: 1045, sqlState: '28000' }, 'not let in'],
])('%o: %s', (error, words) => {
  const message = said(error)
  expect(message).toMatch(/^postgres:\/\/db:5432\/city: /)
  expect(message).toContain(words)
  expect(message).toContain('words of the server')
})

test('a connection that ends without a code is one that broke', () => {
  expect(said({}, 'Connection terminated unexpectedly')).toContain('the connection broke')
})

test('what is no error of a database stays what it is', () => {
  const abort = new DOMException('stopped', 'AbortError')
  const known = new SourceError('known')
  expect([sqlFault(abort, 'x'), sqlFault(known, 'x'), sqlFault('word', 'x')]).toEqual([abort, known, 'word'])
})
