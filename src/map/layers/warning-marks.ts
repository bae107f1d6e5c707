import { defineMapLayer, type EnuMetres, type SituationView } from '../../contracts/map-layer.ts'
import { inForce, type Warning } from '../../domain/warning.ts'
import { labelRank } from '../../ui/cartography/label-rank.ts'
import { levelWord } from '../../ui/cartography/level-words.ts'

/** Distance in u between the marks of one place. */
const STEP = 34

/** Official warnings that name districts and draw no area: over each of them the glyph of the level, which says its name. */
export default defineMapLayer({
  title: { zh: '预警标志', en: 'Warning glyphs' },
  collections: ['warning-areas'],
  build: () => [],
  labels(view) {
    const drawn = new Set(view.features('warning-areas').features.map(({ properties }) => properties.warning))
    const told = view.warnings
      .filter((warning) => inForce(warning, view.atMs) && !drawn.has(warning.id))
      .toSorted((a, b) => a.level - b.level)
    const standing = new Map<string, number>()
    return told.flatMap((warning) =>
      placesOf(warning, view).map(({ region, at }) => {
        const below = standing.get(region) ?? 0
        standing.set(region, below + 1)
        return {
          id: `warning-marks-${warning.id}-${region}`,
          at,
          lift: 16 + STEP * below,
          text: `${warning.event}${view.text(levelWord[warning.level])}`,
          kind: 'note' as const,
          priority: labelRank.warning - warning.level / 10,
          level: warning.level,
        }
      }),
    )
  },
})

/** Districts it names; for the city as a whole, or units that the map does not draw, its middle. */
function placesOf({ regions }: Warning, view: SituationView): { region: string; at: EnuMetres }[] {
  const named = view.shapes.filter(({ region }) => regions.includes(region.code))
  if (named.length > 0) return named.map(({ region, anchor }) => ({ region: region.code, at: anchor }))
  if (view.shapes.length === 0) return []
  const mean = (axis: 0 | 1 | 2): number =>
    view.shapes.reduce((sum, { anchor }) => sum + anchor[axis], 0) / view.shapes.length
  return [{ region: view.city, at: [mean(0), mean(1), mean(2)] }]
}
