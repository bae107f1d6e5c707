import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { writeBuildingTileset } from '../../../scripts/city/tiles/building-tileset.ts'
import { EnuFrame } from './enu-frame.ts'
import { readTileMesh } from './tile-mesh.ts'

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
  const { positions, features, indices } = readTileMesh(writtenTile())!
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

it('says so when it cannot read a file', () => {
  expect(readTileMesh(new ArrayBuffer(8))).toBeUndefined()
  expect(
    readTileMesh(new TextEncoder().encode('{"a": "no glb, though it is long enough"}').buffer),
  ).toBeUndefined()
})
