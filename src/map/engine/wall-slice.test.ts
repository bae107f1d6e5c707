import { Matrix4, PerspectiveFrustum } from '@cesium/engine'
import { describe, expect, it } from 'vitest'
import { type CameraPose, projectToScreen, projectionMatrix } from './camera-pose.ts'
import { FOVY } from './city-camera.ts'
import { pageOf, partOf, readSlice } from '../../ui/wall-part.ts'
import { ScreenPart, offsetFrustum, partFrustum, shownPart } from './wall-slice.ts'

const screen = { width: 1920, height: 1080 }

/** The frustum of a map that fills the page, on the screen of that address. */
function frustumOf(search: string) {
  const slice = readSlice(search)
  if (!slice) return partFrustum(screen, { left: 0, top: 0, ...screen })
  const page = pageOf(screen, slice)
  return partFrustum(page, partOf(page, slice))
}

function poseOf(search: string): CameraPose {
  const { fovy, center } = frustumOf(search)
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

describe('a slice', () => {
  it('is the picture itself on a single screen', () => {
    expect(frustumOf('?slice=0,0,1,1')).toEqual({
      fovy: expect.closeTo(FOVY, 12),
      center: { x: 0, y: 0 },
    })
  })

  it.each([
    ['without frames', '', 0],
    ['over a frame of 40 pixels', '&bezel=40,40', 40],
  ])('puts every place where the whole picture has it, %s', (_, bezel, gap) => {
    const whole = pageOf(screen, readSlice(`?slice=0,0,3,2${bezel}`)!)
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
    const { fovy, center } = frustumOf('?slice=2,1,3,2')
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

describe('what a screen shows of a map', () => {
  const page = { width: 3840, height: 1080 }
  const [left, right] = [readSlice('?slice=0,0,2,1')!, readSlice('?slice=1,0,2,1')!]
  const map = { left: 500.4, top: 60, width: 2500, height: 900 }

  it('is all of it on a single screen', () => {
    expect(shownPart(map, page, undefined)).toEqual({ left: 0, top: 0, width: 2500, height: 900 })
  })

  it('meets on two screens in one line, on whole pixels of both', () => {
    const [here, there] = [shownPart(map, page, left), shownPart(map, page, right)]
    expect(here.left + here.width + map.left).toBeCloseTo(1920, 9)
    expect(there.left + map.left).toBeCloseTo(1920, 9)
    for (const part of [here, there])
      for (const edge of [part.left + map.left, part.width]) expect(edge % 1).toBeCloseTo(0, 9)
  })

  it('is nothing where another screen has all of it', () => {
    expect(shownPart({ ...map, width: 900 }, page, right)).toMatchObject({ width: 0 })
  })

  it('keeps an element there, and turns places of the whole into its own and back', () => {
    const container = document.createElement('div')
    const element = document.createElement('div')
    container.append(element)
    Object.defineProperties(container, { clientWidth: { value: 2500 }, clientHeight: { value: 900 } })
    container.getBoundingClientRect = () => ({ ...map }) as DOMRect
    Object.assign(window, { innerWidth: page.width, innerHeight: page.height })
    const screenPart = new ScreenPart(element, right)
    expect(screenPart.elsewhere).toBe(true)
    expect([screenPart.place(), screenPart.place()]).toEqual([true, false])
    expect(screenPart.elsewhere).toBe(false)
    expect(Number.parseFloat(element.style.left)).toBeCloseTo(1419.6, 6)
    expect(screenPart.toWhole({ x: 3, y: 4 })!.x).toBeCloseTo(1422.6, 6)
    const [x, y] = screenPart.toPart(1500, 40)
    expect(x).toBeCloseTo(80.4, 6)
    expect(y).toBe(40)
  })
})
