import type { EnuMetres, RegionShape } from '../../contracts/map-layer.ts'
import { pathTo } from '../../domain/place-regions.ts'
import type { Place } from '../../domain/place-search.ts'
import { positionsOf } from '../../domain/place-center.ts'
import { useCatalogue } from '../../stores/catalogue.ts'
import { useFeatures } from '../../stores/features.ts'
import { useMapRegions } from '../../stores/map-regions.ts'
import { useMapView } from '../../stores/map-view.ts'
import { useSituation } from '../../stores/situation.ts'
import { u } from '../../ui/viewport.ts'
import { fitCamera, type Frame } from '../engine/city-camera.ts'
import type { LabelBox } from '../engine/label-overlay.ts'
import { mapFrame } from '../map-frame.ts'
import { useMapContext } from '../map-surface.ts'

/** Metres of ground to be seen on each side of a thing, so that one knows where it is. */
const AROUND = 350
/** Room in u for the row of tools above a region's outline and the card at its right, at most so much of the width. */
const [ROW, CARD, CARD_SHARE] = [40, 392, 0.5]
/** Of the height from which a box at the left is a sheet, and of each side that must be left to look at. */
const [SHEET_SHARE, LEAST_SHARE] = [0.2, 0.25]
/** Of the height: a sheet hangs from the tools above it, what begins below it stands at the foot. */
const FOOT_SHARE = 0.45

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
  const { surface, enuOf } = useMapContext()
  const flyOver = useFlight(angles)
  const region = useRegionFlight(shapes, flyOver)
  const flyTo = (places: readonly (readonly [number, number, ...number[]])[]): void =>
    flyOver(places.flatMap(([longitude, latitude]) => around(enuOf([longitude, latitude]))))

  function feature(id: string, at: Place['at']): void {
    const [collection, own] = [id.slice(0, id.indexOf('/')), id.slice(id.indexOf('/') + 1)]
    showLayerOf(collection)
    view.selectFeature(id)
    const known = features.known(collection).find((one) => one.id === own)
    if (known) flyTo(positionsOf(known.geometry))
    else if (at) flyTo([at])
  }

  function incident(id: string): void {
    view.open({ kind: 'incident', id })
    const found = situation.incidents.find((one) => one.incident === id)
    if (found?.place) flyTo([[found.place.longitude, found.place.latitude]])
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
        flyTo([at])
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

/**
 * What the tools and the card leave of the map.
 * @param covered boxes of the tools: a sheet is one that stands high at the left, a legend or a timeline one at the foot
 */
export function beside({ insets, ...size }: Frame, covered: readonly LabelBox[]): Frame {
  const isAtFoot = ({ top }: LabelBox): boolean => top > size.height * FOOT_SHARE
  const sheets = covered.filter(
    ({ left, right, top, bottom }) =>
      top <= size.height * FOOT_SHARE &&
      left < size.width * 0.1 &&
      right < size.width * 0.7 &&
      bottom - top > size.height * SHEET_SHARE,
  )
  const left = Math.max(insets.left, ...sheets.map(({ right }) => right))
  const card = Math.min(u(CARD), size.width * CARD_SHARE)
  // Between a sheet and a card a narrow map has no room: there the card waits.
  const right = size.width - left - card < size.width * LEAST_SHARE ? insets.right : card
  const top = insets.top + u(ROW)
  const foot = Math.max(insets.bottom, ...covered.filter(isAtFoot).map((box) => size.height - box.top))
  const bottom = Math.max(insets.bottom, Math.min(foot, size.height * (1 - LEAST_SHARE) - top))
  return { ...size, insets: { top, bottom, left, right } }
}
