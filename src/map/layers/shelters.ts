import { defineMapLayer } from '../../contracts/map-layer.ts'
import type { LocalText } from '../../domain/text.ts'
import { featureColours, withAlpha } from '../../ui/cartography/feature-colours.ts'
import { anchorOf, featureKey } from '../../ui/cartography/feature-shape.ts'
import { saidOf } from '../../ui/cartography/forecast.ts'
import { labelRank } from '../../ui/cartography/label-rank.ts'
import { cssColour } from '../../ui/cartography/map-colours.ts'
import { evenColours, positionsOf } from '../../ui/cartography/point-positions.ts'

const glyph: LocalText = { zh: '安', en: '安' }
const uncounted: LocalText = { zh: '未报', en: 'not reported' }
const housed: LocalText = { zh: '已容', en: 'Housed' }
const room: LocalText = { zh: '容量', en: 'Capacity' }

/** Shelters with how many they hold of how many they could. Where nobody has counted it says so: that is not zero. */
export default defineMapLayer({
  title: { zh: '安置点', en: 'Shelters' },
  collections: ['shelters'],
  legend: ({ appearance }) => [
    {
      text: { zh: '安置点（已容／容量）', en: 'Shelter (housed / capacity)' },
      colour: cssColour(featureColours[appearance].accent),
      form: 'badge',
      glyph: glyph.zh,
    },
  ],
  build(view, kit) {
    const { features } = view.features('shelters')
    if (features.length === 0) return []
    return [
      kit.dots({
        id: 'shelters-place',
        positions: positionsOf(features, view.project),
        colors: evenColours(features.length, withAlpha(featureColours[view.appearance].accent, 1)),
        size: 8,
        features: features.map((feature) => featureKey('shelters', feature)),
      }),
    ]
  },
  labels(view) {
    const known = view.features('shelters')
    return known.features.map((feature) => {
      const { capacity, occupied, name } = feature.properties
      const key = featureKey('shelters', feature)
      const chosen = key === view.selectedFeature
      const called = chosen && name ? name : ''
      const held =
        occupied === null
          ? view.text(uncounted)
          : { property: 'occupied', name: housed, value: occupied, unit: '1' }
      return {
        id: `shelters-${feature.id}`,
        at: anchorOf(feature.geometry, view.project),
        text: saidOf(called, view, known),
        said: [
          called,
          held,
          '/',
          { property: 'capacity', name: room, value: capacity, unit: '{person}' },
          saidOf('', view, known),
        ],
        kind: 'shelter' as const,
        // One that holds people before one that waits.
        priority: chosen ? labelRank.selected : labelRank.shelter - (occupied ? 0 : 5),
        badge: { glyph: glyph.zh, tone: 'shelter' as const },
        feature: key,
      }
    })
  },
})
