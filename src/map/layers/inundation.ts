import type { WetGround } from '../../contracts/map-drawing.ts'
import { defineMapLayer, type SituationView } from '../../contracts/map-layer.ts'
import { cssFill, featureColours, withAlpha } from '../../ui/cartography/feature-colours.ts'
import { anchorOf, featureKey, polygonsOf } from '../../ui/cartography/feature-shape.ts'
import { areaFill, forecastEntry, forecastWord } from '../../ui/cartography/forecast.ts'
import { labelRank } from '../../ui/cartography/label-rank.ts'

const bands = ['shallow', 'middle', 'deep'] as const
const OPACITY = { shallow: 0.5, middle: 0.5, deep: 0.62 } as const

/** Flooded ground by depth, deeper is brighter; its edge dashed while it is a forecast. Water is not alarm blue. */
export default defineMapLayer({
  title: { zh: '淹没范围', en: 'Flooded ground' },
  collections: ['inundation'],
  legend(view) {
    const { flood } = featureColours[view.appearance]
    const [shallow, middle, deep] = bands.map((band, index) => cssFill(flood[index]!, OPACITY[band]))
    return [
      { text: { zh: '水深 < 0.5 m', en: 'Depth < 0.5 m' }, colour: shallow!, form: 'fill' },
      { text: { zh: '水深 0.5–1 m', en: 'Depth 0.5–1 m' }, colour: middle!, form: 'fill' },
      { text: { zh: '水深 > 1 m', en: 'Depth > 1 m' }, colour: deep!, form: 'fill' },
      ...forecastEntry('dash', cssFill(flood[2], 1), view.features('inundation')),
    ]
  },
  build(view, kit) {
    const { forecast } = view.features('inundation')
    const { flood } = featureColours[view.appearance]
    const waters = nested(view)
    // The water's edge is that of its outermost band; the bands within have none.
    const outer = waters[0]?.properties.band
    const items = waters.map((feature) => {
      const { band } = feature.properties
      return {
        polygons: polygonsOf(feature.geometry, view.project),
        ...areaFill(withAlpha(flood[bands.indexOf(band)]!, OPACITY[band] + (forecast ? 0.2 : 0)), forecast),
        feature: featureKey('inundation', feature),
      }
    })
    const shores = waters
      .filter(({ properties }) => properties.band === outer)
      .flatMap(({ geometry }) => polygonsOf(geometry, view.project).flat())
      .map((path) => ({
        path,
        color: withAlpha(flood[2], 1),
        width: forecast ? 2 : 2.5,
        ...(forecast ? { dash: [9, 7] as const } : {}),
      }))
    if (items.length === 0) return []
    return [
      kit.areas({ id: 'inundation-depth', items }),
      kit.lines({ id: 'inundation-shore', items: shores }),
    ]
  },
  labels(view) {
    const { forecast } = view.features('inundation')
    const deepest = nested(view).at(-1)
    if (!forecast || !deepest) return []
    return [
      {
        id: 'inundation-forecast',
        at: anchorOf(deepest.geometry, view.project),
        text: view.text(forecastWord),
        kind: 'note' as const,
        priority: labelRank.hazard,
        feature: featureKey('inundation', deepest),
      },
    ]
  },
  wet: (view) => wetGround(view),
})

const found = new WeakMap<object, WetGround>()

/** The same ground for the same statement: buildings are not looked through anew for every step of the clock. */
function wetGround(view: SituationView): WetGround | undefined {
  const { features, forecast } = view.features('inundation')
  if (features.length === 0) return undefined
  const known = found.get(features)
  if (known?.forecast === forecast) return known
  const ground = {
    polygons: features.flatMap(({ geometry }) => polygonsOf(geometry, view.project)),
    forecast,
  }
  found.set(features, ground)
  return ground
}

function nested(view: SituationView) {
  return view
    .features('inundation')
    .features.toSorted((a, b) => bands.indexOf(a.properties.band) - bands.indexOf(b.properties.band))
}
