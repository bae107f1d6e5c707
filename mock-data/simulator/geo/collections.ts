import type { FeatureKind } from '../../../src/domain/feature-kinds.ts'
import { airStations } from './air-stations.ts'
import { assets, assetsStepMs } from './assets.ts'
import { cameras, camerasStepMs } from './cameras.ts'
import { changeSpots } from './change-spots.ts'
import { closedRoads, closedRoadsStepMs } from './closed-roads.ts'
import { enterprises } from './enterprises.ts'
import { facilities, facilitiesStepMs } from './facilities.ts'
import { firePerimeter, firePerimeterStepMs } from './fire-perimeter.ts'
import { flows, flowsStepMs } from './flows.ts'
import { forces, forcesStepMs } from './forces.ts'
import { hotlinePoints, hotlinePointsStepMs } from './hotline-points.ts'
import { inundation, inundationStepMs } from './inundation.ts'
import { isochrones, isochronesStepMs } from './isochrones.ts'
import { pipes } from './pipes.ts'
import { plume, plumeStepMs } from './plume.ts'
import { projects } from './projects.ts'
import { protectedAreas } from './protected-areas.ts'
import { radar, radarStepMs } from './radar.ts'
import { rainGrid, rainGridStepMs } from './rain-grid.ts'
import { shelters, sheltersStepMs } from './shelters.ts'
import type { GeoCollection } from './statement.ts'
import { trips, tripsStepMs } from './trips.ts'
import { warningAreas, warningAreasStepMs } from './warning-areas.ts'
import { waterSections } from './water-sections.ts'
import { wind, windStepMs } from './wind.ts'

/** A collection, and the milliseconds of its step; a register without a time of its own has none. */
const told: Record<FeatureKind, readonly [GeoCollection] | readonly [GeoCollection, number]> = {
  facilities: [facilities, facilitiesStepMs],
  enterprises: [enterprises],
  forces: [forces, forcesStepMs],
  shelters: [shelters, sheltersStepMs],
  'air-stations': [airStations],
  'water-sections': [waterSections],
  'closed-roads': [closedRoads, closedRoadsStepMs],
  isochrones: [isochrones, isochronesStepMs],
  plume: [plume, plumeStepMs],
  inundation: [inundation, inundationStepMs],
  'fire-perimeter': [firePerimeter, firePerimeterStepMs],
  wind: [wind, windStepMs],
  radar: [radar, radarStepMs],
  'rain-grid': [rainGrid, rainGridStepMs],
  'warning-areas': [warningAreas, warningAreasStepMs],
  assets: [assets, assetsStepMs],
  cameras: [cameras, camerasStepMs],
  pipes: [pipes],
  'protected-areas': [protectedAreas],
  projects: [projects],
  'change-spots': [changeSpots],
  trips: [trips, tripsStepMs],
  flows: [flows, flowsStepMs],
  'hotline-points': [hotlinePoints, hotlinePointsStepMs],
}

/** Every collection of the demo city by id: what held at `atMs` as far as it could be known at `nowMs`. Pure. */
export const geoCollections: ReadonlyMap<string, GeoCollection> = new Map(
  Object.entries(told).map(([id, [collection]]) => [id, collection]),
)

/** Milliseconds of the steps on which the timed collections speak; all divide a whole hour. */
export const geoSteps: ReadonlyMap<string, number> = new Map(
  Object.entries(told).flatMap(([id, [, stepMs]]) => (stepMs === undefined ? [] : [[id, stepMs] as const])),
)
