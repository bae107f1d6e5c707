import { defineMapLayer } from '../../contracts/map-layer.ts'
import { featureColours } from '../../ui/cartography/feature-colours.ts'
import { cssColour } from '../../ui/cartography/map-colours.ts'
import { positionsOf } from '../../ui/cartography/point-positions.ts'

/** Where tickets of the hotline come from, as density: one hue, so that it never looks like a warning. */
export default defineMapLayer({
  title: { zh: '热线诉求热力', en: 'Density of hotline tickets' },
  collections: ['hotline-points'],
  legend: ({ appearance }) => {
    const { ramp } = featureColours[appearance]
    return [
      { text: { zh: '诉求稀疏', en: 'Few tickets' }, colour: cssColour(ramp[1]), form: 'fill' },
      { text: { zh: '诉求密集', en: 'Many tickets' }, colour: cssColour(ramp[4]), form: 'fill' },
    ]
  },
  build(view, kit) {
    const { features } = view.features('hotline-points')
    if (features.length === 0) return []
    return [kit.heat({ id: 'heat-points', positions: positionsOf(features, view.project), radius: 36 })]
  },
})
