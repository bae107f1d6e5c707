import type { Scene } from '../../domain/scene.ts'

export type PlacedPanel = Scene['panels'][number]

export interface KioskStep {
  scene: string
  /** The scene's map, full screen, when there is no panel. */
  panels: PlacedPanel[]
}

/** Areas of the wall that are part of its frame, not of its story. */
const frameAreas = new Set(['weather'])

/**
 * The wall's scenes as steps: each scene's map first, then its panels two by two. `widthOf` gives a panel's best width
 * in u; one that is wider than half a screen stands alone.
 */
export function stepsOf(scenes: readonly Scene[], widthOf: (panel: string) => number): KioskStep[] {
  return scenes
    .filter((scene) => scene.console === 'wall')
    .flatMap((scene) => {
      const steps: KioskStep[] = scene.map ? [{ scene: scene.id, panels: [] }] : []
      for (const placed of onceEach(scene.panels)) {
        const open = steps.at(-1)
        const narrow = widthOf(placed.panel) <= 700
        const fits = open?.panels.length === 1 && narrow && widthOf(open.panels[0]!.panel) <= 700
        if (fits) open.panels.push(placed)
        else steps.push({ scene: scene.id, panels: [placed] })
      }
      return steps
    })
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
