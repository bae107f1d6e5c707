import { type ShallowRef, shallowRef } from 'vue'
import type { MapLayer } from '../contracts/map-layer.ts'
import type { LocalText } from '../domain/text.ts'

export interface LayerGuard {
  /** The same layer, but one that draws nothing where it would throw; the same object for the same layer. */
  of(layer: MapLayer): MapLayer
  /** Titles of the layers that failed when they were last asked. */
  failed: Readonly<ShallowRef<readonly LocalText[]>>
}

/** One layer that cannot cope with what it was told must not take the others with it, nor fail in silence. */
export function layerGuard(): LayerGuard {
  const guarded = new WeakMap<MapLayer, MapLayer>()
  const faults = new Map<MapLayer, Set<keyof MapLayer>>()
  const failed = shallowRef<readonly LocalText[]>([])

  function tried<Made>(layer: MapLayer, part: keyof MapLayer, make: () => Made[]): Made[] {
    try {
      const made = make()
      if (faults.get(layer)?.delete(part)) tell()
      return made
    } catch (error) {
      const parts = faults.get(layer) ?? new Set()
      faults.set(layer, parts)
      if (!parts.has(part)) {
        reportError(error)
        tell()
      }
      parts.add(part)
      return []
    }
  }

  /** Later: layers are built while other values are worked out, which must not change anything meanwhile. */
  function tell(): void {
    queueMicrotask(() => {
      failed.value = [...faults].flatMap(([{ title }, parts]) => (parts.size > 0 ? [title] : []))
    })
  }

  function guardedLayer(layer: MapLayer): MapLayer {
    const { build, labels, legend, wet } = layer
    return {
      ...layer,
      build: (view, kit) => tried(layer, 'build', () => build(view, kit)),
      ...(labels ? { labels: (view) => tried(layer, 'labels', () => labels(view)) } : {}),
      ...(wet ? { wet: (view) => tried(layer, 'wet', () => [wet(view)])[0] } : {}),
      ...(legend ? { legend: (view) => tried(layer, 'legend', () => legend(view)) } : {}),
    }
  }

  return {
    of(layer) {
      const known = guarded.get(layer) ?? guardedLayer(layer)
      guarded.set(layer, known)
      return known
    },
    failed,
  }
}
