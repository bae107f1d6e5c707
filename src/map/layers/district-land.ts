import { defineMapLayer, type EnuMetres, type RegionShape } from '../../contracts/map-layer.ts'
import type { LineItem } from '../../contracts/map-kit.ts'
import { withAlpha } from '../../ui/cartography/feature-colours.ts'
import { regionLandClass } from '../../ui/cartography/land-class.ts'
import type { Rgb } from '../../ui/cartography/map-colours.ts'
import { mapPalette } from '../../ui/cartography/map-palette.ts'
import { quadMesh } from '../../ui/cartography/mesh-builder.ts'
import { outerEdges, outline } from '../../ui/cartography/outer-edges.ts'

/** Thickness of the slab in u. */
const SLAB = 13

/** County units as one slab: class of land, borders, rim, and the outline of the picked one. */
export default defineMapLayer({
  title: { zh: '县（市）区地面分级', en: 'District classes' },
  standing: ({ land }) => (land === undefined ? undefined : 'always'),
  build(view, kit) {
    if (view.shapes.length === 0) return []
    const colours = mapPalette[view.appearance]
    const rings = view.shapes.flatMap(({ polygons }) => polygons.flat())
    const fill = ({ region }: RegionShape): Rgb => {
      const found = regionLandClass(view.theme, (indicator) => view.latest(indicator, region.code))
      if (found !== undefined) return colours.land[found]
      // Without a figure the land is bare ground; without a land theme every unit is plain land.
      return view.theme.land ? colours.ground : colours.land[0]
    }
    const outlined = (code: string | undefined, color: Rgb, width: number): LineItem[] =>
      view.shapes
        .filter(({ region }) => region.code === code)
        .flatMap(({ polygons }) => lines(polygons.flat(), color, width))
    return [
      kit.mesh({ id: 'district-land-side', solid: false, ...slabSide(rings, colours.landSide) }),
      kit.areas({
        id: 'district-land-area',
        items: view.shapes.map((shape) => ({ polygons: shape.polygons, fill: withAlpha(fill(shape), 1) })),
      }),
      kit.lines({
        id: 'district-land-line',
        items: [...lines(rings, colours.border, 1), ...lines(outline(rings), colours.rim, 2.6, 0.75)],
      }),
      kit.lines({
        id: 'district-land-outline',
        items: [
          ...outlined(view.pointedRegion, colours.rim, 2.6),
          ...outlined(view.selectedRegion, colours.selected, 3),
        ],
      }),
    ]
  },
  labels: (view) =>
    view.shapes.map(({ region, anchor }) => ({
      id: `district-land-${region.code}`,
      at: anchor,
      region: region.code,
      text: view.placeName(region.code),
      kind: 'place' as const,
      priority: region.code === view.selectedRegion ? 70 : 30,
    })),
})

function lines(paths: readonly EnuMetres[][], color: Rgb, width: number, opacity = 1): LineItem[] {
  return paths.map((path) => ({ path, color: withAlpha(color, opacity), width }))
}

/** The outline hanging down: drawn before the land, which covers its far side. */
function slabSide(rings: readonly EnuMetres[][], color: Rgb): ReturnType<typeof quadMesh> {
  return quadMesh(
    outerEdges(rings).map(([from, to]) => {
      const vertex = (
        at: EnuMetres,
        lift: number,
      ): { at: EnuMetres; lift: [number, number, number]; color: Rgb } => ({
        at,
        lift: [0, 0, lift],
        color,
      })
      return [vertex(from, 0), vertex(to, 0), vertex(to, -SLAB), vertex(from, -SLAB)]
    }),
  )
}
