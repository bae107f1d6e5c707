import { shallowReadonly, shallowRef } from 'vue'
import type { TileFault } from './engine/gltf-file.ts'

const faults = shallowRef<ReadonlyMap<string, TileFault>>(new Map())

/** Layers of this tab's base map that stand in the picture without hiding what is behind them, and why. */
export const unreadTiles = shallowReadonly(faults)

export function tellUnread(layer: string, fault: TileFault): void {
  if (faults.value.get(layer) !== fault) faults.value = new Map([...faults.value, [layer, fault]])
}

/** Those layers are shown no more, or are opened anew; without a list, all of them. */
export function forgetUnread(gone: readonly string[] = [...faults.value.keys()]): void {
  const left = [...faults.value].filter(([layer]) => !gone.includes(layer))
  if (left.length < faults.value.size) faults.value = new Map(left)
}
