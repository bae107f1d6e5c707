import type { FeatureOf } from '../../contracts/map-feature-view.ts'
import type { EnuMetres } from '../../contracts/map-layer.ts'
import type { MapFeature } from '../../domain/map-feature.ts'
import { positionsOf } from '../../domain/place-center.ts'
import { useCatalogue } from '../../stores/catalogue.ts'
import { useFeatures } from '../../stores/features.ts'
import { useMapView } from '../../stores/map-view.ts'
import { assetPlaces } from '../../ui/cartography/asset-places.ts'
import { useMapContext } from '../map-surface.ts'
import { useRunningInstant } from '../usePlayback.ts'

/** Where a thing is: one that moves, where the map's clock has it now, for at the place it last told there may be nothing. */
export function useSpots(): (collection: string, id: string) => EnuMetres[] | undefined {
  const [catalogue, features, view] = [useCatalogue(), useFeatures(), useMapView()]
  const running = useRunningInstant()
  const { enuOf } = useMapContext()
  const project = (longitude: number, latitude: number): EnuMetres => enuOf([longitude, latitude])

  function drawnAt(collection: string, feature: MapFeature): EnuMetres | undefined {
    const card = catalogue.collections.find(({ id }) => id === collection)
    if (card?.kind !== 'assets') return undefined
    // What its kind holds was checked by the gateway.
    const asset = feature as FeatureOf<'assets'>
    return assetPlaces([asset], { atMs: view.atMs, playMs: running(), project })[0]?.ground
  }

  return (collection, id) => {
    const isIt = (one: MapFeature): boolean => one.id === id
    // As the map shows it, if it does; else as it was last heard of, at whatever instant.
    const found = features.view(collection).features.find(isIt) ?? features.known(collection).find(isIt)
    if (!found) return undefined
    const drawn = drawnAt(collection, found)
    return drawn
      ? [drawn]
      : positionsOf(found.geometry).map(([longitude, latitude]) => project(longitude, latitude))
  }
}
