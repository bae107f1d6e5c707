import { expect, test } from 'vitest'
import { indicatorOf } from '../../tests/support/domain-samples.ts'
import { bookOf, regions, told } from '../../tests/support/told-units.ts'
import type { Lineage } from '../../src/domain/observation.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { Gateway } from '../gateway.ts'
import { ProblemError } from '../problem.ts'
import { lineage } from './observations.ts'

const open = indicatorOf({ code: 'MAC.AGR.SOWN', unit: 'har', freq: 'A', audience: 'public' })
const closed = indicatorOf({ code: 'MAC.AGR.SOWN', unit: 'har', freq: 'A' })
const outsider = { sees: ({ audience }: { audience: string }) => audience === 'public' } as unknown as Viewer
const officer = { sees: () => true } as unknown as Viewer

const derived = { id: 'derived-1', inputs: [{ indicator: 'MAC.AGR.SOWN' }] } as Lineage

async function asked(viewer: Viewer, indicator: typeof open, id?: string): Promise<unknown> {
  const list = regions.slice(1).map(({ code }) => told('2025', code, 10, '2026-03-01T00:00:00Z'))
  const latest = await bookOf(list)
  const gateway = {
    latest,
    city: () => ({ indicators: [indicator] }),
    storage: { store: { lineage: async (wanted: string) => [derived].find((one) => one.id === wanted) } },
  } as unknown as Gateway
  const wanted = id ?? latest.get(indicator.code, '220100')!.lineage
  try {
    return await lineage.answer({ viewer, query: { id: wanted }, body: undefined, gateway })
  } catch (cause) {
    if (cause instanceof ProblemError) return cause.problem
    throw cause
  }
}

test('the record of a sum, which holds the figure of every unit, is there for who sees the indicator alone', async () => {
  expect(await asked(officer, closed)).toMatchObject({ source: 'rollup' })
  expect(await asked(outsider, open)).toMatchObject({ source: 'rollup' })
  expect(await asked(outsider, closed)).toMatchObject({ status: 404 })
})

test('so is that of a figure derived from an indicator', async () => {
  expect(await asked(officer, closed, 'derived-1')).toMatchObject({ id: 'derived-1' })
  expect(await asked(outsider, open, 'derived-1')).toMatchObject({ id: 'derived-1' })
  expect(await asked(outsider, closed, 'derived-1')).toMatchObject({ status: 404 })
})
