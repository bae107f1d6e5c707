import { inject, type InjectionKey, type ShallowRef } from 'vue'
import type { EnuMetres } from '../contracts/map-layer.ts'
import type { LonLat } from '../domain/measure.ts'
import type { Frame } from './engine/city-camera.ts'
import type { LabelBox } from './engine/label-overlay.ts'

/** What the map's tools ask of whatever draws it, in 3D or flat. CSS pixels from the canvas's corner. */
export interface MapSurface {
  home(): void
  onKey(event: KeyboardEvent): void
  flyTo(longitude: number, latitude: number, rangeMetres: number): void
  /** To where all these points are seen inside the frame; a surface that leaves it out is flown to by `flyTo`. */
  flyOver(points: readonly EnuMetres[], frame: Frame): void
  project(at: EnuMetres): { x: number; y: number } | undefined
  /** The ground there; undefined above the horizon. */
  groundAt(x: number, y: number): EnuMetres | undefined
}

/** What a pointer met: a district, a thing, or both. */
export interface MapHit {
  region?: string | undefined
  /** As `collection/id`; of a building of the base map, as `layer/id`. */
  feature?: string | undefined
  /** What the base map says of that building. */
  building?: Readonly<Record<string, unknown>> | undefined
}

/** A point of the canvas, CSS pixels from its corner. */
export interface CanvasPoint {
  x: number
  y: number
}

/** Tells overlays of each frame drawn, so that they stand where the camera of that frame says. */
export interface FrameBell {
  /** Returns how to stop hearing. */
  onFrame(hear: () => void): () => void
  ring(): void
}

export function frameBell(): FrameBell {
  const hearers = new Set<() => void>()
  return {
    onFrame(hear) {
      hearers.add(hear)
      return () => void hearers.delete(hear)
    },
    ring: () => hearers.forEach((hear) => hear()),
  }
}

/** The map as its tools see it. */
export interface MapContext {
  surface: ShallowRef<Partial<MapSurface> | undefined>
  bell: FrameBell
  size: ShallowRef<{ width: number; height: number }>
  /** Boxes of the tools now to be seen: no label stands under them. */
  covered: ShallowRef<readonly LabelBox[]>
  enuOf(at: LonLat): EnuMetres
  lonLatOf(at: EnuMetres): LonLat
}

export const mapContextKey: InjectionKey<MapContext> = Symbol('map')

export function useMapContext(): MapContext {
  const context = inject(mapContextKey)
  if (!context) throw new Error('a tool of the map stands outside of one')
  return context
}
