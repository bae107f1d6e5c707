import type { MapKit } from '../../contracts/map-kit.ts'
import { flatAreas } from './flat-areas.ts'
import { flatArcs, flatTrips } from './flat-flows.ts'
import { flatLines } from './flat-lines.ts'
import { flatMesh } from './flat-mesh.ts'
import { flatDots, flatHeat, flatHexagons } from './flat-points.ts'

/** The kit's shapes on a canvas: every layer drawn in 3D is drawn here too. */
export const flatKit: MapKit = {
  mesh: flatMesh,
  areas: flatAreas,
  lines: flatLines,
  dots: flatDots,
  heat: flatHeat,
  hexagons: flatHexagons,
  arcs: flatArcs,
  trips: flatTrips,
}
