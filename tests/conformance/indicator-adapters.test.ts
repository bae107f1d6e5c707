// @vitest-environment node
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import type { IndicatorAdapter } from '../../src/contracts/indicator-adapter.ts'
import { type Recording, RecordingSchema } from '../support/recording.ts'
import { adapterChecks } from './adapter-checks.ts'
import { honest, twins } from './twins/adapters.ts'

const adapters = import.meta.glob<IndicatorAdapter>(
  ['../../src/adapters/indicators/*.ts', '!../../src/adapters/indicators/*.test.ts'],
  { eager: true, import: 'default' },
)
const recordings = import.meta.glob<unknown>('../../mock-data/recordings/*/*.json', {
  eager: true,
  import: 'default',
})

/** Real-server tests: a protocol that cannot be recorded is proven there by the suite that all of them share. */
const proofs = import.meta.glob<string>('../protocols/*.test.ts', {
  eager: true,
  query: '?raw',
  import: 'default',
})

const idOf = (path: string) => path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '')
const folderOf = (path: string) => path.split('/').at(-2) ?? ''

it('finds adapters: the registry is not empty', () => {
  expect(Object.keys(adapters).length).toBeGreaterThan(0)
})

it('finds the adapter of every recording', () => {
  const ids = new Set(Object.keys(adapters).map(idOf))
  expect(Object.keys(recordings).filter((path) => !ids.has(folderOf(path)))).toEqual([])
})

describe.each(Object.entries(adapters).map(([path, adapter]) => [idOf(path), adapter] as const))(
  '%s',
  (id, adapter) => {
    const own = Object.entries(recordings).filter(([path]) => folderOf(path) === id)

    it(`has a recording in mock-data/recordings/${id}/, or stands the suite of tests/protocols/${id}.test.ts`, () => {
      const proof = proofs[`../protocols/${id}.test.ts`] ?? ''
      // Where no server can be had, tests against a fixture of the standard, which say so in these words.
      expect(own.length > 0 || /protocolSuite\(|fixture of the standard/.test(proof)).toBe(true)
    })

    it.skipIf(own.length === 0)('has a recording that it reads something from', () => {
      const counts = own.map(([, recording]) => v.parse(RecordingSchema, recording).expect.readings)
      expect(Math.max(...counts)).toBeGreaterThan(0)
    })

    describe.each(own.map(([path, recording]) => [idOf(path), recording] as const))('%s', (_, json) => {
      const recording: Recording = v.parse(RecordingSchema, json)
      it.each(adapterChecks)('$name', async ({ run }) => {
        await expect(run(adapter, recording)).resolves.toBeUndefined()
      })
    })
  },
)

describe('the suite itself', () => {
  it.each(adapterChecks)('lets an honest adapter pass: $name', async ({ run }) => {
    await expect(run(honest.adapter, honest.recording)).resolves.toBeUndefined()
  })

  it.each(adapterChecks)('catches a twin that breaks the rule: $name', async ({ name, run }) => {
    const twin = twins[name]
    expect(twin, 'every check has a twin that fails it').toBeDefined()
    await expect(run(twin!, honest.recording)).rejects.toThrow(Error)
  })

  it('has no twin for a rule that is gone', () => {
    expect(Object.keys(twins).filter((name) => !adapterChecks.some((check) => check.name === name))).toEqual(
      [],
    )
  })
})
