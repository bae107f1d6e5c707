import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { catalogueWith, indicatorWith, observationWith } from '../../tests/support/wire-fixtures.ts'
import { readSeries } from '../client/gateway.ts'
import { GatewayError } from '../client/http.ts'
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
let scope = effectScope()
beforeEach(() => (scope = effectScope()))
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

it('tells what could not be read from what has no figure, and asks for it again, and for nothing else, a minute later', async () => {
  const answer = asked.getMockImplementation()!
  let isAway = true
  asked.mockImplementation(async (query, signal) => {
    if (isAway && query.region === '220102') throw new GatewayError('away', 503)
    return answer(query, signal)
  })
  const { figures, failed, anyFailed, pending } = scope.run(() =>
    useFiguresAt(() => ({
      codes: ['MAC.IND.VAI'],
      regions: ['220100', '220102'],
      atMs: Date.parse(at('07-05')),
    })),
  )!
  expect(anyFailed.value).toBe(false)
  await settle()
  const told = () =>
    ['220100', '220102'].map((region) => [
      figures.value('MAC.IND.VAI', region)?.value,
      failed.value('MAC.IND.VAI', region),
    ])
  expect([told()[0], told()[1], anyFailed.value, pending.value]).toEqual([
    [6, false],
    [undefined, true],
    true,
    false,
  ])
  isAway = false
  useClock().nowMs += 60_000
  await settle()
  expect(asked.mock.calls.map(([{ region }]) => region)).toEqual(['220100', '220102', '220102'])
  expect([failed.value('MAC.IND.VAI', '220102'), anyFailed.value]).toEqual([false, false])
  expect(told()[0]).toEqual([6, false])
})

it('asks for an instant to come once it has come', async () => {
  const { figures } = scope.run(() =>
    useFiguresAt(() => ({ codes: ['MAC.IND.VAI'], regions: ['220100'], atMs: Date.parse(at('08-07')) })),
  )!
  await settle()
  expect(asked).not.toHaveBeenCalled()
  useClock().nowMs = Date.parse(at('08-07'))
  await settle()
  expect(asked).toHaveBeenCalledTimes(1)
  expect(figures.value('MAC.IND.VAI', '220100')?.value).toBe(7)
  useClock().nowMs += 120_000
  await settle()
  expect(asked).toHaveBeenCalledTimes(1)
})
