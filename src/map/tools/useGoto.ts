import type { EnuMetres, RegionShape } from '../../contracts/map-layer.ts'
import { pathTo } from '../../domain/place-regions.ts'
import type { Place } from '../../domain/place-search.ts'
import { useCatalogue } from '../../stores/catalogue.ts'
import { useMapRegions } from '../../stores/map-regions.ts'
import { useMapView } from '../../stores/map-view.ts'
import { useSituation } from '../../stores/situation.ts'
import { fitCamera } from '../engine/city-camera.ts'
import { mapFrame } from '../map-frame.ts'
import { useMapContext } from '../map-surface.ts'
import { beside } from './beside.ts'
import { useHeldSight } from './useHeldSight.ts'
import { useSpots } from './useSpots.ts'

/** Metres of ground to be seen on each side of a thing, so that one knows where it is. */
const AROUND = 350
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
  const [regions, situation, view] = [useMapRegions(), useSituation(), useMapView()]
  const { surface, enuOf } = useMapContext()
  const flyOver = useHeldSight(useFlight(angles))
  const region = useRegionFlight(shapes, flyOver)
  const flyTo = (spots: readonly EnuMetres[]): void => flyOver(spots.flatMap(around))
  const spotsOf = useSpots()

  function feature(id: string, at: Place['at']): void {
    const [collection, own] = [id.slice(0, id.indexOf('/')), id.slice(id.indexOf('/') + 1)]
    showLayerOf(collection)
    view.selectFeature(id)
    const spots = spotsOf(collection, own) ?? (at && [enuOf(at)])
    if (spots) flyTo(spots)
  }

  function incident(id: string): void {
    view.open({ kind: 'incident', id })
    const found = situation.incidents.find((one) => one.incident === id)
    if (found?.place) flyTo([enuOf([found.place.longitude, found.place.latitude])])
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
      } else if (kind === 'ground' && at) {
        // Nothing is known of it but its name.
        view.close()
        flyTo([enuOf(at)])
      } else feature(id, at)
    },
  }
}

function around([east, north]: EnuMetres): EnuMetres[] {
  return [-AROUND, AROUND].flatMap((x) => [-AROUND, AROUND].map((y): EnuMetres => [east + x, north + y, 0]))
}

/** To points of the ground, as near as all of them are seen beside the card. */
function useFlight(angles: () => { heading: number; pitch: number }): (points: readonly EnuMetres[]) => void {
  const { surface, size, covered, lonLatOf } = useMapContext()
  return (points) => {
    const frame = beside(mapFrame(size.value), covered.value)
    if (surface.value?.flyOver) {
      surface.value.flyOver(points, frame)
      return
    }
    const { target, range } = fitCamera(points, angles(), frame)
    const [longitude, latitude] = lonLatOf(target)
    surface.value?.flyTo?.(longitude, latitude, range)
  }
}

/** To the outline of a region or of what it lies in; to the whole city for what has none. */
function useRegionFlight(
  shapes: () => readonly RegionShape[],
  flyOver: (points: readonly EnuMetres[]) => void,
): (code: string) => void {
  const [catalogue, regions] = [useCatalogue(), useMapRegions()]
  const { surface } = useMapContext()
  return (code) => {
    const outlined = new Map(shapes().map((shape) => [shape.region.code, shape]))
    const found = pathTo(code, regions.get).findLast((one) => outlined.has(one.code))
    const shape = found && outlined.get(found.code)
    if (!shape || shape.region.code === catalogue.city?.root) surface.value?.home?.()
    else flyOver(shape.polygons.flat(2))
  }
}
