import type { RegionShape } from '../../contracts/map-layer.ts'
import { pathTo } from '../../domain/place-regions.ts'
import type { Place } from '../../domain/place-search.ts'
import { centerOf } from '../../domain/place-center.ts'
import { useCatalogue } from '../../stores/catalogue.ts'
import { useFeatures } from '../../stores/features.ts'
import { useMapRegions } from '../../stores/map-regions.ts'
import { useMapView } from '../../stores/map-view.ts'
import { useSituation } from '../../stores/situation.ts'
import { fitCamera } from '../engine/city-camera.ts'
import { mapFrame } from '../map-frame.ts'
import { useMapContext } from '../map-surface.ts'

/** Metres from which a single thing is seen: about a kilometre of ground around it. */
const THING = 6000
/** A region's outline keeps this much clear of what stands around the map. */
const MARGIN = 1.12

export interface Goto {
  /** Flies to a region's outline, or to that of what it lies in; the whole city for what has none. */
  region(code: string): void
  /** Flies there and opens the card of whatever was found. */
  place(found: Pick<Place, 'kind' | 'id'> & Partial<Place>): void
}

/**
 * @param shapes the outlines the base map has
 * @param angles from which side the city is seen
 * @param showLayerOf switches on the layer that draws a collection
 */
export function useGoto(
  shapes: () => readonly RegionShape[],
  angles: () => { heading: number; pitch: number },
  showLayerOf: (collection: string) => void,
): Goto {
  const [features, regions, situation, view] = [useFeatures(), useMapRegions(), useSituation(), useMapView()]
  const { surface } = useMapContext()
  const region = useRegionFlight(shapes, angles)
  const flyTo = (longitude: number, latitude: number): void =>
    surface.value?.flyTo?.(longitude, latitude, THING)

  function feature(id: string, at: Place['at']): void {
    const [collection, own] = [id.slice(0, id.indexOf('/')), id.slice(id.indexOf('/') + 1)]
    showLayerOf(collection)
    view.selectFeature(id)
    const known = features.known(collection).find((one) => one.id === own)
    const where = at ?? (known && centerOf(known.geometry))
    if (where) flyTo(where[0], where[1])
  }

  function incident(id: string): void {
    view.open({ kind: 'incident', id })
    const found = situation.incidents.find((one) => one.incident === id)
    if (found?.place) flyTo(found.place.longitude, found.place.latitude)
    else if (found) region(found.region)
  }

  return {
    region,
    place({ kind, id, at }) {
      if (kind === 'region') {
        const before = regions.place
        view.open({ kind, id })
        regions.drillTo(id)
        // A change of place flies by itself; the same place again is flown to all the same.
        if (before === regions.place) region(id)
      } else if (kind === 'incident') incident(id)
      else if (kind === 'indicator') {
        view.open({ kind, id })
        surface.value?.home?.()
      } else feature(id, at)
    },
  }
}

/** To the outline of a region or of what it lies in, as large as it fits; to the whole city for what has none. */
function useRegionFlight(
  shapes: () => readonly RegionShape[],
  angles: () => { heading: number; pitch: number },
): (code: string) => void {
  const [catalogue, regions] = [useCatalogue(), useMapRegions()]
  const { surface, size, lonLatOf } = useMapContext()
  return (code) => {
    const outlined = new Map(shapes().map((shape) => [shape.region.code, shape]))
    const found = pathTo(code, regions.get).findLast((one) => outlined.has(one.code))
    const shape = found && outlined.get(found.code)
    if (!shape || shape.region.code === catalogue.city?.root) {
      surface.value?.home?.()
      return
    }
    const { target, range } = fitCamera(shape.polygons.flat(2), angles(), mapFrame(size.value))
    const [longitude, latitude] = lonLatOf(target)
    surface.value?.flyTo?.(longitude, latitude, range * MARGIN)
  }
}
