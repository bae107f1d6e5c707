import type { LineItem } from '../../contracts/map-kit.ts'
import { type RegionShape, defineMapLayer } from '../../contracts/map-layer.ts'
import { withAlpha } from '../../ui/cartography/feature-colours.ts'
import { labelRank } from '../../ui/cartography/label-rank.ts'
import { cssColour } from '../../ui/cartography/map-colours.ts'
import { mapPalette } from '../../ui/cartography/map-palette.ts'
import { outline } from '../../ui/cartography/outer-edges.ts'

/** On and off in u. */
const DASH = [7, 5] as const

/** Development zones as dashed outlines over the counties they overlap: no land of their own, nothing that sums. */
export default defineMapLayer({
  title: { zh: '开发区界线（示意）', en: 'Development zones (schematic)' },
  zones: true,
  legend: ({ zones = [], appearance }) =>
    zones.length === 0
      ? []
      : [
          {
            text: {
              zh: '*开发区（示意），不加总',
              en: '* Development zones (schematic), never summed',
            },
            colour: cssColour(mapPalette[appearance].selected),
            form: 'line',
          },
        ],
  build(view, kit) {
    const { zones = [], pointedRegion, selectedRegion } = view
    if (zones.length === 0) return []
    const { rim, selected } = mapPalette[view.appearance]
    const item = ({ region, polygons }: RegionShape): LineItem[] => {
      const isChosen = region.code === selectedRegion
      const isPointed = region.code === pointedRegion
      const color = withAlpha(isPointed && !isChosen ? rim : selected, isChosen || isPointed ? 1 : 0.55)
      const width = isChosen ? 3 : isPointed ? 2.6 : 1.4
      // The line itself is picked: within it the counties' land stays theirs.
      return outline(polygons.flat()).map((path) => ({
        path,
        color,
        width,
        dash: DASH,
        feature: `region/${region.code}`,
      }))
    }
    return [kit.lines({ id: 'zone-outlines-line', items: zones.flatMap(item) })]
  },
  labels: ({ zones = [], selectedRegion, text }) =>
    zones.map(({ region, anchor }) => ({
      id: `zone-outlines-${region.code}`,
      at: anchor,
      region: region.code,
      text: `${text(region.short ?? region.name)} *`,
      kind: 'place' as const,
      priority: region.code === selectedRegion ? labelRank.selected : labelRank.street,
    })),
})
