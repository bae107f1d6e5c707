import { defineMapLayer } from '../../contracts/map-layer.ts'
import { featureColours } from '../../ui/cartography/feature-colours.ts'
import { cssColour } from '../../ui/cartography/map-colours.ts'
import { positionsOf } from '../../ui/cartography/point-positions.ts'

/** Radius of a cell and height of the fullest one, in metres: a city of 200 km reads as a whole. */
const [RADIUS, HEIGHT] = [2000, 12_000]

/** Tickets of the hotline counted in hexagons; height linear in the count. */
export default defineMapLayer({
  title: { zh: '热线诉求蜂窝', en: 'Hotline tickets in hexagons' },
  collections: ['hotline-points'],
  legend: ({ appearance }) => {
    const { ramp } = featureColours[appearance]
    return [
      { text: { zh: '格内诉求少', en: 'Few in the cell' }, colour: cssColour(ramp[1]), form: 'fill' },
      {
        text: { zh: '格内诉求多（柱更高）', en: 'Many in the cell (taller)' },
        colour: cssColour(ramp[4]),
        form: 'fill',
      },
    ]
  },
  build(view, kit) {
    const { features } = view.features('hotline-points')
    if (features.length === 0) return []
    const positions = positionsOf(features, view.project)
    return [kit.hexagons({ id: 'hexagons-count', positions, radius: RADIUS, height: HEIGHT })]
  },
})
