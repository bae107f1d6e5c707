import { anchorOf, type Project } from './feature-shape.ts'
import { onceForLists } from './once-for-lists.ts'
import type { Geometry } from '../../domain/map-feature.ts'

/**
 * Three ENU metres a feature, built once for a list on one ground: many thousand points are not projected again because the
 * pointer moved, and the same array tells the graphics card that nothing changed. A list is replaced, never changed; a relief
 * that is read later is another ground.
 */
export const positionsOf = onceForLists(
  (features: readonly { geometry: Geometry }[], project: Project): Float32Array => {
    const positions = new Float32Array(features.length * 3)
    features.forEach(({ geometry }, index) => positions.set(anchorOf(geometry, project), index * 3))
    return positions
  },
)

/** One colour for each of `count` dots. */
export function evenColours(count: number, color: readonly number[]): Uint8Array {
  const colours = new Uint8Array(count * 4)
  for (let index = 0; index < count; index++) colours.set(color, index * 4)
  return colours
}
