import { defineMapLayer } from '../../contracts/map-layer.ts'
import { featureColours, withAlpha } from '../../ui/cartography/feature-colours.ts'
import { anchorOf, featureKey, polygonsOf } from '../../ui/cartography/feature-shape.ts'
import { areaFill, timeWord } from '../../ui/cartography/forecast.ts'
import { labelRank } from '../../ui/cartography/label-rank.ts'
import { cssColour } from '../../ui/cartography/map-colours.ts'

/** The nearer, the brighter; one lies on the other, so opacities add up. */
const OPACITY = { 30: 0.1, 15: 0.14, 10: 0.18, 5: 0.22 } as const

/** How far one comes from a place in so many minutes: the widest lowest, so that the nearer is seen and picked. */
export default defineMapLayer({
  title: { zh: '到达时间圈', en: 'Travel-time areas' },
  collections: ['isochrones'],
  legend: ({ appearance }) => {
    const { ramp } = featureColours[appearance]
    return [
      { text: { zh: '≤ 5 分钟可达', en: 'within ≤ 5 min' }, colour: cssColour(ramp[4]), form: 'fill' },
      { text: { zh: '≤ 10 分钟可达', en: 'within ≤ 10 min' }, colour: cssColour(ramp[3]), form: 'fill' },
      { text: { zh: '≤ 15 分钟可达', en: 'within ≤ 15 min' }, colour: cssColour(ramp[2]), form: 'fill' },
      { text: { zh: '≤ 30 分钟可达', en: 'within ≤ 30 min' }, colour: cssColour(ramp[1]), form: 'fill' },
    ]
  },
  build(view, kit) {
    const { features, forecast } = view.features('isochrones')
    const { ramp } = featureColours[view.appearance]
    const hue = { 30: ramp[1], 15: ramp[2], 10: ramp[3], 5: ramp[4] }
    const items = features
      .toSorted((a, b) => b.properties.minutes - a.properties.minutes)
      .map((feature) => {
        const { minutes } = feature.properties
        return {
          polygons: polygonsOf(feature.geometry, view.project),
          ...areaFill(withAlpha(hue[minutes], OPACITY[minutes] + (forecast ? 0.3 : 0.1)), forecast),
          edge: withAlpha(hue[minutes], 0.9),
          edgeWidth: 1.5,
          ...(forecast ? { dash: [9, 7] as const } : {}),
          feature: featureKey('isochrones', feature),
        }
      })
    return items.length === 0 ? [] : [kit.areas({ id: 'isochrones-reach', items })]
  },
  labels(view) {
    const reach = view.features('isochrones')
    const [word, [any]] = [timeWord(reach), reach.features]
    if (!any || !word) return []
    const at = anchorOf(any.geometry, view.project)
    return [
      {
        id: 'isochrones-time',
        at,
        text: view.text(word),
        kind: 'note' as const,
        priority: labelRank.note,
      },
    ]
  },
})
