import { flushPromises, mount } from '@vue/test-utils'
import * as v from 'valibot'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { catalogueWith, incidentWith, situationWith } from '../../../tests/support/wire-fixtures.ts'
import { sendCommand } from '../../client/gateway.ts'
import { GatewayError } from '../../client/http.ts'
import { FindingRuleSchema, findingsOf } from '../../domain/finding.ts'
import { useCatalogue } from '../../stores/catalogue.ts'
import { useClock } from '../../stores/clock.ts'
import { useMapView } from '../../stores/map-view.ts'
import { useSituation } from '../../stores/situation.ts'
import FindingState from './FindingState.vue'

vi.mock('../../client/gateway.ts')
const sent = vi.mocked(sendCommand)

const rule = v.parse(FindingRuleSchema, {
  id: 'change-spot',
  on: 'spot',
  collection: 'change-spots',
  title: '{name}疑似违法用地',
  kind: '变化图斑',
  urgency: 'ordinary',
  owner: 'natural-resources',
  acceptWithin: 'P1D',
  closeWithin: 'P10D',
  automaticFrom: 0.9,
})
const spot = {
  type: 'Feature' as const,
  id: 'change-1',
  geometry: { type: 'Point' as const, coordinates: [125.3, 43.8] as [number, number] },
  properties: { name: '示意图斑', confidence: 0.7, region: '220104' },
}
const [finding] = findingsOf(rule, [
  {
    collection: 'change-spots',
    source: 'geo',
    provenance: 'synthetic',
    resultTime: '2026-08-06T06:00:00Z',
    features: [spot],
  },
])

beforeEach(() => {
  setActivePinia(createPinia())
  useClock().nowMs = Date.parse('2026-08-06T06:32:00Z')
  useCatalogue().accept(catalogueWith())
  sent.mockReset()
  sent.mockResolvedValue({ sequence: 7 })
})
const shown = () => mount(FindingState, { props: { finding: finding! } })

it('raises by one press what two screens send under one name, and waits for the stream to say that it is one', async () => {
  const [one, other] = [shown(), shown()]
  await one.get('[data-raise]').trigger('click')
  await one.get('[data-raise]').trigger('click')
  await other.get('[data-raise]').trigger('click')
  await flushPromises()
  expect(sent).toHaveBeenCalledTimes(2)
  expect(new Set(sent.mock.calls.map(([command]) => command.id)).size).toBe(1)
  expect(sent.mock.calls[0]![0]).toMatchObject({
    type: 'incident.report',
    payload: { region: '220104', kind: '变化图斑', origin: 'screen', finding: { confidence: 0.7 } },
  })
})

it('says number and stage once it is one, and leads to it', async () => {
  const incident = incidentWith({ incident: finding!.incident, stage: 'accepted' })
  useSituation().accept(situationWith({ incidents: [incident] }))
  const state = shown()
  expect(state.find('[data-raise]').exists()).toBe(false)
  expect(state.get('[data-incident]').text()).toContain(`${finding!.incident} · 处置`)
  await state.get('[data-incident]').trigger('click')
  expect(useMapView().subject).toEqual({ kind: 'incident', id: finding!.incident })
})

it('says why it was not recorded, and may be pressed again', async () => {
  sent.mockRejectedValueOnce(new GatewayError('you may not send this command', 403))
  const state = shown()
  await state.get('[data-raise]').trigger('click')
  await flushPromises()
  expect(state.get('[role="alert"]').text()).toContain('you may not send this command')
  expect(state.get('[data-raise]').attributes('disabled')).toBeUndefined()
})

it('raises nothing of another instant, which would be reported as if it held now, and says what to do', async () => {
  const state = shown()
  for (const minutes of [-30, 60]) {
    useMapView().standAt(minutes)
    await flushPromises()
    const button = state.get('[data-raise]')
    expect(button.attributes('disabled')).toBeDefined()
    expect(state.get(`#${button.attributes('aria-describedby')}`).text()).toContain('调回现在')
    await button.trigger('click')
  }
  useMapView().standAt(0)
  await flushPromises()
  expect(state.text()).not.toContain('调回现在')
  await state.get('[data-raise]').trigger('click')
  await flushPromises()
  expect(sent).toHaveBeenCalledTimes(1)
})
