import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { catalogueWith, indicatorWith, observationWith } from '../../tests/support/wire-fixtures.ts'
import { readSeries } from '../client/gateway.ts'
import { useCatalogue } from './catalogue.ts'
import { useClock } from './clock.ts'
import { useFiguresAt } from './figures-at.ts'

vi.mock('../client/gateway.ts')
const asked = vi.mocked(readSeries)
const at = (day: string): string => `2026-${day}T00:00:00Z`
const month = (end: string, value: number) =>
  observationWith({
    indicator: 'MAC.IND.VAI',
    value,
    period: { start: at('01-01'), end: at(end), label: end },
  })

beforeEach(() => {
  setActivePinia(createPinia())
  useClock().nowMs = Date.parse(at('08-06'))
  useCatalogue().accept(catalogueWith({ indicators: [indicatorWith({ code: 'MAC.IND.VAI', freq: 'M' })] }))
  asked.mockReset()
  asked.mockImplementation(async () => ({
    series: [
      { dims: {}, historic: false, observations: [month('05-31', 5), month('06-30', 6), month('07-31', 7)] },
    ],
    asOf: at('08-06'),
    serverTime: at('08-06'),
  }))
})
const scope = effectScope()
afterEach(() => scope.stop())

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await nextTick()
}

it('gives the last figure whose period was over then, none that was too old then, and none of what has not come', async () => {
  const atMs = ref<number | undefined>(Date.parse(at('07-05')))
  const { figures, pending } = scope.run(() =>
    useFiguresAt(() => ({ codes: ['MAC.IND.VAI', 'UNK.NOWN'], regions: ['220100'], atMs: atMs.value })),
  )!
  expect(pending.value, 'not missing: not there yet').toBe(true)
  await settle()
  expect(pending.value).toBe(false)
  const value = () => figures.value('MAC.IND.VAI', '220100')?.value
  expect(value()).toBe(6)
  expect(asked).toHaveBeenCalledTimes(1)
  expect(asked.mock.calls[0]![0]).toMatchObject({ indicator: 'MAC.IND.VAI', to: at('07-05') })
  atMs.value = Date.parse('2027-06-01T00:00:00Z')
  await settle()
  expect([value(), asked.mock.calls.length, pending.value]).toEqual([undefined, 1, false])
  useClock().nowMs = Date.parse('2027-06-02T00:00:00Z')
  atMs.value += 1
  await settle()
  expect([value(), asked.mock.calls.length]).toEqual([undefined, 2])
  atMs.value = undefined
  await settle()
  expect(asked).toHaveBeenCalledTimes(2)
})
