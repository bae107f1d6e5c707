import { defineMapLayer, type SituationView } from '../../contracts/map-layer.ts'
import { placesApart } from '../../ui/cartography/apart.ts'
import { featureColours, withAlpha } from '../../ui/cartography/feature-colours.ts'
import { featureKey, pathsOf } from '../../ui/cartography/feature-shape.ts'
import { cssColour } from '../../ui/cartography/map-colours.ts'

/** Width in u of the largest flow, and of one of nobody. */
const [WIDEST, NARROWEST] = [5, 1]
/** The heads of running dashes would cover places nearer to each other than this share of the whole: bows there stand still. */
const ROOM = 0.1

/** People between places, as bows; width by their number. Where there is room a running dash says whither. */
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
    const flows = flowsOf(view)
    const apart = placesApart(
      flows.map(({ to }) => to),
      ROOM,
    )
    const bows = (part: string, moving: boolean, opacity: number) => {
      const items = flows
        .filter(({ to }) => apart.has(to.join()) === moving)
        .map((flow) => ({ ...flow, color: withAlpha(accent, opacity) }))
      return items.length === 0 ? [] : [kit.arcs({ id: `flows-${part}`, items, moving })]
    }
    return [...bows('near', false, 0.55), ...bows('far', true, 0.85)]
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
