import type { Component } from 'vue'
import type { MapLayer } from '../contracts/map-layer.ts'
import type { ModelAdapter } from '../contracts/model-adapter.ts'
import type { Panel } from '../contracts/panel.ts'
import { type Lazy, registryOf } from './registry.ts'

export interface PanelModule {
  default: Component
  panel: Panel
}

/** Every panel, layer and model there is. Adding one is a file; nothing here is edited. */
export const panels = registryOf('panel', import.meta.glob<PanelModule>('../panels/**/*.vue'))
export const layers = registryOf(
  'layer',
  import.meta.glob<{ default: MapLayer }>(['../map/layers/**/*.ts', '!../map/layers/**/*.test.ts']),
)
export const models = registryOf(
  'model',
  import.meta.glob<{ default: ModelAdapter }>(['../adapters/models/*.ts', '!../adapters/models/*.test.ts']),
)

/** The plugin of that id, or an error that names it and what there is. */
export async function load<T>(kind: string, registry: ReadonlyMap<string, Lazy<T>>, id: string): Promise<T> {
  const plugin = registry.get(id)
  if (!plugin)
    throw new Error(
      `there is no ${kind} called ${id}; there are: ${[...registry.keys()].join(', ') || 'none'}`,
    )
  return await plugin()
}
