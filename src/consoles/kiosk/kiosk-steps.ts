import type { Scene } from '../../domain/scene.ts'

export type PlacedPanel = Scene['panels'][number]

export interface KioskStep {
  scene: string
  /** The scene's map, full screen, when there is no panel. */
  panels: PlacedPanel[]
}

/** Areas of the wall that are part of its frame, not of its story. */
const frameAreas = new Set(['weather'])

/** Width and height in u. */
export type Size = readonly [wide: number, high: number]
export type SizeOf = (panel: string) => Size

/** Room for panels and between them, in u. */
const stage = { width: 1848, height: 800, gap: 60 }
const largest = 1.9
/** Wider than this, a panel takes the whole width: such ones stand above each other, the others side by side. */
const halfStage = 700

export const isColumn = ({ panels }: KioskStep, sizeOf: SizeOf): boolean =>
  panels.some(({ panel }) => sizeOf(panel)[0] > halfStage)

/**
 * The wall's scenes as steps: each scene's map first, then its panels in their order, two narrow ones side by side and as many
 * wide ones above each other as there is room for. `sizeOf` gives a panel's best size.
 */
export function stepsOf(scenes: readonly Scene[], sizeOf: SizeOf): KioskStep[] {
  return scenes
    .filter((scene) => scene.console === 'wall')
    .flatMap((scene) => {
      const steps: KioskStep[] = scene.map ? [{ scene: scene.id, panels: [] }] : []
      for (const placed of onceEach(scene.panels)) {
        const open = steps.at(-1)
        if (open && open.panels.length > 0 && fits(open.panels, placed, sizeOf)) open.panels.push(placed)
        else steps.push({ scene: scene.id, panels: [placed] })
      }
      return steps
    })
}

function fits(there: readonly PlacedPanel[], placed: PlacedPanel, sizeOf: SizeOf): boolean {
  const sizes = [...there, placed].map(({ panel }) => sizeOf(panel))
  const wide = sizes.filter(([width]) => width > halfStage)
  if (wide.length === 0) return sizes.length === 2
  const high = sizes.reduce((sum, size) => sum + size[1] * alone(size), stage.gap * (sizes.length - 1))
  return wide.length === sizes.length && high <= stage.height
}

const alone = ([wide, high]: Size): number => Math.min(largest, stage.width / wide, stage.height / high)

/** How much each panel of a step is enlarged: panels side by side alike, one above the other each to its own width. */
export function zoomsOf(step: KioskStep, sizeOf: SizeOf): number[] {
  const sizes = step.panels.map(({ panel }) => sizeOf(panel))
  if (isColumn(step, sizeOf)) return sizes.map(alone)
  const width = (stage.width - stage.gap * (sizes.length - 1)) / sizes.length
  const zoom = Math.min(largest, ...sizes.map(([wide, high]) => Math.min(width / wide, stage.height / high)))
  return sizes.map(() => zoom)
}

/** A wall may place one panel twice, once for each screen shape. */
function onceEach(panels: readonly PlacedPanel[]): PlacedPanel[] {
  const seen = new Set<string>()
  return panels.filter(({ panel, area, options }) => {
    const key = `${panel}:${JSON.stringify(options)}`
    if (frameAreas.has(area) || seen.has(key)) return false
    seen.add(key)
    return true
  })
}
