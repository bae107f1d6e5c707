import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Martini from '@mapbox/martini'
import { afterEach, describe, expect, it } from 'vitest'
import { EnuFrame } from '../../../src/map/engine/enu-frame.ts'
import type { Ring } from '../regions/geojson.ts'
import { writeBuildingTileset } from './building-tileset.ts'
import type { Footprint } from './footprint.ts'
import { glb, readGlb } from './glb.ts'
import { boxOf, emptyMesh, type Mesh, meshParts } from './mesh.ts'
import { addPrism } from './prism.ts'
import { quadtree } from './quadtree.ts'
import { GRID, terrainMesh } from './terrain-mesh.ts'
import { writeTerrainTileset } from './terrain-tileset.ts'

const folders: string[] = []
const folder = () => {
  folders.push(mkdtempSync(join(tmpdir(), 'citydeck-tiles-')))
  return folders.at(-1)!
}
afterEach(() => folders.splice(0).forEach((path) => rmSync(path, { recursive: true })))

const center: [number, number] = [125.32, 43.9]
const box = (id: number, west: number, south: number, height = 20): Footprint => {
  const ring: Ring = [
    [west, south],
    [west + 0.0003, south],
    [west + 0.0003, south + 0.0002],
    [west, south + 0.0002],
    [west, south],
  ]
  return {
    id: `b${id}`,
    name: id === 1 ? '示例' : '',
    rings: [ring],
    height,
    base: 0,
    heightFrom: 'measured',
  }
}
const grid = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    box(index, 125.3 + (index % 40) * 0.001, 43.88 + Math.floor(index / 40) * 0.001, 10 + (index % 90)),
  )

/** Six times the volume that triangles enclose: positive when they all face outwards. */
function volume6({ positions, indices }: Mesh): number {
  const at = (corner: number) =>
    positions.slice(indices[corner]! * 3, indices[corner]! * 3 + 3) as [number, number, number]
  let sum = 0
  for (let corner = 0; corner < indices.length; corner += 3) {
    const [a, b, c] = [at(corner), at(corner + 1), at(corner + 2)]
    sum +=
      a[0] * (b[1] * c[2] - b[2] * c[1]) +
      a[1] * (b[2] * c[0] - b[0] * c[2]) +
      a[2] * (b[0] * c[1] - b[1] * c[0])
  }
  return sum
}

describe('a building', () => {
  const plane = (longitude: number, latitude: number, height: number): [number, number, number] => [
    longitude,
    latitude,
    height,
  ]

  it('is closed but for its floor, faces outwards, and has a hole where its ring has one', () => {
    const outer: Ring = [
      [0, 0],
      [10, 0],
      [10, 10],
      [0, 10],
      [0, 0],
    ]
    const hole: Ring = [
      [4, 4],
      [4, 6],
      [6, 6],
      [6, 4],
      [4, 4],
    ]
    const mesh = emptyMesh()
    const footprint: Footprint = { ...box(0, 0, 0, 5), rings: [outer, hole] }
    expect(addPrism(mesh, footprint, 3, plane)).toBe(true)
    // The floor lies in the plane through the origin and adds nothing.
    expect(volume6(mesh) / 6).toBeCloseTo((100 - 4) * 5, 6)
    expect(boxOf(mesh.positions)).toEqual({ low: [0, 0, 0], high: [10, 10, 5] })
    expect(new Set(mesh.features)).toEqual(new Set([3]))
  })

  it('is left out when its roof cannot be cut', () => {
    const line: Ring = [
      [0, 0],
      [1, 0],
      [2, 0],
      [0, 0],
    ]
    const mesh = emptyMesh()
    expect(addPrism(mesh, { ...box(0, 0, 0), rings: [line] }, 0, plane)).toBe(false)
    expect(mesh.positions).toEqual([])
  })
})

it('quantises to steps of less than a centimetre in a tile of 500 m, and turns east, north, up into x, -z, y', () => {
  const mesh: Mesh = {
    positions: [0, 0, 0, 500, 0, 0, 0, 300, 80],
    greys: [1, 2, 3],
    features: [0, 1, 65535],
    indices: [0, 1, 2],
  }
  const parts = meshParts(mesh, true)
  const { json, bin } = readGlb(glb({ nodes: [parts.node], accessors: parts.accessors }, parts.views))
  const { translation, scale } = json.nodes[0]!
  const vertex = (index: number) =>
    [0, 1, 2].map((axis) => bin.readInt16LE(index * 16 + axis * 2) * scale![axis]! + translation![axis]!)
  ;[
    [0, 0, 0],
    [500, 0, 0],
    [0, 80, -300],
  ].forEach((place, index) =>
    vertex(index).forEach((value, axis) => expect(Math.abs(value - place[axis]!)).toBeLessThan(0.01)),
  )
  expect(bin.readUInt16LE(2 * 16 + 8)).toBe(65535)
})

describe('the quadtree', () => {
  it('holds each thing once, the largest in the root', () => {
    const things = Array.from({ length: 1000 }, (_, item) => ({
      item,
      east: item % 37,
      north: item % 91,
      size: item,
    }))
    const seen: number[] = []
    const walk = (node: ReturnType<typeof quadtree<number>>, above: number): void => {
      for (const item of node.items) expect(item).toBeLessThanOrEqual(above)
      expect(node.largestBelow).toBeLessThan(Math.min(...node.items) + 1)
      seen.push(...node.items)
      node.children.forEach((child) => walk(child, node.largestBelow))
    }
    walk(quadtree(things, 50), Infinity)
    expect(seen.toSorted((a, b) => a - b)).toEqual(things.map(({ item }) => item))
  })

  it('ends with things that lie on one spot', () => {
    const things = Array.from({ length: 500 }, (_, item) => ({ item, east: 0, north: 0, size: 1 }))
    expect(quadtree(things, 10)).toMatchObject({
      children: [],
      largestBelow: 0,
      items: things.map(({ item }) => item),
    })
  })
})

interface TileJson {
  boundingVolume: { box: number[] }
  geometricError: number
  content?: { uri: string }
  children?: TileJson[]
}

describe('the building tileset', () => {
  const walk = (tile: TileJson): TileJson[] => [tile, ...(tile.children ?? []).flatMap(walk)]

  it('names every building once with its height and provenance, in tiles whose boxes hold them', () => {
    const path = folder()
    const footprints = grid(1500)
    const built = writeBuildingTileset(path, footprints, center, 'synthetic', () => undefined)
    expect(built).toMatchObject({ buildings: 1500, refused: [] })
    const tileset = JSON.parse(readFileSync(join(path, 'tileset.json'), 'utf8')) as {
      asset: object
      root: TileJson & { transform: number[] }
    }
    expect(tileset.asset).toMatchObject({ version: '1.1' })
    const tiles = walk(tileset.root)
    expect(tiles).toHaveLength(built.tiles)
    const ids = tiles.flatMap((tile) => {
      const { json, bin } = readGlb(readFileSync(join(path, tile.content!.uri)))
      expect(json.extensionsUsed).toContain('EXT_structural_metadata')
      for (const child of tile.children ?? [])
        expect(child.geometricError).toBeLessThanOrEqual(tile.geometricError)
      return namesIn(json, bin)
    })
    expect(ids.toSorted()).toEqual(footprints.map(({ id }) => id).toSorted())
  })

  it('puts its origin on the ellipsoid at the city: the transform is the frame of the map', () => {
    const path = folder()
    writeBuildingTileset(path, grid(3), center, 'real', () => undefined)
    const { root } = JSON.parse(readFileSync(join(path, 'tileset.json'), 'utf8')) as {
      root: { transform: number[] }
    }
    const frame = new EnuFrame(...center)
    const [east, north, up] = [12, -34, 56]
    const world = [0, 1, 2].map(
      (axis) =>
        root.transform[axis]! * east +
        root.transform[4 + axis]! * north +
        root.transform[8 + axis]! * up +
        root.transform[12 + axis]!,
    )
    const { x, y, z } = frame.toEarth([east, north, up])
    world.forEach((value, axis) => expect(value).toBeCloseTo([x, y, z][axis]!, 6))
  })

  it('is the same to the byte when it is built again', () => {
    const [one, two] = [folder(), folder()]
    for (const path of [one, two]) writeBuildingTileset(path, grid(700), center, 'real', () => undefined)
    for (const file of ['tileset.json', '0.glb', '00.glb'])
      expect(readFileSync(join(one, file)).equals(readFileSync(join(two, file)))).toBe(true)
  })

  function namesIn(json: ReturnType<typeof readGlb>['json'], bin: Buffer): string[] {
    const { propertyTables } = json.extensions!['EXT_structural_metadata'] as {
      propertyTables: { count: number; properties: { id: { values: number; stringOffsets: number } } }[]
    }
    const [{ count, properties }] = propertyTables as [(typeof propertyTables)[number]]
    const [values, offsets] = [
      json.bufferViews[properties.id.values]!,
      json.bufferViews[properties.id.stringOffsets]!,
    ]
    const offset = (index: number) => bin.readUInt32LE(offsets.byteOffset + index * 4)
    return Array.from({ length: count }, (_, index) =>
      bin.toString('utf8', values.byteOffset + offset(index), values.byteOffset + offset(index + 1)),
    )
  }
})

describe('terrain', () => {
  const hill = {
    west: 125.2,
    east: 125.4,
    south: 43.8,
    north: 44,
    cells: 512,
    heightAt: (longitude: number, latitude: number) =>
      200 + 80 * Math.exp(-(((longitude - 125.3) / 0.03) ** 2) - ((latitude - 43.9) / 0.03) ** 2),
  }

  it('faces up everywhere, and reaches the top of the hill to within the error it states', () => {
    const martini = new Martini(GRID)
    const frame = new EnuFrame(...center)
    const mesh = terrainMesh({ martini, source: hill, frame, ground: 200 }, hill, 2)
    let facingUp = 0
    for (let corner = 0; corner < mesh.indices.length; corner += 3) {
      const [a, b, c] = [0, 1, 2].map((step) =>
        mesh.positions.slice(mesh.indices[corner + step]! * 3, mesh.indices[corner + step]! * 3 + 3),
      ) as [number[], number[], number[]]
      const up = (b[0]! - a[0]!) * (c[1]! - a[1]!) - (b[1]! - a[1]!) * (c[0]! - a[0]!)
      if (up > 1) facingUp += 1
      expect(up).toBeGreaterThan(-1)
    }
    expect(facingUp).toBeGreaterThan(50)
    const tops = Array.from(
      { length: mesh.positions.length / 3 },
      (_, vertex) => mesh.positions[vertex * 3 + 2]!,
    )
    expect(Math.max(...tops)).toBeGreaterThan(77)
    expect(Math.max(...tops)).toBeLessThan(81)
  })

  it('is finer the deeper the tile, and hangs a skirt at its border', () => {
    const path = folder()
    const { tiles } = writeTerrainTileset(path, hill, center, 200, () => undefined)
    expect(tiles).toBe(21)
    const { root } = JSON.parse(readFileSync(join(path, 'tileset.json'), 'utf8')) as { root: TileJson }
    expect(root.geometricError).toBeGreaterThan(root.children![0]!.geometricError)
    expect(root.children![0]!.children![0]!.geometricError).toBe(0)
    // The border of the hill lies at height 0; the skirt reaches below it and the earth's curve of 9 m.
    const [, , up, , , , , , , , , half] = root.boundingVolume.box
    expect(up! - half!).toBeLessThan(-20)
  })
})
