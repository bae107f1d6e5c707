import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { computed } from 'vue'
import { catalogueWith, indicatorWith, observationWith } from '../../tests/support/wire-fixtures.ts'
import { useCatalogue } from './catalogue.ts'
import { useClock } from './clock.ts'
import { useObservations } from './observations.ts'
import { useScene } from './scene.ts'
import { useFigure } from './useFigure.ts'

const code = 'SAF.WATER.LEVEL'

function levelAt(end: string) {
  return observationWith({ indicator: code, unit: 'm', period: { start: end, end, label: end } })
}

beforeEach(() => {
  setActivePinia(createPinia())
  useClock().standAt('2026-08-06T06:32:00Z')
})

function publish(): void {
  useCatalogue().accept(
    catalogueWith({ indicators: [indicatorWith({ code, unit: 'm', freq: 'N', timeBasis: 'instant' })] }),
  )
}

describe('useFigure', () => {
  it('is loading until the catalogue and the first snapshot are there', () => {
    const figure = useFigure(code)
    expect(figure.value.state).toBe('loading')
    publish()
    expect(figure.value.state).toBe('loading')
    useObservations().acceptSnapshot([])
    expect(figure.value.state).toBe('missing')
  })

  it('says no permission for an indicator that the viewer was not given', () => {
    publish()
    expect(useFigure('FIR.CALLS.DAY').value.state).toBe('no-permission')
  })

  it('turns late and then missing on its own cadence and keeps the value', () => {
    publish()
    useObservations().acceptSnapshot([levelAt('2026-08-06T06:31:30Z')])
    const figure = useFigure(code)
    expect(figure.value.state).toBe('ok')
    useClock().standAt('2026-08-06T06:34:00Z')
    expect(figure.value.state).toBe('late')
    useClock().standAt('2026-08-06T07:00:00Z')
    expect(figure.value).toMatchObject({ state: 'missing', observation: { value: 1 } })
  })

  it('is not rebuilt by a tick that changes nothing', () => {
    publish()
    useObservations().acceptSnapshot([levelAt('2026-08-06T06:31:30Z')])
    const figure = useFigure(code)
    let rebuilt = 0
    const watcher = computed(() => (rebuilt++, figure.value.state))
    void watcher.value
    useClock().standAt('2026-08-06T06:32:01Z')
    void watcher.value
    expect(rebuilt).toBe(1)
  })

  it('follows the selected region unless it names one', () => {
    publish()
    useObservations().acceptSnapshot([
      levelAt('2026-08-06T06:31:30Z'),
      { ...levelAt('2026-08-06T06:31:30Z'), region: '220102', value: 7 },
    ])
    const [follows, stays] = [useFigure(code), useFigure(code, { region: '220100' })]
    useScene().selectRegion('220102')
    expect([follows.value.observation?.value, stays.value.observation?.value]).toEqual([7, 1])
  })

  it('shows a published value as historic, never late', () => {
    useCatalogue().accept(
      catalogueWith({ indicators: [indicatorWith({ code, sources: [{ source: 'facts', mapping: {} }] })] }),
    )
    useObservations().acceptSnapshot([
      { ...levelAt('2020-01-01T00:00:00Z'), source: 'facts', provenance: 'real' },
    ])
    expect(useFigure(code).value).toMatchObject({ state: 'historic', observation: { value: 1 } })
  })
})
