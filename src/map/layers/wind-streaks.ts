import { defineMapLayer } from '../../contracts/map-layer.ts'
import { featureColours } from '../../ui/cartography/feature-colours.ts'
import { anchorOf, centroid } from '../../ui/cartography/feature-shape.ts'
import { forecastEntry, forecastWord } from '../../ui/cartography/forecast.ts'
import { labelRank } from '../../ui/cartography/label-rank.ts'
import { cssColour } from '../../ui/cartography/map-colours.ts'
import { quadMesh } from '../../ui/cartography/mesh-builder.ts'
import { windStreak } from '../../ui/cartography/wind-streaks.ts'

/** Where the wind blows and how hard, as streaks: longer is faster, the bright end is ahead. */
export default defineMapLayer({
  title: { zh: '风场', en: 'Wind' },
  collections: ['wind'],
  legend(view) {
    const colour = cssColour(featureColours[view.appearance].wind)
    return [
      {
        text: { zh: '风（亮端为去向，越长风速越大）', en: 'Wind (bright end ahead, longer is faster)' },
        colour,
        form: 'line',
      },
      ...forecastEntry('dash', colour, view.features('wind')),
    ]
  },
  build(view, kit) {
    const { features, forecast } = view.features('wind')
    const { wind } = featureColours[view.appearance]
    const streaks = features.flatMap(({ geometry, properties: { speed, from } }) =>
      windStreak(anchorOf(geometry, view.project), speed, from, wind, forecast),
    )
    return streaks.length === 0
      ? []
      : [kit.mesh({ id: 'wind-streaks-air', solid: false, ...quadMesh(streaks) })]
  },
  labels(view) {
    const { features, forecast } = view.features('wind')
    if (!forecast || features.length === 0) return []
    const places = features.map(({ geometry }) => anchorOf(geometry, view.project))
    return [
      {
        id: 'wind-streaks-forecast',
        at: centroid([...places, places[0]!]),
        text: view.text(forecastWord),
        kind: 'note' as const,
        priority: labelRank.note,
      },
    ]
  },
})
