import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useClock } from './clock.ts'
import { latestMinutes, useMapView } from './map-view.ts'

describe('the map view', () => {
  beforeEach(() => {
    setActivePinia(createPinia())
    useClock().standAt('2026-08-06T06:32:10Z')
  })

  it('stands at the minute of the clock, or as far from it as the slider says, and no further than that reaches', () => {
    const view = useMapView()
    expect(view.atMs).toBe(Date.parse('2026-08-06T06:32:00Z'))
    view.standAt(-90)
    expect(view.atMs).toBe(Date.parse('2026-08-06T05:02:00Z'))
    view.standAt(10_000)
    expect(view.offsetMinutes).toBe(latestMinutes)
  })

  it('moves with the clock when it is turned away from it', () => {
    const view = useMapView()
    view.standAt(60)
    useClock().standAt('2026-08-06T06:33:00Z')
    expect(view.atMs).toBe(Date.parse('2026-08-06T07:33:00Z'))
  })

  it('remembers only how layers differ from the theme', () => {
    const view = useMapView()
    view.switchLayer('pipes', true, false)
    view.switchLayer('facilities', false, true)
    expect([[...view.layersOn], [...view.layersOff]]).toEqual([['pipes'], ['facilities']])
    view.switchLayer('pipes', false, false)
    view.switchLayer('facilities', true, true)
    expect([view.layersOn.size, view.layersOff.size]).toEqual([0, 0])
  })

  it('lets go of a feature and of nothing else', () => {
    const view = useMapView()
    view.selectFeature('pipes/w-1')
    expect(view.selectedFeature).toBe('pipes/w-1')
    view.open({ kind: 'incident', id: 'EV-1' })
    expect(view.selectedFeature).toBeUndefined()
    view.selectFeature(undefined)
    expect(view.subject).toEqual({ kind: 'incident', id: 'EV-1' })
  })

  it('brings the divider back to the middle when a comparison ends', () => {
    const view = useMapView()
    view.compare({ left: new Set(['a']), right: new Set(['b']) })
    view.moveDivider(1.4)
    expect(view.divider).toBe(1)
    view.compare(undefined)
    expect(view.divider).toBe(0.5)
  })

  it('puts either half at an instant of its own and lets it follow the map again, keeping the sides of the layers', () => {
    const view = useMapView()
    view.compare({ left: new Set(['projects']), right: new Set() })
    view.standSideAt('left', 5)
    view.standSideAt('right', 9)
    expect(view.comparison).toEqual({
      left: new Set(['projects']),
      right: new Set(),
      instants: { left: 5, right: 9 },
    })
    view.standSideAt('left', undefined)
    expect(view.comparison?.instants).toEqual({ right: 9 })
  })
})
