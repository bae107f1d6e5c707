import type { FeatureOf } from '../../contracts/map-feature-view.ts'
import type { MapKit } from '../../contracts/map-kit.ts'
import { defineMapLayer, type SituationView } from '../../contracts/map-layer.ts'
import { featureColours, withAlpha } from '../../ui/cartography/feature-colours.ts'
import { featureKey, pathsOf } from '../../ui/cartography/feature-shape.ts'
import { cssColour } from '../../ui/cartography/map-colours.ts'
import { onceForLists } from '../../ui/cartography/once-for-lists.ts'

/** How long a vehicle's way stays visible behind it. */
const TAIL_MS = 3 * 60_000

type Ways = Parameters<MapKit['trips']>[0]['items']

/** Vehicles under way on the map's clock, each with a fading tail; a drive is told whole, so it runs on between two statements. */
export default defineMapLayer({
  title: { zh: '车辆轨迹', en: 'Vehicles under way' },
  collections: ['trips'],
  moves: true,
  legend: ({ appearance }) => [
    {
      text: { zh: '行驶车辆及近期轨迹', en: 'Vehicles and where they came from' },
      colour: cssColour(featureColours[appearance].accent),
      form: 'line',
    },
  ],
  build(view, kit) {
    const items = waysOf(view.features('trips').features, view.project)
    if (items.length === 0) return []
    const color = withAlpha(featureColours[view.appearance].accent, 1)
    const atMs = view.playMs ?? view.atMs
    return [kit.trips({ id: 'trips-way', items, color, width: 3, tailMs: TAIL_MS, atMs })]
  },
})

/** The same list for the same drives on the same ground: thousands of ways are not laid out anew for every step of the clock. */
const waysOf = onceForLists(
  (features: readonly FeatureOf<'trips'>[], project: SituationView['project']): Ways =>
    features.flatMap((trip) => {
      const [path] = pathsOf(trip.geometry, project)
      const { times } = trip.properties
      // A position without its time cannot be placed on the clock.
      return path && path.length === times.length ? [{ path, times, feature: featureKey('trips', trip) }] : []
    }),
)
