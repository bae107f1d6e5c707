import '@cesium/engine/Source/Widget/CesiumWidget.css'
import {
  Cartesian3,
  CesiumWidget,
  Color,
  Credit,
  CreditDisplay,
  Ion,
  type PerspectiveFrustum,
} from '@cesium/engine'
import type { Rgba } from '../../contracts/map-kit.ts'
import { type Appearance, groundColours } from './base-colours.ts'
import type { Quality } from './probe.ts'
import { offsetFrustum } from './wall-slice.ts'

/** Cesium without globe, sky, ion or any address of its own: a camera and a scene. The base map brings the ground. */
export function createCesiumScene(container: HTMLElement, quality: Quality): CesiumWidget {
  pointAtOwnAssets()
  Ion.defaultAccessToken = ''
  // No ion service is used, so the credit names the library instead of ion; NOTICE carries the licence.
  CreditDisplay.cesiumCredit = new Credit('CesiumJS', false)
  const credits = document.createElement('div')
  credits.hidden = true
  container.append(credits)
  const widget = new CesiumWidget(container, {
    baseLayer: false,
    globe: false,
    skyBox: false,
    skyAtmosphere: false,
    scene3DOnly: true,
    shadows: false,
    orderIndependentTranslucency: false,
    msaaSamples: quality === 'full' ? 2 : 1,
    requestRenderMode: true,
    maximumRenderTimeChange: Infinity,
    useDefaultRenderLoop: false,
    showRenderLoopErrors: false,
    creditContainer: credits,
    contextOptions: { webgl: { alpha: false, antialias: false, powerPreference: 'high-performance' } },
  })
  const { scene } = widget
  scene.highDynamicRange = false
  scene.postProcessStages.fxaa.enabled = false
  scene.fog.enabled = false
  scene.useDepthPicking = false
  scene.screenSpaceCameraController.enableInputs = false
  return widget
}

/** Moves the camera and keeps the vertical field of view: Cesium's `fov` is the wider side's. */
export function aimCamera(
  widget: CesiumWidget,
  eye: Cartesian3,
  direction: Cartesian3,
  up: Cartesian3,
  { fovy, center }: { fovy: number; center: { x: number; y: number } },
): void {
  const { camera, canvas } = widget
  const aspect = canvas.clientWidth / Math.max(1, canvas.clientHeight)
  const frustum = camera.frustum as PerspectiveFrustum
  frustum.fov = aspect > 1 ? 2 * Math.atan(Math.tan(fovy / 2) * aspect) : fovy
  if (center.x !== 0 || center.y !== 0) offsetFrustum(frustum, center)
  camera.setView({ destination: eye, orientation: { direction, up } })
  widget.scene.requestRender()
}

/** What is behind everything, and the plate under the city. */
export function groundColour(part: 'void' | 'ground', appearance: Appearance = 'dark'): Color {
  return colour(groundColours[appearance][part])
}

export function cartesian({ x, y, z }: { x: number; y: number; z: number }): Cartesian3 {
  return new Cartesian3(x, y, z)
}

function pointAtOwnAssets(): void {
  const base = new URL(`${import.meta.env.BASE_URL}cesium/`, document.baseURI).href
  Object.assign(globalThis, { CESIUM_BASE_URL: base })
}

function colour([red, green, blue]: Rgba): Color {
  return Color.fromBytes(red, green, blue)
}
