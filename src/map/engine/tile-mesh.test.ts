import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { b3dm, cubeGlb, rewritten } from '../../../tests/support/glb-tiles.ts'
import { writeBuildingTileset } from '../../../scripts/city/tiles/building-tileset.ts'
import { EnuFrame } from './enu-frame.ts'
import { type TileMesh, readTileMesh } from './tile-mesh.ts'

const frame = new EnuFrame(125.32, 43.9)

function writtenTile(): ArrayBuffer {
  const folder = mkdtempSync(join(tmpdir(), 'tile-mesh-'))
  const corner = (east: number, north: number): [number, number] => {
    const { longitude, latitude } = frame.unproject([east, north, 0])
    return [longitude, latitude]
  }
  const ring = [corner(100, 0), corner(140, 0), corner(140, 30), corner(100, 30), corner(100, 0)]
  const tower = { id: 't', rings: [ring], height: 80, base: 0, heightFrom: 'measured' as const }
  writeBuildingTileset(folder, [tower], [125.32, 43.9], 'synthetic', () => undefined)
  const file = new Uint8Array(readFileSync(join(folder, '0.glb')))
  rmSync(folder, { recursive: true })
  return file.buffer
}

it('reads a tile of the city builder: metres, z up, and whose each vertex is', () => {
  const { positions, features, indices } = meshOf(new Uint8Array(writtenTile()))
  const along = (axis: number): number[] => [...positions].filter((_, at) => at % 3 === axis)
  const [easts, norths, ups] = [along(0), along(1), along(2)]
  expect(Math.min(...easts)).toBeCloseTo(100, 1)
  expect(Math.max(...easts)).toBeCloseTo(140, 1)
  expect(Math.min(...norths)).toBeCloseTo(0, 1)
  expect(Math.max(...norths)).toBeCloseTo(30, 1)
  expect(Math.max(...ups)).toBeCloseTo(80, 1)
  expect(new Set(features)).toEqual(new Set([0]))
  expect(indices.length).toBe((2 + 4 * 2) * 3)
})

function fileOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer
}

function meshOf(bytes: Uint8Array): TileMesh {
  const mesh = readTileMesh(fileOf(bytes))
  if (typeof mesh === 'string') throw new Error(mesh)
  return mesh
}

/** Least and greatest east, north and up. */
function boxOf({ positions }: TileMesh): number[][] {
  return [0, 1, 2].map((axis) => {
    const along = [...positions].filter((_, at) => at % 3 === axis)
    return [Math.min(...along), Math.max(...along)].map((metres) => Math.round(metres * 100) / 100)
  })
}

const half = Math.SQRT1_2

it('says what a primitive lacks that tells no attributes, as a broken file may', () => {
  const broken = rewritten(cubeGlb({ nodes: [{ mesh: 0 }] }), (gltf) => {
    const { meshes } = gltf as unknown as { meshes: { primitives: { attributes?: object }[] }[] }
    delete meshes[0]!.primitives[0]!.attributes
  })
  expect(readTileMesh(fileOf(broken))).toBe('format')
})

it('walks nodes below nodes: moved, scaled and turned, each in the frame of the one above', () => {
  // A turn by 90° about y takes the model's x to -z, which is the tile's north.
  const nodes = [
    { translation: [10, 0, 0], children: [1] },
    { rotation: [0, half, 0, half], children: [2] },
    { mesh: 0, scale: [4, 30, 2], translation: [5, 0, 0] },
    { mesh: 0, matrix: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 500, 0, 0, 1] },
  ]
  const mesh = meshOf(cubeGlb({ nodes, roots: [0] }))
  expect(boxOf(mesh)).toEqual([
    [10, 12],
    [5, 9],
    [0, 30],
  ])
  expect(mesh.indices).toHaveLength(36)
  expect(boxOf(meshOf(cubeGlb({ nodes })))[0]).toEqual([10, 501])
})

it('stands an instanced mesh wherever it stands', () => {
  const extensions = { EXT_mesh_gpu_instancing: { attributes: { TRANSLATION: 3, SCALE: 4 } } }
  const instances = [
    [0, 0, 0, 100, 0, -50],
    [1, 10, 1, 1, 20, 1],
  ]
  const mesh = meshOf(cubeGlb({ nodes: [{ mesh: 0, extensions, translation: [7, 0, 0] }], instances }))
  expect(boxOf(mesh)).toEqual([
    [7, 108],
    [-1, 50],
    [0, 20],
  ])
  expect(mesh.indices).toHaveLength(72)
  expect(Math.max(...mesh.indices)).toBe(15)
})

it('reads the model in a b3dm, counted from its centre, with the batch each vertex is of', () => {
  const model = cubeGlb({ nodes: [{ mesh: 0 }], featureAttribute: '_BATCHID' })
  const mesh = meshOf(b3dm(model, { BATCH_LENGTH: 1, RTC_CENTER: [1000, 2000, 30] }, { id: ['t'] }))
  expect(boxOf(mesh)).toEqual([
    [1000, 1001],
    [1999, 2000],
    [30, 31],
  ])
  expect(new Set(mesh.features)).toEqual(new Set([0]))
})

it('takes the axis that is up from the tileset', () => {
  const mesh = readTileMesh(fileOf(cubeGlb({ nodes: [{ mesh: 0, scale: [1, 1, 9] }] })), 'Z') as TileMesh
  expect(boxOf(mesh)[2]).toEqual([0, 9])
})

it('reads strips and fans, and passes over points', () => {
  const triangles = (mode: number): number =>
    meshOf(cubeGlb({ nodes: [{ mesh: 0 }], primitive: { mode } })).indices.length / 3
  expect([0, 4, 5, 6].map(triangles)).toEqual([0, 12, 34, 34])
})

it('says why it cannot read a tile', () => {
  const nodes = [{ mesh: 0 }]
  const draco = { extensions: { KHR_draco_mesh_compression: { bufferView: 0 } } }
  expect(readTileMesh(fileOf(cubeGlb({ nodes, primitive: draco })))).toBe('draco')
  const twice = [{ mesh: 0, children: [1] }, { children: [0] }]
  expect(readTileMesh(fileOf(cubeGlb({ nodes: twice, roots: [0] })))).toBe('format')
  const meshopt = rewritten(cubeGlb({ nodes }), (gltf) => {
    for (const view of gltf.bufferViews) view['extensions'] = { EXT_meshopt_compression: {} }
  })
  expect(readTileMesh(fileOf(meshopt))).toBe('meshopt')
  const elsewhere = rewritten(cubeGlb({ nodes }), (gltf) => (gltf.buffers[0]!['uri'] = 'model.bin'))
  expect(readTileMesh(fileOf(elsewhere))).toBe('format')
  expect(readTileMesh(new ArrayBuffer(8))).toBe('format')
  expect(readTileMesh(fileOf(new TextEncoder().encode('{"a": "no glb, though long enough"}')))).toBe('format')
})
