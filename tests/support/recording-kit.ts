import type { Drawing, MapKit, MeshShape } from '../../src/contracts/map-kit.ts'

/** The kit's shapes stand as themselves, so that what would be drawn can be counted and read. */
export const recordingKit: MapKit = {
  mesh: (shape) => shape,
  areas: (shape) => shape,
  lines: (shape) => shape,
  dots: (shape) => shape,
  heat: (shape) => shape,
  hexagons: (shape) => shape,
  arcs: (shape) => shape,
  trips: (shape) => shape,
}

/** How many things a shape draws: items, dots, or vertices of a mesh. */
export function drawnCount(drawing: Drawing): number {
  const { items, positions, lifts, data } = drawing as Partial<MeshShape> & {
    items?: unknown[]
    data?: unknown
  }
  if (items) return items.length
  if (positions) return lifts ? positions.length : positions.length / 3
  return Array.isArray(data) ? data.length : 1
}
