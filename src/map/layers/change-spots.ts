import { defineMapLayer, type SituationView } from '../../contracts/map-layer.ts'
import type { FeatureOf } from '../../contracts/map-feature-view.ts'
import type { LocalText } from '../../domain/text.ts'
import { featureColours, withAlpha } from '../../ui/cartography/feature-colours.ts'
import { anchorOf, featureKey, polygonsOf } from '../../ui/cartography/feature-shape.ts'
import { saidOf } from '../../ui/cartography/forecast.ts'
import { labelRank } from '../../ui/cartography/label-rank.ts'
import { cssColour } from '../../ui/cartography/map-colours.ts'

type Spot = FeatureOf<'change-spots'>

const kinds: Readonly<Record<Spot['properties']['kind'], LocalText>> = {
  'new-building': { zh: '新增建筑', en: 'New building' },
  earthwork: { zh: '动土', en: 'Earthwork' },
  'water-filled': { zh: '填占水面', en: 'Water filled in' },
  'waste-heap': { zh: '堆放弃物', en: 'Waste heap' },
}
const states: Readonly<Record<Spot['properties']['state'], LocalText>> = {
  found: { zh: '疑似', en: 'suspected' },
  checking: { zh: '核查中', en: 'being checked' },
  confirmed: { zh: '属实', en: 'confirmed' },
  dismissed: { zh: '已排除', en: 'dismissed' },
}

/**
 * Ground that changed between two pictures. At an instant before the second picture only its outline is there, so two
 * halves of the map at the two times show before and after.
 */
export default defineMapLayer({
  title: { zh: '变化图斑', en: 'Change spots' },
  collections: ['change-spots'],
  hindsight: true,
  legend: ({ appearance }) => {
    const colour = cssColour(featureColours[appearance].series[2])
    return [
      { text: { zh: '变化后', en: 'After the change' }, colour, form: 'fill' },
      { text: { zh: '变化前', en: 'Before the change' }, colour, form: 'line' },
    ]
  },
  build(view, kit) {
    const hue = featureColours[view.appearance].series[2]
    const items = standing(view).map((spot) => {
      const feature = featureKey('change-spots', spot)
      const settled = spot.properties.state === 'confirmed'
      return {
        polygons: polygonsOf(spot.geometry, view.project),
        ...(changed(spot, view) ? { fill: withAlpha(hue, settled ? 0.5 : 0.3) } : {}),
        edge: withAlpha(hue, 1),
        edgeWidth: settled || feature === view.selectedFeature ? 3 : 1.5,
        feature,
      }
    })
    return items.length === 0 ? [] : [kit.areas({ id: 'change-spots-ground', items })]
  },
  labels(view) {
    const known = view.features('change-spots')
    return standing(view)
      .filter((spot) => changed(spot, view))
      .map((spot) => {
        const { kind, state } = spot.properties
        const key = featureKey('change-spots', spot)
        return {
          id: `change-spots-${spot.id}`,
          at: anchorOf(spot.geometry, view.project),
          text: saidOf(`${view.text(kinds[kind])} · ${view.text(states[state])}`, view, known),
          kind: 'note' as const,
          priority: key === view.selectedFeature ? labelRank.selected : labelRank.note + 2,
          feature: key,
        }
      })
  },
})

/** What somebody looked at and found to be nothing is not shown again, but by name. */
function standing(view: SituationView): Spot[] {
  return view
    .features('change-spots')
    .features.filter(
      (spot) =>
        spot.properties.state !== 'dismissed' || featureKey('change-spots', spot) === view.selectedFeature,
    )
}

function changed({ properties }: Spot, { atMs }: SituationView): boolean {
  return atMs >= Date.parse(properties.after)
}
