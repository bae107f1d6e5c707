import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import {
  catalogueWith,
  incidentWith,
  observationWith,
  situationWith,
} from '../../tests/support/wire-fixtures.ts'
import { useCatalogue } from './catalogue.ts'
import { useObservations } from './observations.ts'
import { usePageCounts } from './page-counts.ts'

const nowMs = Date.parse('2026-08-06T06:32:00Z')
const root = '220100'
const stored = observationWith({ indicator: 'GOV.COCKPIT.INCIDENTS', region: root, value: 4, unit: '1' })

beforeEach(() => {
  setActivePinia(createPinia())
  useCatalogue().accept(catalogueWith())
  useObservations().acceptSnapshot([stored, observationWith({ region: root, value: 7 })])
})

it('leaves the stored count alone where this screen counts the same', () => {
  const incidents = ['a', 'b', 'c', 'd'].map((incident) => incidentWith({ incident, stage: 'reported' }))
  usePageCounts().count(situationWith({ incidents }), nowMs)
  expect(useObservations().get('GOV.COCKPIT.INCIDENTS', root)).toEqual(stored)
})

it('counts what this screen has already heard of, as of now, and nothing but counts', () => {
  const incidents = ['a', 'b'].map((incident) => incidentWith({ incident, stage: 'reported' }))
  usePageCounts().count(situationWith({ incidents }), nowMs)
  expect(useObservations().get('GOV.COCKPIT.INCIDENTS', root)).toMatchObject({
    value: 2,
    resultTime: '2026-08-06T06:32:00Z',
    lineage: stored.lineage,
  })
  expect(useObservations().get(observationWith().indicator, root)?.value).toBe(7)
})

it('makes no count up where the gateway has given none: who may not see it gets nothing', () => {
  usePageCounts().count(situationWith({ incidents: [] }), nowMs)
  expect(useObservations().get('GOV.COCKPIT.OVERDUE', root)).toBeUndefined()
})
