import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { catalogueWith } from '../../tests/support/wire-fixtures.ts'
import { readFeatures } from '../client/gateway.ts'
import { GatewayError } from '../client/http.ts'
import { toInstant } from '../domain/instant.ts'
import { useCatalogue } from '../stores/catalogue.ts'
import { useClock } from '../stores/clock.ts'
import { type Lane, useFeatures } from '../stores/features.ts'
import LabelWords from './LabelWords.vue'

vi.mock('../client/gateway.ts')
const asked = vi.mocked(readFeatures)
const now = Date.parse('2026-08-06T06:32:00Z')
const hour = 3_600_000

beforeEach(() => {
  setActivePinia(createPinia())
  useClock().nowMs = now
  const card = {
    id: 'shelters',
    name: { zh: '避难场所' },
    source: 'geo',
    poll: 'PT1M',
    step: 'PT1H',
    past: 'PT12H',
    provenance: 'synthetic' as const,
    department: 'statistics',
    critical: false,
  }
  useCatalogue().accept(catalogueWith({ collections: [card] }))
  asked.mockImplementation(async ({ collection, at }) => ({
    collection,
    at: at ?? toInstant(now),
    source: 'geo',
    provenance: 'synthetic',
    resultTime: at ?? toInstant(now),
    receivedAt: at ?? toInstant(now),
    hash: at ?? '',
    refused: [],
    features: [],
  }))
})

const said = [{ property: 'free', name: { zh: '余位' }, value: 12, unit: '{person}' }]
async function labelled(lane?: Lane) {
  const words = mount(LabelWords, { props: { said, feature: 'shelters/a', lane } })
  await flushPromises()
  return words.find('[data-indicator="shelters.free"]')
}

it('tells of a half at an instant of its own when that half’s statement holds and came', async () => {
  useFeatures().want(['shelters'], now)
  useFeatures().want(['shelters'], now - 5 * hour, 'left')
  expect((await labelled()).attributes('data-period')).toBe(toInstant(Math.floor(now / hour) * hour))
  const half = await labelled('left')
  expect(half.attributes('data-period')).toContain('T01:')
  expect(half.attributes('data-received')).toContain('T01:')
})

it('keeps the figure of a half while the map itself has no answer', async () => {
  asked.mockImplementationOnce(async () => Promise.reject(new GatewayError('away', 503)))
  useFeatures().want(['shelters'], now)
  useFeatures().want(['shelters'], now - 5 * hour, 'left')
  expect((await labelled()).exists()).toBe(false)
  expect((await labelled('left')).text()).toContain('12')
})

it('tells what was found in hindsight as the map itself does, because no half asks for it', async () => {
  useFeatures().want(['shelters'], now)
  expect((await labelled('left')).text()).toContain('12')
})
