import { PathLayer, SolidPolygonLayer } from '@deck.gl/layers'
import { defineMapLayer, type EnuMetres, type RegionShape } from '../../contracts/map-layer.ts'
import { regionLandClass } from '../../ui/cartography/land-class.ts'
import { type Rgb, mapColours } from '../../ui/cartography/map-colours.ts'
import { quadMesh } from '../../ui/cartography/mesh-builder.ts'
import { outerEdges, outline } from '../../ui/cartography/outer-edges.ts'

/** Thickness of the slab in u. */
const SLAB = 13
/** What lies flat is ordered by the list of layers; depth would only make coplanar areas fight. */
const flat = { depthCompare: 'always', depthWriteEnabled: false } as const

/** County units as one slab: class of land, borders, rim, and the outline of the picked one. */
export default defineMapLayer({
  title: { zh: '县（市）区地面分级', en: 'District classes' },
  build(view, kit) {
    if (view.shapes.length === 0) return []
    const areas = view.shapes.flatMap((shape) => shape.polygons.map((polygon) => ({ shape, polygon })))
    const rings = areas.flatMap(({ polygon }) => polygon)
    const fill = ({ region }: RegionShape): Rgb => {
      const found = regionLandClass(view.theme, (indicator) => view.latest(indicator, region.code))
      if (found !== undefined) return mapColours.land[found]
      // Without a figure the land is bare ground; without a land theme every unit is plain land.
      return view.theme.land ? mapColours.ground : mapColours.land[0]
    }
    const fills = new Map(
      view.shapes.map((shape) => [shape.region.code, [...fill(shape)] as [number, number, number]]),
    )
    const ringsOf = (code: string | undefined): EnuMetres[][] =>
      view.shapes.filter(({ region }) => region.code === code).flatMap(({ polygons }) => polygons.flat())
    return [
      kit.mesh({ id: 'district-land-side', solid: false, ...slabSide(rings) }),
      new SolidPolygonLayer({
        id: 'district-land-area',
        data: areas,
        getPolygon: ({ polygon }) => polygon,
        getFillColor: ({ shape }) => fills.get(shape.region.code) ?? [0, 0, 0],
        updateTriggers: { getFillColor: [...fills.values()].join() },
        parameters: flat,
      }),
      lines('district-land-border', rings, mapColours.border, view.u(1), 255),
      lines('district-land-rim', outline(rings), mapColours.rim, view.u(2.6), 191),
      lines('district-land-pointed', ringsOf(view.pointedRegion), mapColours.rim, view.u(2.6), 255),
      lines('district-land-selected', ringsOf(view.selectedRegion), mapColours.selected, view.u(3), 255),
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

function lines(
  id: string,
  paths: readonly EnuMetres[][],
  color: Rgb,
  width: number,
  alpha: number,
): PathLayer<EnuMetres[]> {
  return new PathLayer<EnuMetres[]>({
    id,
    data: paths as EnuMetres[][],
    getPath: (path) => path,
    getColor: [...color, alpha],
    getWidth: width,
    widthUnits: 'pixels',
    jointRounded: true,
    capRounded: true,
    parameters: flat,
  })
}

/** The outline hanging down: drawn before the land, which covers its far side. */
function slabSide(rings: readonly EnuMetres[][]): ReturnType<typeof quadMesh> {
  return quadMesh(
    outerEdges(rings).map(([from, to]) => {
      const vertex = (
        at: EnuMetres,
        lift: number,
      ): { at: EnuMetres; lift: [number, number, number]; color: Rgb } => ({
        at,
        lift: [0, 0, lift],
        color: mapColours.landSide,
      })
      return [vertex(from, 0), vertex(to, 0), vertex(to, -SLAB), vertex(from, -SLAB)]
    }),
  )
}
