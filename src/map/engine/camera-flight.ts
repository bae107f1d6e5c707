import { type CameraView, betweenViews, ease } from './city-camera.ts'

/** One arc from a view to another, slow at both ends. */
export class CameraFlight {
  readonly to: CameraView
  private readonly from: CameraView
  private readonly startMs: number
  private readonly durationMs: number

  constructor(from: CameraView, to: CameraView, startMs: number, durationMs: number) {
    this.from = from
    this.to = to
    this.startMs = startMs
    this.durationMs = durationMs
  }

  /** The view at that time; `done` from the end on. */
  at(nowMs: number): { view: CameraView; done: boolean } {
    const fraction = Math.min(1, Math.max(0, (nowMs - this.startMs) / this.durationMs))
    return { view: betweenViews(this.from, this.to, ease(fraction)), done: fraction >= 1 }
  }
}
