import { cpSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { adapterChecks } from '../../tests/conformance/adapter-checks.ts'
import { bundled } from '../../tests/support/bundled.ts'
import { temporaryFolder } from '../../tests/support/gateway-process.ts'
import { RecordingSchema } from '../../tests/support/recording.ts'
import recorded from '../../tests/third-party/staff-gauge.json'
import staffGauge from '../../tests/third-party/staff-gauge.ts'
import { fileOf, loadedAdapters, quarantineOf } from './adapter-registry.ts'
import { withThirdParty } from './third-party.ts'

const theirs = resolve(import.meta.dirname, '../../tests/third-party')

it('is written against the public contract alone', () => {
  const text = readFileSync(join(theirs, 'staff-gauge.ts'), 'utf8')
  const imports = [...text.matchAll(/^import (type )?.* from '(.*)'$/gm)].map(([, type, from]) => ({
    type,
    from,
  }))
  expect(imports.length).toBeGreaterThan(2)
  for (const { type, from } of imports) {
    if (from?.startsWith('../../src/contracts/')) continue
    if (type !== undefined && from?.startsWith('../../src/domain/')) continue
    expect(['valibot', 'node:crypto']).toContain(from)
  }
})

it.each(adapterChecks.map(({ name, run }) => [name, run] as const))('%s', async (_, run) => {
  await expect(run(staffGauge, v.parse(RecordingSchema, recorded))).resolves.toBeUndefined()
})

it('is loaded from its folder beside ours; a broken one is quarantined by its name, and ours keep their names', async () => {
  const folder = temporaryFolder()
  const file = await bundled('tests/third-party/staff-gauge.ts', folder)
  for (const name of ['throws-on-load', 'reads-nothing'])
    cpSync(join(theirs, `broken/${name}.mjs`), join(folder, `${name}.mjs`))
  cpSync(file, join(folder, 'file.mjs'))
  const ours = await loadedAdapters({ './file.ts': async () => staffGauge })
  const warned: string[] = []
  const all = await withThirdParty(ours, folder, (sentence) => void warned.push(sentence))
  expect([...all.keys()]).toEqual(['file', 'reads-nothing', 'staff-gauge', 'throws-on-load'])
  expect(all.get('file')).toBe(staffGauge)
  expect(quarantineOf(all.get('staff-gauge')!)).toBeUndefined()
  expect(fileOf(all.get('staff-gauge')!)).toMatch(/staff-gauge\.mjs$/)
  expect(quarantineOf(all.get('throws-on-load')!)).toBe(
    'adapter throws-on-load does not load: a licence server is missing',
  )
  expect(quarantineOf(all.get('reads-nothing')!)).toBe(
    'adapter reads-nothing is broken: settings is no valibot schema',
  )
  expect(warned).toHaveLength(3)
}, 60_000)

it('of ours is quarantined by its name too, where its file fails', async () => {
  const loaded = await loadedAdapters({
    './sound.ts': async () => staffGauge,
    './torn.ts': () => Promise.reject(new SyntaxError('unexpected end\nof it')),
    './bare.ts': async () => undefined,
  })
  expect(loaded.get('sound')).toBe(staffGauge)
  expect(quarantineOf(loaded.get('torn')!)).toBe('adapter torn does not load: SyntaxError: unexpected end')
  expect(quarantineOf(loaded.get('bare')!)).toBe('adapter bare is broken: its default export is no adapter')
})
