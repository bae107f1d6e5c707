import { defineMapLayer, type SituationView } from '../../contracts/map-layer.ts'
import { placesApart } from '../../ui/cartography/apart.ts'
import { arrowHead } from '../../ui/cartography/arrow-head.ts'
import { featureColours, withAlpha } from '../../ui/cartography/feature-colours.ts'
import { featureKey, pathsOf } from '../../ui/cartography/feature-shape.ts'
import { cssColour } from '../../ui/cartography/map-colours.ts'
import { meshOf } from '../../ui/cartography/mesh-builder.ts'

/** Width in u of the largest flow, and of one of nobody. */
const [WIDEST, NARROWEST] = [5, 1]
/** Heads at places nearer to each other than this share of the whole would cover them: there the running dash says whither. */
const ROOM = 0.1

/** People between places, as bows with a running dash; width by their number. */
export default defineMapLayer({
  title: { zh: '人口流动', en: 'Flows of people' },
  collections: ['flows'],
  legend: ({ appearance }) => [
    {
      text: { zh: '日均流动（越宽人数越多）', en: 'People a day (wider is more)' },
      colour: cssColour(featureColours[appearance].accent),
      form: 'line',
    },
  ],
  build(view, kit) {
    const { accent } = featureColours[view.appearance]
    const items = flowsOf(view).map((flow) => ({ ...flow, color: withAlpha(accent, 0.85) }))
    if (items.length === 0) return []
    const apart = placesApart(
      items.map(({ to }) => to),
      ROOM,
    )
    const pointed = items.filter(({ to }) => apart.has(to.join()))
    const heads = pointed.flatMap(({ from, to, width }) => arrowHead(from, to, accent, 8 + 2 * width))
    return [
      kit.arcs({ id: 'flows-bow', items, moving: true }),
      ...(heads.length > 0 ? [kit.mesh({ id: 'flows-head', solid: false, ...meshOf(heads) })] : []),
    ]
  },
})

function flowsOf(view: SituationView) {
  const { features } = view.features('flows')
  const most = Math.max(1, ...features.map(({ properties }) => properties.people))
  return features.flatMap((feature) => {
    const [path] = pathsOf(feature.geometry, view.project)
    const [from, to] = [path?.[0], path?.at(-1)]
    if (!from || !to) return []
    const width = NARROWEST + ((WIDEST - NARROWEST) * feature.properties.people) / most
    return [{ from, to, width, feature: featureKey('flows', feature) }]
  })
}
