import type { Geometry } from '../../domain/map-feature.ts'
import { type Rgba, withAlpha } from './feature-colours.ts'
import type { Metres, Project } from './feature-shape.ts'
import { areaFill } from './forecast.ts'
import { type Grid, gridClasses } from './grid-cells.ts'
import type { Rgb } from './map-colours.ts'
import { onceForLists } from './once-for-lists.ts'

interface GridClass {
  /** The least value of the class. */
  from: number
  color: Rgb
  opacity: number
}

interface GridItem {
  polygons: Metres[][][]
  fill: Rgba
  hatch?: true
}

const built = onceForLists((_grid: object, _project: Project): { cells?: Metres[][][] } => ({}))

/**
 * One area a class for a grid feature, the lowest first; a class without a cell has none. The cells of a grid are worked
 * out once for a ground, as a grid is replaced and never changed.
 */
export function gridAreas(
  feature: { geometry: Geometry; properties: Grid },
  classes: readonly GridClass[],
  project: Project,
  forecast: boolean,
): GridItem[] {
  if (feature.geometry.type !== 'Polygon') return []
  const corners = feature.geometry.coordinates[0] ?? []
  const bounds = classes.map(({ from }) => from)
  const known = built(feature, project)
  const cells = (known.cells ??= gridClasses(feature.properties, corners, bounds, project))
  return classes.flatMap(({ color, opacity }, index) => {
    const rings = cells[index]!
    if (rings.length === 0) return []
    // Strokes cover an eighth of what a full fill does.
    const fill = withAlpha(color, forecast ? Math.min(1, opacity * 1.6) : opacity)
    return [{ polygons: rings.map((ring) => [ring]), ...areaFill(fill, forecast) }]
  })
}
