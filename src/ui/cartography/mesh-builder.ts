import type { Rgb } from './map-colours.ts'

/** One vertex: where it stands on the ground in metres, how far it is lifted off that point in u, and its colour. */
export interface MeshVertex {
  at: readonly [number, number, number]
  lift: readonly [number, number, number]
  color: Rgb
  alpha?: number
}

export interface MeshArrays {
  positions: Float32Array
  lifts: Float32Array
  colors: Uint8ClampedArray
}

/** Flat arrays for the graphics card from quads, each given around its edge. */
export function quadMesh(
  quads: readonly (readonly [MeshVertex, MeshVertex, MeshVertex, MeshVertex])[],
): MeshArrays {
  return meshOf(quads.flatMap(([a, b, c, d]) => [a, b, c, a, c, d]))
}

export function meshOf(vertices: readonly MeshVertex[]): MeshArrays {
  return {
    positions: Float32Array.from(vertices.flatMap(({ at }) => at)),
    lifts: Float32Array.from(vertices.flatMap(({ lift }) => lift)),
    colors: Uint8ClampedArray.from(vertices.flatMap(({ color, alpha }) => [...color, alpha ?? 255])),
  }
}

/** A flat disc on the ground as a fan of triangles, radius in u. */
export function disc(
  at: MeshVertex['at'],
  radius: number,
  color: Rgb,
  alpha: number,
  corners = 24,
): MeshVertex[] {
  const edge = (step: number): MeshVertex => {
    const angle = (2 * Math.PI * step) / corners
    return { at, lift: [radius * Math.cos(angle), radius * Math.sin(angle), 0], color, alpha }
  }
  const middle: MeshVertex = { at, lift: [0, 0, 0], color, alpha }
  return Array.from({ length: corners }, (_, step) => [middle, edge(step), edge(step + 1)]).flat()
}
