import { type ShallowRef, shallowRef } from 'vue'
import type { MapLayer } from '../contracts/map-layer.ts'
import type { LocalText } from '../domain/text.ts'
import type { Side } from '../stores/map-view.ts'

export interface LayerFault {
  title: LocalText
  /** The half that it cannot draw for; undefined for the whole map. */
  side: Side | undefined
  /** True where its legend failed too, which there is one of. */
  legend: boolean
}

export interface LayerGuard {
  /**
   * The same layer, but one that draws nothing where it would throw; the same object for the same layer and half. Each half of a
   * comparison asks for its own: what one of them is told may be more than the layer can cope with, and the other goes on.
   */
  of(layer: MapLayer, side?: Side): MapLayer
  /** What failed when it was last asked. */
  failed: Readonly<ShallowRef<readonly LayerFault[]>>
}

interface Guarded {
  layer: MapLayer
  side: Side | undefined
  faults: Set<keyof MapLayer>
}

/** One layer that cannot cope with what it was told must not take the others with it, nor fail in silence. */
export function layerGuard(): LayerGuard {
  const guarded = new WeakMap<MapLayer, Map<Side | undefined, MapLayer>>()
  const faulty = new Set<Guarded>()
  const failed = shallowRef<readonly LayerFault[]>([])

  function tried<Made>(of: Guarded, part: keyof MapLayer, make: () => Made[]): Made[] {
    try {
      const made = make()
      if (of.faults.delete(part)) tell(of)
      return made
    } catch (error) {
      if (!of.faults.has(part)) {
        reportError(error)
        of.faults.add(part)
        tell(of)
      }
      return []
    }
  }

  /** Later: layers are built while other values are worked out, which must not change anything meanwhile. */
  function tell(of: Guarded): void {
    if (of.faults.size > 0) faulty.add(of)
    else faulty.delete(of)
    queueMicrotask(() => {
      failed.value = [...faulty].map(({ layer: { title }, side, faults }) => {
        return { title, side, legend: faults.has('legend') }
      })
    })
  }

  function guardedLayer(layer: MapLayer, side: Side | undefined): MapLayer {
    const { build, labels, legend, wet } = layer
    const of: Guarded = { layer, side, faults: new Set() }
    return {
      ...layer,
      build: (view, kit) => tried(of, 'build', () => build(view, kit)),
      ...(labels ? { labels: (view) => tried(of, 'labels', () => labels(view)) } : {}),
      ...(wet ? { wet: (view) => tried(of, 'wet', () => [wet(view)])[0] } : {}),
      ...(legend ? { legend: (view) => tried(of, 'legend', () => legend(view)) } : {}),
    }
  }

  return {
    of(layer, side) {
      const halves = guarded.get(layer) ?? new Map<Side | undefined, MapLayer>()
      guarded.set(layer, halves)
      const known = halves.get(side) ?? guardedLayer(layer, side)
      halves.set(side, known)
      return known
    },
    failed,
  }
}
