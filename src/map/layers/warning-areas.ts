import { defineMapLayer } from '../../contracts/map-layer.ts'
import { areaFill, saidOf } from '../../ui/cartography/forecast.ts'
import { withAlpha } from '../../ui/cartography/feature-colours.ts'
import { anchorOf, featureKey, polygonsOf } from '../../ui/cartography/feature-shape.ts'
import { hazardColours } from '../../ui/cartography/hazard-colours.ts'
import { labelRank } from '../../ui/cartography/label-rank.ts'
import { levelLegend, levelWord } from '../../ui/cartography/level-words.ts'

/** Areas of official warnings in the colour of their level; the least severe lies lowest. */
export default defineMapLayer({
  title: { zh: '预警范围', en: 'Warning areas' },
  collections: ['warning-areas'],
  legend(view) {
    const told = new Set(view.features('warning-areas').features.map(({ properties }) => properties.level))
    return levelLegend(view.appearance, told)
  },
  build(view, kit) {
    const { features, forecast } = view.features('warning-areas')
    const { fill, line } = hazardColours[view.appearance]
    const items = features
      .toSorted((a, b) => b.properties.level - a.properties.level)
      .map((feature) => ({
        polygons: polygonsOf(feature.geometry, view.project),
        ...areaFill(withAlpha(fill[feature.properties.level], forecast ? 0.5 : 0.16), forecast),
        edge: withAlpha(line[feature.properties.level], 1),
        edgeWidth: 2,
        ...(forecast ? { dash: [9, 7] as const } : {}),
        feature: featureKey('warning-areas', feature),
      }))
    return items.length === 0 ? [] : [kit.areas({ id: 'warning-areas-extent', items })]
  },
  labels(view) {
    const known = view.features('warning-areas')
    return known.features.map((feature) => {
      const { event, level } = feature.properties
      return {
        id: `warning-areas-${feature.id}`,
        at: anchorOf(feature.geometry, view.project),
        text: saidOf(`${event}${view.text(levelWord[level])}`, view, known),
        kind: 'note',
        priority: labelRank.warning - level / 10,
        level,
        feature: featureKey('warning-areas', feature),
      }
    })
  },
})
