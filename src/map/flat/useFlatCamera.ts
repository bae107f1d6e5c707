import { type ComputedRef, type ShallowRef, onScopeDispose, shallowRef, watch } from 'vue'
import type { EnuMetres, RegionShape } from '../../contracts/map-layer.ts'
import { type Frame, ease } from '../engine/city-camera.ts'
import { type FlatCamera, betweenFlat, dragged, over, wholeCity, zoomedFlat } from './flat-camera.ts'

/** As long as a flight of the 3D map. */
const FLIGHT_MS = 1_800

/**
 * The camera of the flat map and its one drawing loop: painted once after a change, and frame by frame only on a flight
 * or while something moves by itself. `paint` answers whether it does.
 */
export function useFlatCamera(
  shapes: ComputedRef<readonly RegionShape[]>,
  frame: ComputedRef<Frame>,
  paint: () => boolean,
): {
  camera: Readonly<ShallowRef<FlatCamera | undefined>>
  flying(): boolean
  schedule(): void
  drag(right: number, down: number): void
  zoom(factor: number): void
  home(): void
  flyTo(at: EnuMetres, range: number): void
} {
  const camera = shallowRef<FlatCamera>()
  let flight: { from: FlatCamera; to: FlatCamera; startMs: number } | undefined
  let atHome = true
  let request = 0

  const whole = (): FlatCamera | undefined => wholeCity(shapes.value, frame.value)

  function schedule(): void {
    if (request === 0) request = requestAnimationFrame(tick)
  }
  function tick(nowMs: number): void {
    request = 0
    if (flight) {
      const share = Math.min(1, Math.max(0, (nowMs - flight.startMs) / FLIGHT_MS))
      camera.value = betweenFlat(flight.from, flight.to, ease(share))
      if (share >= 1) flight = undefined
    }
    if (paint() || flight) schedule()
  }
  function stand(to: FlatCamera): void {
    flight = undefined
    atHome = false
    camera.value = to
    schedule()
  }
  function fly(to: FlatCamera): void {
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    if (still || !camera.value) camera.value = to
    else flight = { from: camera.value, to, startMs: performance.now() }
    schedule()
  }

  watch(
    [shapes, frame],
    () => {
      const fitted = whole()
      if (atHome || !camera.value) camera.value = fitted
      else camera.value = { ...camera.value, width: frame.value.width, height: frame.value.height }
      schedule()
    },
    { immediate: true },
  )
  onScopeDispose(() => cancelAnimationFrame(request))

  return {
    camera,
    flying: () => flight !== undefined,
    schedule,
    drag(right, down) {
      if (camera.value) stand(dragged(camera.value, right, down))
    },
    zoom(factor) {
      const fitted = whole()
      if (camera.value && fitted) stand(zoomedFlat(camera.value, factor, fitted))
    },
    home() {
      const fitted = whole()
      atHome = true
      if (fitted) fly(fitted)
    },
    flyTo(at, range) {
      atHome = false
      if (camera.value) fly(over(camera.value, at, range))
    },
  }
}
