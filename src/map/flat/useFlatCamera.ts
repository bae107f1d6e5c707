import { type ComputedRef, type ShallowRef, onScopeDispose, shallowRef, watch } from 'vue'
import type { EnuMetres, RegionShape } from '../../contracts/map-layer.ts'
import { type Frame, ease } from '../engine/city-camera.ts'
import {
  type FlatCamera,
  type Standing,
  betweenFlat,
  dragged,
  fitFlat,
  over,
  wholeCity,
  zoomedFlat,
} from './flat-camera.ts'

/** As long as a flight of the 3D map. */
const FLIGHT_MS = 1_800

interface Flight {
  from: FlatCamera
  to: FlatCamera
  startMs: number
}

/**
 * The camera of the flat map and its one drawing loop: painted once after a change, and frame by frame only on a flight
 * or while something moves by itself.
 */
export class FlatPilot {
  readonly camera: ShallowRef<FlatCamera | undefined> = shallowRef()
  private readonly whole: () => FlatCamera | undefined
  private readonly paint: () => boolean
  private flight: Flight | undefined
  private atHome = true
  private request = 0

  /** `whole` is the view of the whole city; `paint` answers whether something goes on moving by itself. */
  constructor(whole: () => FlatCamera | undefined, paint: () => boolean) {
    this.whole = whole
    this.paint = paint
  }

  get flying(): boolean {
    return this.flight !== undefined
  }

  schedule(): void {
    if (this.request === 0) this.request = requestAnimationFrame((nowMs) => this.tick(nowMs))
  }

  stop(): void {
    cancelAnimationFrame(this.request)
  }

  /** The city or the canvas changed: the whole city is fitted anew, another view stays where it is. */
  refit({ width, height }: { width: number; height: number }): void {
    const camera = this.camera.value
    const fitted = this.atHome || !camera ? this.whole() : undefined
    if (this.flight && camera) {
      // A flight goes on, and ends on the canvas as it is now.
      this.flight = { ...this.flight, to: { ...(fitted ?? this.flight.to), width, height } }
      this.camera.value = { ...camera, width, height }
    } else this.camera.value = camera && !this.atHome ? { ...camera, width, height } : fitted
    this.schedule()
  }

  drag(right: number, down: number): void {
    if (this.camera.value) this.stand(dragged(this.camera.value, right, down))
  }

  zoom(factor: number): void {
    const fitted = this.whole()
    if (this.camera.value && fitted) this.stand(zoomedFlat(this.camera.value, factor, fitted))
  }

  home(): void {
    const fitted = this.whole()
    this.atHome = true
    if (fitted) this.fly(fitted)
  }

  flyTo(at: EnuMetres, range: number): void {
    this.atHome = false
    if (this.camera.value) this.fly(over(this.camera.value, at, range))
  }

  /** To where all these points are seen inside the frame. */
  flyOver(points: readonly EnuMetres[], frame: Frame): void {
    const to = fitFlat(points, frame)
    if (!to) return
    this.atHome = false
    this.fly(to)
  }

  private tick(nowMs: number): void {
    this.request = 0
    if (this.flight) {
      const { from, to, startMs } = this.flight
      const share = Math.min(1, Math.max(0, (nowMs - startMs) / FLIGHT_MS))
      this.camera.value = betweenFlat(from, to, ease(share))
      if (share >= 1) this.flight = undefined
    }
    if (this.paint() || this.flight) this.schedule()
  }

  private stand(to: FlatCamera): void {
    this.flight = undefined
    this.atHome = false
    this.camera.value = to
    this.schedule()
  }

  private fly(to: FlatCamera): void {
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    if (still || !this.camera.value) this.camera.value = to
    else this.flight = { from: this.camera.value, to, startMs: performance.now() }
    this.schedule()
  }
}

/** The pilot of a map on the page, for as long as it is there. */
export function useFlatCamera(
  shapes: ComputedRef<readonly RegionShape[]>,
  frame: ComputedRef<Frame>,
  /** Asked when the city is fitted, not followed: a column that grows must not move the ground. */
  standing: () => readonly Standing[],
  paint: () => boolean,
): FlatPilot {
  const pilot = new FlatPilot(() => wholeCity(shapes.value, frame.value, standing()), paint)
  watch([shapes, frame], () => pilot.refit(frame.value), { immediate: true })
  onScopeDispose(() => pilot.stop())
  return pilot
}
