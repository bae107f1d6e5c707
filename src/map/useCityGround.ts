import { type ComputedRef, computed } from 'vue'
import { CityGround } from './engine/city-ground.ts'
import { EnuFrame } from './engine/enu-frame.ts'
import { relief } from './relief.ts'

/** What this city's map stands on: another once its relief is read, so that everything converted with it follows. */
export function useCityGround(
  center: () => { longitude: number; latitude: number } | undefined,
): ComputedRef<CityGround> {
  const frame = computed(() => new EnuFrame(center()?.longitude ?? 0, center()?.latitude ?? 0))
  return computed(() => new CityGround(frame.value, relief.value))
}
