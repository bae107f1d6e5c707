import { defineMapLayer, type EnuMetres, type SituationView } from '../../contracts/map-layer.ts'
import { columnHeights } from '../../ui/cartography/column-height.ts'
import type { Rgb } from '../../ui/cartography/map-colours.ts'
import { type MapPalette, mapPalette } from '../../ui/cartography/map-palette.ts'
import { disc, meshOf, type MeshVertex, quadMesh } from '../../ui/cartography/mesh-builder.ts'

/** One column per county unit, of the theme's column indicator; never more than one set. */
export default defineMapLayer({
  title: { zh: '县（市）区柱', en: 'District columns' },
  standing: ({ column }) => (column === undefined ? undefined : 'always'),
  build(view, kit) {
    const columns = columnsOf(view)
    if (columns.length === 0) return []
    const colours = mapPalette[view.appearance]
    const feet = columns.flatMap(({ anchor }) => disc(anchor, view.columnWidth * 1.05, colours.landSide, 150))
    return [
      kit.mesh({ id: 'district-columns-foot', solid: false, ...meshOf(feet) }),
      kit.mesh({
        id: 'district-columns-prism',
        solid: true,
        ...quadMesh(
          columns.flatMap(({ anchor, height }) => prism(anchor, view.columnWidth / 2, height, colours)),
        ),
      }),
    ]
  },
  labels: (view) =>
    columnsOf(view).map(({ region, anchor, height, observation }) => ({
      id: `district-columns-${region}`,
      at: anchor,
      lift: height,
      text: view.format(observation.indicator, observation.value ?? 0),
      kind: 'value' as const,
      priority: region === view.selectedRegion ? 90 : 60,
      observation,
    })),
})

/** A region without a value has no column: nothing is not zero. */
function columnsOf(view: SituationView) {
  const indicator = view.theme.column
  if (indicator === undefined) return []
  const standing = view.shapes.flatMap(({ region, anchor }) => {
    const observation = view.latest(indicator, region.code)
    return observation && observation.value !== null
      ? [{ region: region.code, anchor, observation, value: observation.value }]
      : []
  })
  const heights = columnHeights(new Map(standing.map(({ region, value }) => [region, value])))
  return standing.map((column) => ({ ...column, height: heights.get(column.region) ?? 0 }))
}

/** Four sides and a top; what faces east or west is darker, so that the edge reads. */
function prism(
  at: EnuMetres,
  half: number,
  height: number,
  colours: MapPalette,
): [MeshVertex, MeshVertex, MeshVertex, MeshVertex][] {
  const corner = (east: number, north: number, up: number, color: Rgb): MeshVertex => ({
    at,
    lift: [east * half, north * half, up],
    color,
  })
  const corners = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ] as const
  const sides = corners.map(([east, north], index): [MeshVertex, MeshVertex, MeshVertex, MeshVertex] => {
    const [nextEast, nextNorth] = corners[(index + 1) % 4]!
    const shade = index % 2 === 0 ? 1 : 0.68
    const [low, high] = [dimmed(colours.columnFoot, shade), dimmed(colours.column, shade)]
    return [
      corner(east, north, 0, low),
      corner(nextEast, nextNorth, 0, low),
      corner(nextEast, nextNorth, height, high),
      corner(east, north, height, high),
    ]
  })
  const [a, b, c, d] = corners.map(([east, north]) => corner(east, north, height, colours.columnTop))
  return [...sides, [a!, b!, c!, d!]]
}

function dimmed([red, green, blue]: Rgb, share: number): Rgb {
  return [Math.round(red * share), Math.round(green * share), Math.round(blue * share)]
}
