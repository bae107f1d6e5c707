import { defineMapLayer } from '../../contracts/map-layer.ts'
import type { LocalText } from '../../domain/text.ts'
import { withAlpha } from '../../ui/cartography/feature-colours.ts'
import { anchorOf, featureKey, polygonsOf } from '../../ui/cartography/feature-shape.ts'
import { areaFill, forecastEntry, saidOf } from '../../ui/cartography/forecast.ts'
import { hazardColours } from '../../ui/cartography/hazard-colours.ts'
import { labelRank } from '../../ui/cartography/label-rank.ts'
import { cssColour } from '../../ui/cartography/map-colours.ts'

const glyph: LocalText = { zh: '火', en: '火' }
const unnamed: LocalText = { zh: '过火范围', en: 'Burnt area' }

/** Edge of a fire at the map's instant; dashed and hatched where it is expected. */
export default defineMapLayer({
  title: { zh: '过火范围', en: 'Fire perimeter' },
  collections: ['fire-perimeter'],
  legend(view) {
    const colour = cssColour(hazardColours[view.appearance].line[2])
    return [
      { text: { zh: '过火范围', en: 'Burnt area' }, colour, form: 'fill' },
      ...forecastEntry('dash', colour, view.features('fire-perimeter')),
    ]
  },
  build(view, kit) {
    const { features, forecast } = view.features('fire-perimeter')
    const { fill, line } = hazardColours[view.appearance]
    const items = features.map((feature) => ({
      polygons: polygonsOf(feature.geometry, view.project),
      ...areaFill(withAlpha(fill[2], forecast ? 0.6 : 0.3), forecast),
      edge: withAlpha(line[2], 1),
      edgeWidth: 2.5,
      ...(forecast ? { dash: [9, 7] as const } : {}),
      feature: featureKey('fire-perimeter', feature),
    }))
    return items.length === 0 ? [] : [kit.areas({ id: 'fire-perimeter-area', items })]
  },
  labels(view) {
    const known = view.features('fire-perimeter')
    return known.features.map((feature) => ({
      id: `fire-perimeter-${feature.id}`,
      at: anchorOf(feature.geometry, view.project),
      text: saidOf(feature.properties.name ?? view.text(unnamed), view, known),
      kind: 'note' as const,
      priority: labelRank.hazard,
      badge: { glyph: glyph.zh, tone: 2 as const },
      feature: featureKey('fire-perimeter', feature),
    }))
  },
})
