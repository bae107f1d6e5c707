import { defineMapLayer, type SituationView } from '../../contracts/map-layer.ts'
import type { Incident } from '../../domain/incident.ts'
import { incidentsAt } from '../../domain/incidents-at.ts'
import type { Rgb } from '../../ui/cartography/map-colours.ts'
import { mapPalette } from '../../ui/cartography/map-palette.ts'
import { disc, type MeshVertex, meshOf } from '../../ui/cartography/mesh-builder.ts'

/** Height in u of the stem on which a mark stands. */
const STEM = 22
const WEIGHT = { urgent: 2, pressing: 1, ordinary: 0 } as const

/** The map stands at whole minutes; a case of the minute that runs is there at once. */
const MINUTE = 60_000

/** Incidents that ran at the map's instant and say where they are: a stem in neutral ink, and the glyph as a label above it. */
export default defineMapLayer({
  title: { zh: '在办事件', en: 'Open incidents' },
  standing: 'ahead',
  build(view, kit) {
    const marks = located(view)
    if (marks.length === 0) return []
    const { mark } = mapPalette[view.appearance]
    const vertices = marks.flatMap(({ at }) => [...disc(at, 3.5, mark, 255, 12), ...stem(at, mark)])
    return [kit.mesh({ id: 'incident-marks-stem', solid: false, ...meshOf(vertices) })]
  },
  labels: (view) =>
    located(view).map(({ incident, at }) => ({
      id: `incident-marks-${incident.incident}`,
      at,
      lift: STEM,
      text: incident.title,
      kind: 'incident' as const,
      priority: 100 + WEIGHT[incident.urgency],
      incident,
    })),
})

function located(view: SituationView): { incident: Incident; at: [number, number, number] }[] {
  return incidentsAt(view.incidents, view.atMs + MINUTE - 1).flatMap((incident) =>
    incident.stage !== 'closed' && incident.place
      ? [{ incident, at: view.project(incident.place.longitude, incident.place.latitude) }]
      : [],
  )
}

function stem(at: [number, number, number], color: Rgb): MeshVertex[] {
  const corner = (east: number, up: number): MeshVertex => ({
    at,
    lift: [east, 0, up],
    color,
  })
  return [
    corner(-0.9, 0),
    corner(0.9, 0),
    corner(0.9, STEM),
    corner(-0.9, 0),
    corner(0.9, STEM),
    corner(-0.9, STEM),
  ]
}
