import fc from 'fast-check'
import { query } from 'jsonpath-rfc9535'
import { expect, test } from 'vitest'
import { type JsonValue, allMatches, firstMatch } from './json-path.ts'

const name = fc.constantFrom('a', 'b', 'rows', '__proto__', 'length')
const json = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<JsonValue>(null, 0, 'x', true),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value
const path = fc
  .array(
    fc.oneof(
      name.map((key) => `.${key}`),
      fc.nat(3).map((index) => `[${index}]`),
      fc.constant('[*]'),
    ),
    { maxLength: 4 },
  )
  .map((steps) => `$${steps.join('')}`)

test('plain paths find what the library finds, in its order', () => {
  fc.assert(
    fc.property(json, path, (body, asked) => {
      expect(allMatches(body, asked)).toEqual(query(body, asked))
    }),
    { numRuns: 2_000 },
  )
})

test('anything that is not plain is left to the library', () => {
  const body = {
    rows: [
      { n: 'a', v: 1 },
      { n: 'b', v: 2 },
    ],
  }
  expect(allMatches(body, "$.rows[?@.n=='b'].v")).toEqual([2])
  expect(allMatches(body, '$..v')).toEqual([1, 2])
  expect(allMatches(body, '$.rows[-1].v')).toEqual([2])
  expect(firstMatch(body, '$.rows[7]')).toBeUndefined()
})
