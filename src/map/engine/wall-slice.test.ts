import { Matrix4, PerspectiveFrustum } from '@cesium/engine'
import { describe, expect, it } from 'vitest'
import { type CameraPose, projectToScreen, projectionMatrix } from './camera-pose.ts'
import { FOVY } from './city-camera.ts'
import { offsetFrustum, pictureSize, readSlice, sliceFrustum } from './wall-slice.ts'

const screen = { width: 1920, height: 1080 }

function poseOf(search: string): CameraPose {
  const { fovy, center } = sliceFrustum(screen, readSlice(search))
  const half = Math.tan(fovy / 2)
  const wide = (half * screen.width) / screen.height
  return {
    eye: [0, -5000, 4000],
    direction: [0, 0.78, -0.6257795138864806],
    up: [0, 0.6257795138864806, 0.78],
    right: [1, 0, 0],
    sides: { left: center.x - wide, right: center.x + wide, bottom: center.y - half, top: center.y + half },
    ...screen,
    focal: 6400,
    near: 100,
    far: 1e6,
  }
}

describe('readSlice', () => {
  it('reads screens and frames', () => {
    expect(readSlice('?slice=1,0,3,2&bezel=40,20')).toEqual({
      column: 1,
      row: 0,
      columns: 3,
      rows: 2,
      bezel: { x: 40, y: 20 },
    })
    expect(readSlice('?slice=0,0,2,1&bezel=8')?.bezel).toEqual({ x: 8, y: 8 })
  })

  it.each([
    '',
    '?slice=3,0,3,1',
    '?slice=0,0,0,1',
    '?slice=a,0,2,1',
    '?slice=-1,0,2,1',
    '?slice=0,0,2,1&bezel=-4',
  ])('shows the whole picture for %s', (search) => expect(readSlice(search)).toBeUndefined())
})

describe('a slice', () => {
  it('is the picture itself on a single screen', () => {
    expect(sliceFrustum(screen, readSlice('?slice=0,0,1,1'))).toEqual({
      fovy: expect.closeTo(FOVY, 12),
      center: { x: 0, y: 0 },
    })
  })

  it.each([
    ['without frames', '', 0],
    ['over a frame of 40 pixels', '&bezel=40,40', 40],
  ])('puts every place where the whole picture has it, %s', (_, bezel, gap) => {
    const whole = pictureSize(screen, readSlice(`?slice=0,0,3,2${bezel}`))
    const slope = Math.tan(FOVY / 2)
    const wide = (slope * whole.width) / whole.height
    const picture: CameraPose = {
      ...poseOf(''),
      sides: { left: -wide, right: wide, bottom: -slope, top: slope },
      ...whole,
    }
    for (const column of [0, 1, 2])
      for (const row of [0, 1]) {
        const part = poseOf(`?slice=${column},${row},3,2${bezel}`)
        for (const at of [
          [0, 0, 0],
          [812, -430, 25],
          [-377, 901, 0],
        ] as const) {
          const [here, there] = [projectToScreen(part, [...at])!, projectToScreen(picture, [...at])!]
          expect(here.x + column * (screen.width + gap)).toBeCloseTo(there.x, 6)
          expect(here.y + row * (screen.height + gap)).toBeCloseTo(there.y, 6)
        }
      }
  })

  it('gives Cesium the matrix deck.gl has, whatever near plane Cesium draws a clone with', () => {
    const pose = poseOf('?slice=2,1,3,2')
    const { fovy, center } = sliceFrustum(screen, readSlice('?slice=2,1,3,2'))
    const aspectRatio = screen.width / screen.height
    const frustum = new PerspectiveFrustum({
      fov: 2 * Math.atan(Math.tan(fovy / 2) * aspectRatio),
      aspectRatio,
      near: 3,
      far: 1e6,
    })
    offsetFrustum(frustum, center)
    const copy = frustum.clone(new PerspectiveFrustum())
    copy.near = pose.near
    copy.far = pose.far
    const ours = projectionMatrix(pose)
    const theirs = Matrix4.pack(
      copy.projectionMatrix,
      Array.from({ length: 16 }, () => 0),
    )
    ours.forEach((value, at) => expect(theirs[at]).toBeCloseTo(value, 9))
  })
})
