import { defineMapLayer } from '../../contracts/map-layer.ts'
import { featureColours, withAlpha } from '../../ui/cartography/feature-colours.ts'
import { anchorOf, featureKey } from '../../ui/cartography/feature-shape.ts'
import { labelRank } from '../../ui/cartography/label-rank.ts'
import { cssColour } from '../../ui/cartography/map-colours.ts'
import { evenColours, positionsOf } from '../../ui/cartography/point-positions.ts'

/** Enterprises as one field of dots; the one that was picked or searched says its name. */
export default defineMapLayer({
  title: { zh: '企业分布', en: 'Enterprises' },
  collections: ['enterprises'],
  legend: ({ appearance }) => [
    {
      text: { zh: '企业', en: 'Enterprise' },
      colour: cssColour(featureColours[appearance].accent),
      form: 'dot',
    },
  ],
  build(view, kit) {
    const { features } = view.features('enterprises')
    if (features.length === 0) return []
    return [
      kit.dots({
        id: 'enterprises-place',
        positions: positionsOf(features, view.project),
        colors: evenColours(features.length, withAlpha(featureColours[view.appearance].accent, 0.8)),
        size: 5,
        features: features.map((feature) => featureKey('enterprises', feature)),
      }),
    ]
  },
  labels: (view) =>
    view
      .features('enterprises')
      .features.filter((feature) => featureKey('enterprises', feature) === view.selectedFeature)
      .map((feature) => ({
        id: `enterprises-${feature.id}`,
        at: anchorOf(feature.geometry, view.project),
        text: [feature.properties.name, feature.properties.sector].filter(Boolean).join(' · '),
        kind: 'facility' as const,
        priority: labelRank.selected,
        feature: featureKey('enterprises', feature),
      })),
})
