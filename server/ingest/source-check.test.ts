import * as v from 'valibot'
import { expect, it } from 'vitest'
import type { IndicatorAdapter } from '../../src/contracts/indicator-adapter.ts'
import { checkSources } from './source-check.ts'

const adapter = {
  settings: v.object({ baseUrl: v.pipe(v.string(), v.url()) }),
} as unknown as IndicatorAdapter
const adapters = new Map([['json-http', adapter]])
const source = { id: 'bureau', adapter: 'json-http', settings: { baseUrl: '${DEMO_UPSTREAM}/api' } }
const check = (variables: Record<string, string>, ...sources: object[]) =>
  checkSources({ sources, features: { sources: [] } } as never, adapters, variables)

it('tells a source whose address stands in a variable that is not there, and lets it start when it is', () => {
  expect(() => check({}, source)).toThrow(/the source bureau cannot be asked as it is set: .*URL/)
  expect(() => check({ DEMO_UPSTREAM: 'http://127.0.0.1:1' }, source)).not.toThrow()
})

it('tells a source of an unknown adapter', () => {
  expect(() => check({}, { ...source, adapter: 'other' })).toThrow(
    'source bureau names an unknown adapter other',
  )
})
