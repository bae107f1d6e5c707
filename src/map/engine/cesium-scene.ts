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
import { type Rgb, mapColours } from '../../ui/cartography/map-colours.ts'
import { FOVY } from './city-camera.ts'
import { createGround } from './ground.ts'
import type { RendererProbe } from './probe.ts'

/** Cesium without globe, sky, ion or any address of its own: a camera, a scene and the ground plate. */
export function createCesiumScene(
  container: HTMLElement,
  origin: { longitude: number; latitude: number },
  quality: RendererProbe['quality'],
): CesiumWidget {
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
  scene.backgroundColor = colour(mapColours.void)
  scene.highDynamicRange = false
  scene.postProcessStages.fxaa.enabled = false
  scene.fog.enabled = false
  scene.useDepthPicking = false
  scene.screenSpaceCameraController.enableInputs = false
  scene.primitives.add(createGround(origin.longitude, origin.latitude, colour(mapColours.ground)))
  return widget
}

/** Moves the camera and keeps the vertical field of view: Cesium's `fov` is the wider side's. */
export function aimCamera(
  widget: CesiumWidget,
  eye: Cartesian3,
  direction: Cartesian3,
  up: Cartesian3,
): void {
  const { camera, canvas } = widget
  const aspect = canvas.clientWidth / Math.max(1, canvas.clientHeight)
  const frustum = camera.frustum as PerspectiveFrustum
  frustum.fov = aspect > 1 ? 2 * Math.atan(Math.tan(FOVY / 2) * aspect) : FOVY
  camera.setView({ destination: eye, orientation: { direction, up } })
  widget.scene.requestRender()
}

export function cartesian({ x, y, z }: { x: number; y: number; z: number }): Cartesian3 {
  return new Cartesian3(x, y, z)
}

function pointAtOwnAssets(): void {
  const base = new URL(`${import.meta.env.BASE_URL}cesium/`, document.baseURI).href
  Object.assign(globalThis, { CESIUM_BASE_URL: base })
}

function colour([red, green, blue]: Rgb): Color {
  return Color.fromBytes(red, green, blue)
}
