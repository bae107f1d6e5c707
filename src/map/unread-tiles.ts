import { shallowReadonly, shallowRef } from 'vue'
import type { TileFault } from './engine/gltf-file.ts'

const faults = shallowRef<ReadonlyMap<string, TileFault>>(new Map())

/** Layers of this tab's base map that stand in the picture without hiding what is behind them, and why. */
export const unreadTiles = shallowReadonly(faults)

export function tellUnread(layer: string, fault: TileFault): void {
  if (faults.value.get(layer) !== fault) faults.value = new Map([...faults.value, [layer, fault]])
}

/** Another base map, or none, is shown. */
export function forgetUnread(): void {
  if (faults.value.size > 0) faults.value = new Map()
}
