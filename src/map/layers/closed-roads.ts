import { defineMapLayer } from '../../contracts/map-layer.ts'
import type { LocalText } from '../../domain/text.ts'
import { withAlpha } from '../../ui/cartography/feature-colours.ts'
import { anchorOf, featureKey, pathsOf } from '../../ui/cartography/feature-shape.ts'
import { saidOf } from '../../ui/cartography/forecast.ts'
import { hazardColours } from '../../ui/cartography/hazard-colours.ts'
import { labelRank } from '../../ui/cartography/label-rank.ts'
import { cssColour } from '../../ui/cartography/map-colours.ts'

const glyph: LocalText = { zh: '断', en: '断' }
const closed: LocalText = { zh: '已封闭', en: 'closed' }

/** Closed roads: red under black ticks over a pale casing, because red alone vanishes for some eyes. */
export default defineMapLayer({
  title: { zh: '封闭道路', en: 'Closed roads' },
  collections: ['closed-roads'],
  legend: ({ appearance }) => [
    {
      text: { zh: '封闭道路', en: 'Closed road' },
      colour: cssColour(hazardColours[appearance].line[1]),
      form: 'line',
    },
  ],
  build(view, kit) {
    const { features, forecast } = view.features('closed-roads')
    const { line, closedCasing, closedTick } = hazardColours[view.appearance]
    const items = features.flatMap((feature) =>
      pathsOf(feature.geometry, view.project).map((path) => ({
        path,
        color: withAlpha(line[1], 1),
        width: 6,
        casing: { color: withAlpha(closedCasing, 0.85), width: 9 },
        ...(forecast
          ? { dash: [9, 7] as const }
          : { ticks: { color: withAlpha(closedTick, 1), every: 13, length: 6 } }),
        feature: featureKey('closed-roads', feature),
      })),
    )
    return items.length === 0 ? [] : [kit.lines({ id: 'closed-roads-line', items })]
  },
  labels(view) {
    const known = view.features('closed-roads')
    return known.features.map((feature) => {
      const { name = '', reason } = feature.properties
      const key = featureKey('closed-roads', feature)
      return {
        id: `closed-roads-${feature.id}`,
        at: anchorOf(feature.geometry, view.project),
        text: saidOf(`${name} ${view.text(closed)} · ${reason}`.trim(), view, known),
        kind: 'note' as const,
        priority: key === view.selectedFeature ? labelRank.selected : labelRank.trouble,
        badge: { glyph: glyph.zh, tone: 1 as const },
        feature: key,
      }
    })
  },
})
