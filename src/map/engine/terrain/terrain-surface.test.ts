import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeTerrainTileset } from '../../../../scripts/city/tiles/terrain-tileset.ts'
import { CityGround } from '../city-ground.ts'
import { onRelief } from '../city-camera.ts'
import { EnuFrame } from '../enu-frame.ts'
import { terrainFiles, terrainOf } from './read-terrain.ts'
import { TerrainSurface } from './terrain-surface.ts'

const frame = new EnuFrame(125.32, 43.9)
/** Metres above what the map draws as 0: hills of 250 m a kilometre apart. */
const hills = (longitude: number, latitude: number): number =>
  250 * Math.sin(longitude * 400) * Math.cos(latitude * 500)
const [folder] = [mkdtempSync(join(tmpdir(), 'citydeck-terrain-'))]
let ground = new CityGround(frame)

beforeAll(async () => {
  const source = {
    west: 125.9,
    south: 44.4,
    east: 125.98,
    north: 44.46,
    cells: 500,
    heightAt: (longitude: number, latitude: number) => 100 + hills(longitude, latitude),
  }
  writeTerrainTileset(folder, source, [125.32, 43.9], 100, () => undefined)
  const read = async (file: string): Promise<ArrayBuffer> =>
    new Uint8Array(readFileSync(join(folder, file))).buffer
  const field = terrainOf(await terrainFiles('tileset.json', read), frame)
  ground = new CityGround(frame, new TerrainSurface(field!))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const places = Array.from({ length: 400 }, (_, at): [number, number] => [
  125.901 + (at % 20) * 0.004,
  44.401 + Math.floor(at / 20) * 0.0029,
])

it('stands what has no height of its own on the relief, 70 km from the middle of the city', () => {
  for (const [longitude, latitude] of places) {
    const at = frame.unproject(ground.project(longitude, latitude))
    // The stated error of the finest tiles.
    expect(Math.abs(at.height - hills(longitude, latitude))).toBeLessThan(2)
    expect(Math.abs(at.longitude - longitude)).toBeLessThan(1e-7)
    expect(Math.abs(at.latitude - latitude)).toBeLessThan(1e-7)
  }
})

it('counts heights from the ground there, and raises converted points to the same place', () => {
  for (const [longitude, latitude] of places) {
    const [on, over] = [ground.project(longitude, latitude), ground.project(longitude, latitude, 120)]
    expect(frame.unproject(over).height - frame.unproject(on).height).toBeCloseTo(120, 3)
    const raised = ground.lifted(frame.project(longitude, latitude))
    expect(Math.hypot(raised[0] - on[0], raised[1] - on[1])).toBeLessThan(0.1)
    expect(Math.abs(raised[2] - on[2])).toBeLessThan(0.2)
  }
})

it('is the ellipsoid beside the relief', () => {
  expect(ground.project(125.4, 43.9)).toEqual(frame.project(125.4, 43.9))
  expect(ground.upAt(...(frame.project(125.4, 44.2).slice(0, 2) as [number, number]))).toBeCloseTo(
    frame.project(125.4, 44.2)[2],
    3,
  )
})

it('meets a look where the ground first stands in its way', () => {
  const summit = ground.project(125.94, 44.43)
  const eye: [number, number, number] = [summit[0] - 3000, summit[1] - 2000, summit[2] + 4000]
  const toward: [number, number, number] = [3000, 2000, -4000]
  const hit = ground.surface!.hit(eye, toward)!
  expect(Math.hypot(hit[0] - summit[0], hit[1] - summit[1], hit[2] - summit[2])).toBeLessThan(0.5)
  expect(ground.surface!.hit(eye, [0, 0, 1])).toBeUndefined()
})

it('leaves the ground where a look from below comes out of it', () => {
  const place = ground.project(125.94, 44.43)
  for (const deep of [40, 4000]) {
    const eye: [number, number, number] = [place[0] - deep, place[1], place[2] - deep]
    const hit = ground.surface!.hit(eye, [1, 0, 1])!
    expect(Math.abs(hit[2] - ground.surface!.upAt(hit[0], hit[1])!)).toBeLessThan(0.1)
    expect(Math.hypot(hit[0] - eye[0], hit[2] - eye[2])).toBeGreaterThan(deep / 2)
  }
})

it('keeps the camera out of the hills', () => {
  const upAt = (east: number, north: number): number => (Math.hypot(east, north + 1500) < 800 ? 900 : 50)
  const view = { target: [0, 0, 0] as [number, number, number], range: 1500, heading: 0, pitch: -10 }
  const seen = onRelief(view, upAt, false)
  expect(seen.target[2]).toBe(50)
  expect(seen.pitch).toBeLessThan(-30)
  expect(onRelief({ ...view, range: 500_000 }, upAt, false).target[2]).toBe(0)
  expect(onRelief(view, upAt, true).pitch).toBe(-10)
})
