import { anchorOf, type Project } from './feature-shape.ts'
import type { Geometry } from '../../domain/map-feature.ts'

const built = new WeakMap<object, Float32Array>()

/**
 * Three ENU metres a feature, built once for a list: many thousand points are not projected again because the pointer
 * moved, and the same array tells the graphics card that nothing changed. A list is replaced, never changed, and the
 * origin stays as long as the city.
 */
export function positionsOf(features: readonly { geometry: Geometry }[], project: Project): Float32Array {
  const known = built.get(features)
  if (known) return known
  const positions = new Float32Array(features.length * 3)
  features.forEach(({ geometry }, index) => positions.set(anchorOf(geometry, project), index * 3))
  built.set(features, positions)
  return positions
}

/** One colour for each of `count` dots. */
export function evenColours(count: number, color: readonly number[]): Uint8Array {
  const colours = new Uint8Array(count * 4)
  for (let index = 0; index < count; index++) colours.set(color, index * 4)
  return colours
}
