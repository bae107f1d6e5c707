import type { GltfFile, GltfNode, TileFault } from './gltf-file.ts'

/** Four by four, column after column. */
export type Matrix = readonly number[]

const IDENTITY: Matrix = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]

/** A mesh, and where it stands. */
export interface PlacedMesh {
  mesh: number
  matrix: Matrix
  /** Of an instance that is a thing of its own. */
  feature?: number
}

/** Every mesh of the file's scene, once for each place it has: nodes turn and move what hangs below them (glTF 2.0 §3.5.2). */
export function placedMeshes(file: GltfFile): PlacedMesh[] | TileFault {
  const { nodes = [], scenes, scene } = file.gltf
  const below = new Set(nodes.flatMap(({ children = [] }) => children))
  const roots = scenes?.[scene ?? 0]?.nodes ?? nodes.map((_, at) => at).filter((at) => !below.has(at))
  const placed: PlacedMesh[] = []
  const open = roots.map((at) => ({ at, parent: IDENTITY }))
  const seen = new Set<number>()
  while (open.length > 0) {
    const { at, parent } = open.pop()!
    const node = nodes[at]
    // A node below two others, or below itself, is no tree.
    if (!node || seen.has(at)) return 'format'
    seen.add(at)
    const matrix = product(parent, localMatrix(node))
    for (const child of node.children ?? []) open.push({ at: child, parent: matrix })
    if (node.mesh === undefined) continue
    const instances = instancesOf(file, node)
    if (typeof instances === 'string') return instances
    for (const one of instances) placed.push({ ...one, mesh: node.mesh, matrix: product(matrix, one.matrix) })
  }
  return placed
}

/** EXT_mesh_gpu_instancing; a node without it stands once. */
function instancesOf(file: GltfFile, node: GltfNode): Omit<PlacedMesh, 'mesh'>[] | TileFault {
  const instancing = node.extensions?.EXT_mesh_gpu_instancing
  if (!instancing) return [{ matrix: IDENTITY }]
  const { TRANSLATION, ROTATION, SCALE, _FEATURE_ID_0 } = instancing.attributes ?? {}
  const columns = [TRANSLATION, ROTATION, SCALE, _FEATURE_ID_0].map((index) =>
    index === undefined ? undefined : file.numbers(index),
  )
  const fault = columns.find((column) => typeof column === 'string')
  if (typeof fault === 'string') return fault
  const [moves, turns, scales, features] = columns as (Float64Array | undefined)[]
  const count = Math.max(
    (moves?.length ?? 0) / 3,
    (turns?.length ?? 0) / 4,
    (scales?.length ?? 0) / 3,
    features?.length ?? 0,
  )
  const item = (column: Float64Array | undefined, at: number, parts: number): number[] | undefined =>
    column && [...column.subarray(at * parts, (at + 1) * parts)]
  return Array.from({ length: count }, (_, at) => ({
    matrix: standing(item(moves, at, 3), item(turns, at, 4), item(scales, at, 3)),
    ...(features ? { feature: features[at]! } : {}),
  }))
}

function localMatrix({ matrix, translation, rotation, scale }: GltfNode): Matrix {
  return matrix ?? standing(translation, rotation, scale)
}

/** Moved, turned by a unit quaternion x, y, z, w, and scaled. */
function standing(
  [x, y, z]: readonly number[] = [0, 0, 0],
  [i, j, k, w]: readonly number[] = [0, 0, 0, 1],
  [width, height, depth]: readonly number[] = [1, 1, 1],
): Matrix {
  const turned = turnedAxes(i!, j!, k!, w!)
  const scales = [width!, height!, depth!]
  return [...turned.flatMap((axis, at) => [...axis.map((part) => part * scales[at]!), 0]), x!, y!, z!, 1]
}

function turnedAxes(i: number, j: number, k: number, w: number): number[][] {
  return [
    [1 - 2 * (j * j + k * k), 2 * (i * j + k * w), 2 * (i * k - j * w)],
    [2 * (i * j - k * w), 1 - 2 * (i * i + k * k), 2 * (j * k + i * w)],
    [2 * (i * k + j * w), 2 * (j * k - i * w), 1 - 2 * (i * i + j * j)],
  ]
}

function product(a: Matrix, b: Matrix): Matrix {
  return Array.from({ length: 16 }, (_, at) => {
    const [column, row] = [at >> 2, at & 3]
    let sum = 0
    for (let step = 0; step < 4; step++) sum += a[step * 4 + row]! * b[column * 4 + step]!
    return sum
  })
}
