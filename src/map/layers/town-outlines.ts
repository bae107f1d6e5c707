import type { LineItem } from '../../contracts/map-kit.ts'
import { defineMapLayer, type RegionShape } from '../../contracts/map-layer.ts'
import { withAlpha } from '../../ui/cartography/feature-colours.ts'
import { labelRank } from '../../ui/cartography/label-rank.ts'
import { type Rgb, cssColour } from '../../ui/cartography/map-colours.ts'
import { mapPalette } from '../../ui/cartography/map-palette.ts'

/** Outlines of the towns, and of the communities where the map has them, below the county somebody has gone down to. */
export default defineMapLayer({
  title: { zh: '乡镇街道界线', en: 'Town outlines' },
  legend: ({ units, appearance }) =>
    units.length === 0
      ? []
      : [
          {
            text: { zh: '下级界线（示意）', en: 'Outlines one level down (schematic)' },
            colour: cssColour(mapPalette[appearance].rim),
            form: 'line',
          },
        ],
  build(view, kit) {
    if (view.units.length === 0) return []
    const { rim, selected } = mapPalette[view.appearance]
    const of = (code: string | undefined): RegionShape[] =>
      view.units.filter(({ region }) => region.code === code)
    return [
      kit.lines({
        id: 'town-outlines-line',
        items: [
          ...view.units.flatMap((unit) => lines(unit, rim, 1, 0.55)),
          ...of(view.pointedRegion).flatMap((unit) => lines(unit, rim, 2.6, 1)),
          ...of(view.selectedUnit).flatMap((unit) => lines(unit, selected, 3, 1)),
        ],
      }),
    ]
  },
  labels: (view) =>
    view.units.map(({ region, anchor }) => ({
      id: `town-outlines-${region.code}`,
      at: anchor,
      region: region.code,
      text: view.text(region.name),
      kind: 'place' as const,
      priority: region.code === view.selectedUnit ? labelRank.selected : labelRank.name,
    })),
})

function lines({ polygons }: RegionShape, color: Rgb, width: number, opacity: number): LineItem[] {
  return polygons.flat().map((path) => ({ path, color: withAlpha(color, opacity), width }))
}
