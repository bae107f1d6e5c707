import { defineMapLayer } from '../../contracts/map-layer.ts'
import { featureColours, withAlpha } from '../../ui/cartography/feature-colours.ts'
import { pathsOf } from '../../ui/cartography/feature-shape.ts'
import { cssColour } from '../../ui/cartography/map-colours.ts'

/** How long a vehicle's way stays visible behind it. */
const TAIL_MS = 3 * 60_000

/** Vehicles under way on the map's clock, each with a fading tail. */
export default defineMapLayer({
  title: { zh: '车辆轨迹', en: 'Vehicles under way' },
  collections: ['trips'],
  legend: ({ appearance }) => [
    {
      text: { zh: '行驶车辆及近期轨迹', en: 'Vehicles and where they came from' },
      colour: cssColour(featureColours[appearance].accent),
      form: 'line',
    },
  ],
  build(view, kit) {
    const { features } = view.features('trips')
    const items = features.flatMap(({ geometry, properties: { times } }) => {
      const [path] = pathsOf(geometry, view.project)
      // A position without its time cannot be placed on the clock.
      return path && path.length === times.length ? [{ path, times }] : []
    })
    if (items.length === 0) return []
    const color = withAlpha(featureColours[view.appearance].accent, 1)
    return [kit.trips({ id: 'trips-way', items, color, width: 3, tailMs: TAIL_MS, atMs: view.atMs })]
  },
})
